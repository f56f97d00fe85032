-- What meets apart: the groups, lists and folders in which only some of everyone else are, as whoever runs one
-- has said it for all to read, and what the women write to each other. Words are sealed. In the clear stand whose
-- they are, and when.

-- +goose Up
-- A row stays when what it names has ended: n counts how often it was changed, ended is when.
CREATE TABLE apart_space (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	ended BIGINT NOT NULL,
	n BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

-- shut is 1 from the day an older copy is put back until she says that it still stands.
CREATE TABLE apart_note (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	shut BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX apart_note_person ON apart_note (partnership_id, person_id);
