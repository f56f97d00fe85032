-- How many wrong numbers were given for a picture since the last right one.

-- +goose Up
ALTER TABLE account_picture ADD COLUMN misses BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE account_picture DROP COLUMN misses;
