-- Folded slips in a secret decision. slip is 1 on the roll for whoever answers on one, from the talk on until ballots
-- end. A counter is one person of each house who counts the slips of it: totals is what she entered, until both
-- agreed to all of it; then they are ballots like any others, totals is empty, and nothing says which were slips.

-- +goose Up
ALTER TABLE decision_roll ADD COLUMN slip BIGINT NOT NULL DEFAULT 0;

CREATE TABLE decision_counter (
	partnership_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	house TEXT NOT NULL,
	person_id TEXT NOT NULL,
	totals TEXT NOT NULL,
	agreed BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, decision_id, house)
);
