-- What whoever looks after the site has done, one line each, so that every member can read it (R5).
-- what and about are words of a fixed vocabulary.

-- +goose Up
CREATE TABLE circle_act (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	at BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	what TEXT NOT NULL,
	whom_id TEXT NOT NULL,
	about TEXT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
