-- When a draft was thrown away; 0 while it was not.

-- +goose Up
ALTER TABLE agreement_draft ADD COLUMN thrown BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE agreement_draft DROP COLUMN thrown;
