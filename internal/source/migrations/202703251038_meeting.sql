-- Of which meeting of the group a source is the record; empty when its keeper said that it is of none. Ids alone.

-- +goose Up
CREATE TABLE source_meeting (
	partnership_id TEXT NOT NULL,
	source_id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, source_id)
);
CREATE INDEX source_meeting_meeting ON source_meeting (partnership_id, meeting_id);
