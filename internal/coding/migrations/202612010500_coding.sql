-- The frame of a study and what is indexed in it. Nobody's words are in the clear here: a definition and
-- its example may hold some, so they are one sealed text (entry); a passage is a place in a turn, never a
-- copy. A theme's name stands in the clear: it is the analysts' own heading for many people's words, shown
-- on every page of the desk, and the page that asks for it says so.

-- +goose Up
CREATE TABLE coding_frame (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id)
);

-- The theme "other" has no row; every frame has it.
CREATE TABLE coding_theme (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	id TEXT NOT NULL,
	parent_id TEXT NOT NULL,
	position BIGINT NOT NULL,
	name TEXT NOT NULL,
	hue BIGINT NOT NULL,
	made BIGINT NOT NULL,
	retired BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, id)
);

-- frame_version is the version of the frame that the definition came with: what was indexed before it
-- waits to be looked at again.
CREATE TABLE coding_definition (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	theme_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	frame_version BIGINT NOT NULL,
	id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	entry {{bytes}} NOT NULL,
	by_id TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, theme_id, version)
);

-- One row for each turn a passage touches; the rows of one coding_id are one coding. Pages read a whole
-- source at once, so the table lies in that order.
CREATE TABLE coding_part (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	coding_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	theme_id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	at BIGINT NOT NULL,
	frame_version BIGINT NOT NULL,
	removed BIGINT NOT NULL,
	removed_by TEXT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, contribution_id, coding_id, n)
) {{without rowid}};
-- This one holds all that a theme's page asks, so that it reads nothing of the other themes in its sources.
CREATE INDEX coding_part_theme ON coding_part (partnership_id, study_id, theme_id, contribution_id, n, removed, frame_version,
	turn_id, start_at, end_at, by_id, at, removed_by);
CREATE INDEX coding_part_turn ON coding_part (partnership_id, turn_id);

-- What left in a file, for what (sealed), and whose words were in it.
CREATE TABLE coding_release (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	id TEXT NOT NULL,
	at BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	what TEXT NOT NULL,
	key_id TEXT NOT NULL,
	purpose {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, study_id, id)
);

CREATE TABLE coding_release_part (
	partnership_id TEXT NOT NULL,
	release_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, release_id, contribution_id, speaker_id)
);
