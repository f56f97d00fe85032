-- +goose Up
-- Until when a session counts as one in which the passphrase was just given. Zero: ask for it.
ALTER TABLE account_session ADD COLUMN sure_until BIGINT NOT NULL DEFAULT 0;
