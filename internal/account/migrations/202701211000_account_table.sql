-- +goose Up
-- A session on a tablet that is handed round belongs to the time for which the tablet was opened.
ALTER TABLE account_session ADD COLUMN table_id TEXT NOT NULL DEFAULT '';

-- The picture somebody taps there and the PIN behind it, which open nothing anywhere else. An empty pin
-- is chosen at the first tap, which must come within a day.
CREATE TABLE account_picture (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	picture TEXT NOT NULL, -- a word of ours
	pin TEXT NOT NULL, -- argon2id in PHC form
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
CREATE UNIQUE INDEX account_picture_picture ON account_picture (partnership_id, picture);
