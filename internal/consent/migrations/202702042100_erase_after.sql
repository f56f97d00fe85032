-- Whether she wants her part erased once all she allowed with it has ended.

-- +goose Up
ALTER TABLE consent_terms ADD COLUMN erase_after BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE consent_terms DROP COLUMN erase_after;
