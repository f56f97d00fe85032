-- Whom somebody named to help her when her phone is not safe or lost, and the rescues that were begun.
-- Only ids and times; who named whom is shown to the two of them alone.

-- +goose Up
CREATE TABLE rescue_helper (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	helper_id TEXT NOT NULL,
	agreed BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id, helper_id)
);

CREATE TABLE rescue_begun (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	first_id TEXT NOT NULL,
	second_id TEXT NOT NULL,
	named BIGINT NOT NULL,
	due BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);

-- Who wants no files to be saved from her account. back is when they are on again, zero for not asked.
CREATE TABLE rescue_files (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	back BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
