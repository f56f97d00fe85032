-- When a draft was thrown away; 0 while it was not.

-- +goose Up
ALTER TABLE sharing_draft ADD COLUMN thrown BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE sharing_draft DROP COLUMN thrown;
