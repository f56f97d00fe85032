-- Deciding. Whatever somebody wrote is sealed. What is left in the clear are random ids, words of ours, days and
-- numbers.

-- +goose Up

-- A decision, with where it stands (course), what it is counted by (frame, taken down when it opens) and what
-- came out. of_id is the decision that it opens again. scrub is 1 while what was rewritten at the end of ballots
-- can still lie on the disk as it was.
CREATE TABLE decision_decision (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	writer_id TEXT NOT NULL,
	of_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	stage TEXT NOT NULL,
	days BIGINT NOT NULL,
	secret BIGINT NOT NULL,
	opened BIGINT NOT NULL,
	until BIGINT NOT NULL,
	windows BIGINT NOT NULL,
	outcome TEXT NOT NULL,
	closed BIGINT NOT NULL,
	frame TEXT NOT NULL,
	result TEXT NOT NULL,
	scrub BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

-- Who can answer, as it was when the decision opened. id is random and says nothing. person_id is empty once
-- she has left; she still counts. done is 1 once her ballot is in, and 0 again when ballots end.
CREATE TABLE decision_roll (
	partnership_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	house TEXT NOT NULL,
	done BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, decision_id, id)
) {{without rowid}};
CREATE INDEX decision_roll_person ON decision_roll (partnership_id, decision_id, person_id);

-- Ballots. Nothing here says whose one is or when it came: the id is random and so is the order in which they
-- lie, there is no time and no key into another table, and with the roll they share the decision's id and nothing
-- else. At the end they are written anew under other ids.
CREATE TABLE decision_ballot (
	partnership_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	id TEXT NOT NULL,
	house TEXT NOT NULL,
	word TEXT NOT NULL,
	marks TEXT NOT NULL,
	PRIMARY KEY (partnership_id, decision_id, id)
) {{without rowid}};

-- What somebody on the roll says by name, or in the talk before ballots. roll_id is her place on the roll.
-- words are her reasons.
CREATE TABLE decision_said (
	partnership_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	roll_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	word TEXT NOT NULL,
	marks TEXT NOT NULL,
	signed BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, decision_id, roll_id)
);

-- What the writer of a decision tells about it, or about a doubt: whose advice she follows (heed), what changed
-- because of what somebody said (after), what she answers to a doubt (reply).
CREATE TABLE decision_told (
	partnership_id TEXT NOT NULL,
	about_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, about_id, kind)
);

-- What somebody would have worded otherwise, or asks about, before it opens.
CREATE TABLE decision_doubt (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, id)
);

-- On which step of the ladder somebody sees the decision.
CREATE TABLE decision_rung (
	partnership_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	rung BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, decision_id, person_id)
);

-- What somebody, or her work, gains by a decision.
CREATE TABLE decision_interest (
	partnership_id TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, decision_id, person_id)
);

-- What somebody has typed and not saved, in one place of this room. She alone is shown it. A ballot is never
-- kept here.
CREATE TABLE decision_unsaved (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	place TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id, place)
);
