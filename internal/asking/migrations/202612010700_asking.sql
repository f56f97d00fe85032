-- Asking. Whatever somebody wrote is sealed: entries of the shelf, requests, what one of the women would
-- change, what is not finished. What is left in the clear are random ids, days and numbers. Nothing here
-- says who was asked, who looked or who did nothing: that is worked out for each woman on her own page,
-- from what she chose (asking_choice, sealed for her alone), and kept nowhere.

-- +goose Up

-- The shelf. off is when an entry was taken off. An entry the group was given to start with has a row only
-- once it was changed or taken off.
CREATE TABLE asking_shelf (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	off BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

-- Every version of an entry, each under a key of its own. words is NULL once its key is gone.
CREATE TABLE asking_shelf_text (
	partnership_id TEXT NOT NULL,
	entry_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, entry_id, version)
);

-- A request as its asker writes it; words is NULL once she has left. entry_id is what came of it.
CREATE TABLE asking_ask (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	asker_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	entry_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

-- Each text that was put to the women's group. refused is a day without its hour and names nobody.
CREATE TABLE asking_round (
	partnership_id TEXT NOT NULL,
	ask_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	asked BIGINT NOT NULL,
	due BIGINT NOT NULL,
	need BIGINT NOT NULL,
	weeks BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	sent BIGINT NOT NULL,
	stopped BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, ask_id, n)
);

-- What one of the women said to the newest text, until the group's answer is told. "Not this" is not kept
-- here. words are what she would change.
CREATE TABLE asking_said (
	partnership_id TEXT NOT NULL,
	ask_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	says TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, ask_id, person_id)
);

-- What one of the women chose to be asked about, and what she put aside: one sealed text, always of the
-- same length. No row is nothing.
CREATE TABLE asking_choice (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);

-- The kinds of thing one can be asked about. Those the group was given to start with have a row only once
-- they were taken off.
CREATE TABLE asking_kind (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	off BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

-- What a request needs before anybody is asked, in versions.
CREATE TABLE asking_rule (
	partnership_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	days BIGINT NOT NULL,
	fine BIGINT NOT NULL,
	made BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	second_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, n)
);

-- What somebody has typed and not saved, in one place of this room. She alone is shown it.
CREATE TABLE asking_unsaved (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	place TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id, place)
);
