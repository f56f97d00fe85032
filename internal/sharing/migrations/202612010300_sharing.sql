-- What somebody is still writing: one sealed text with all her answers, under one key for life. It has
-- no terms and no versions, nobody else can open it, and nothing of it outlives it.

-- +goose Up
CREATE TABLE sharing_draft (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	answers {{bytes}} NOT NULL,
	changed BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id, id)
);
