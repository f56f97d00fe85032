-- What somebody writes to herself as she arrives and goes, and calls that she asked for. Words are sealed. In
-- the clear stand whose it is, who is to call, how far that has come, and when.

-- +goose Up
CREATE TABLE checkin_note (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	going BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX checkin_note_person ON checkin_note (partnership_id, person_id, made);

CREATE TABLE checkin_call (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	whom_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	state TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX checkin_call_person ON checkin_call (partnership_id, person_id);
CREATE INDEX checkin_call_whom ON checkin_call (partnership_id, whom_id);
