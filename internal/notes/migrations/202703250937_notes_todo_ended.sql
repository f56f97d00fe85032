-- The day on which somebody said what became of it, so that it is counted once. Empty while it is to be done, and
-- where that was said before days were kept.

-- +goose Up
ALTER TABLE notes_todo ADD COLUMN ended TEXT NOT NULL DEFAULT '';
