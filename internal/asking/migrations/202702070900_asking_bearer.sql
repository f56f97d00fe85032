-- Who brings a woman without a screen what is asked: one person she named, or nobody. It does not say that
-- anything is asked of her, nor what she chose: that stays sealed for her.

-- +goose Up
ALTER TABLE asking_choice ADD COLUMN bearer_id TEXT NOT NULL DEFAULT '';
