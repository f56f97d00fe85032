-- What was counted of who has a say, as it was shown: numbers of things by group, without ids, hours, and what is
-- withheld. A count stays as it is; begun is 0 for the first of a fact, and until the first of a month.

-- +goose Up
CREATE TABLE facts_count (
	partnership_id TEXT NOT NULL,
	fact TEXT NOT NULL,
	until BIGINT NOT NULL,
	begun BIGINT NOT NULL,
	numbers TEXT NOT NULL,
	PRIMARY KEY (partnership_id, fact, until)
);
