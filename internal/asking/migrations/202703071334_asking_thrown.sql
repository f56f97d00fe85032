-- When a request was thrown away that was never put to anybody; 0 while it was not.

-- +goose Up
ALTER TABLE asking_ask ADD COLUMN thrown BIGINT NOT NULL DEFAULT 0;
