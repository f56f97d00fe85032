-- +goose Up
-- What a member answers about one passage that speaks of her: yes, no, or empty, so that her standing
-- answer counts.
ALTER TABLE consent_mention ADD COLUMN own TEXT NOT NULL DEFAULT '';
