-- A tablet that somebody opened for a set time. The token itself is only in the tablet's browser.

-- +goose Up
CREATE TABLE table_sitting (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	token_hash {{bytes}} NOT NULL,
	opened_by TEXT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE UNIQUE INDEX table_sitting_token ON table_sitting (partnership_id, token_hash);
