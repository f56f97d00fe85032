-- What was left spoken in a draft before: taken out of it, or with another in its place. She can bring it back
-- until before_until; then the blob goes by itself. Empty, and 0, where there is none.

-- +goose Up
ALTER TABLE sharing_draft ADD COLUMN before_id TEXT NOT NULL DEFAULT '';
ALTER TABLE sharing_draft ADD COLUMN before_sound TEXT NOT NULL DEFAULT '';
ALTER TABLE sharing_draft ADD COLUMN before_until BIGINT NOT NULL DEFAULT 0;
