-- Which version of what people here cannot keep private somebody was shown before she shared, and when.

-- +goose Up
CREATE TABLE agreement_read (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
