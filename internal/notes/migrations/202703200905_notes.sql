-- What was said and agreed at meetings. Words are sealed, each line under a key of its own, so that one line
-- can be erased alone; of what was taken out there are neither words nor a key. No line has a person or an hour. What puts one right has a person if she wants her name
-- beside it, and the day from which it is shown. In the clear stand ids, days, words of ours, and the line of
-- the log that final notes close with.

-- +goose Up
CREATE TABLE notes_notes (
	partnership_id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	step TEXT NOT NULL,
	keeper_id TEXT NOT NULL,
	opened TEXT NOT NULL,
	finished BIGINT NOT NULL,
	checkpoint TEXT NOT NULL,
	shut BIGINT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, meeting_id)
);

CREATE TABLE notes_line (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	place BIGINT NOT NULL,
	n BIGINT NOT NULL,
	gone BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX notes_line_meeting ON notes_line (partnership_id, meeting_id, place);

CREATE TABLE notes_right (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	line_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	shown TEXT NOT NULL,
	gone BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX notes_right_meeting ON notes_right (partnership_id, meeting_id, shown);
CREATE INDEX notes_right_by ON notes_right (partnership_id, by_id);
