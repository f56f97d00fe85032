-- +goose Up
-- When a passphrase was last chosen, so that a copy put back later is known to hold an older one. Zero:
-- before this was kept.
ALTER TABLE account_person ADD COLUMN passphrase_set BIGINT NOT NULL DEFAULT 0;
