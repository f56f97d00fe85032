-- Watching a meeting: who asks, who watches, and what came of it; and what each person answered. Whatever is words is
-- sealed. An answer has no time, one length, and no order: that there is one tells whoever reads the table that she
-- said something, and not what.

-- +goose Up
CREATE TABLE observe_request (
	partnership_id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	watcher_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	stage TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, meeting_id)
);

CREATE TABLE observe_answer (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id),
	UNIQUE (partnership_id, meeting_id, person_id)
) {{without rowid}};
