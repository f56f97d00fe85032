-- Who is in the partnership. Names are the names people chose; they are kept in the clear because
-- everybody in the circle sees them and signing in asks for them. Nothing else about anybody is here.

-- +goose Up
CREATE TABLE circle_partnership (
	id TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	leave_to TEXT NOT NULL,
	made BIGINT NOT NULL,
	version BIGINT NOT NULL
);

CREATE TABLE circle_person (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	language TEXT NOT NULL,
	made BIGINT NOT NULL,
	back BIGINT NOT NULL,
	gone BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE UNIQUE INDEX circle_person_name ON circle_person (partnership_id, folded);

-- A standing or duty with when it began and ended. counts_from is when it counts for decisions: seven
-- days after it was given for lived experience, so that nobody can be brought in for a vote.
CREATE TABLE circle_standing (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	standing TEXT NOT NULL,
	since BIGINT NOT NULL,
	counts_from BIGINT NOT NULL,
	until BIGINT NOT NULL,
	given_by TEXT NOT NULL,
	PRIMARY KEY (partnership_id, person_id, standing, since)
);

-- Somebody who is to take part as a woman with lived experience, waiting for the yes of one who does.
CREATE TABLE circle_asked (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	asked BIGINT NOT NULL,
	asked_by TEXT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);

CREATE TABLE circle_practice (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
