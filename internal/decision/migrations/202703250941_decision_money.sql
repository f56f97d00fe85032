-- What a decision is about, as a word of ours, and how much money, in whole pounds: taken down when it opens, so that
-- what was decided about money can be counted. Of secret decisions, and of those opened before, neither is kept.

-- +goose Up
ALTER TABLE decision_decision ADD COLUMN matter TEXT NOT NULL DEFAULT '';
ALTER TABLE decision_decision ADD COLUMN amount BIGINT NOT NULL DEFAULT 0;
