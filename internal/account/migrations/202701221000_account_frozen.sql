-- +goose Up
-- A frozen account lets nobody in, and looks from outside as if the words were wrong.
ALTER TABLE account_person ADD COLUMN frozen BIGINT NOT NULL DEFAULT 0;
