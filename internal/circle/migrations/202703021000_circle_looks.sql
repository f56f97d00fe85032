-- How somebody has pages shown: words of ours, nothing while she never chose.

-- +goose Up
ALTER TABLE circle_person ADD COLUMN looks TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE circle_person DROP COLUMN looks;
