-- A meeting while it happens: how far it has come, and what is talked about. No words stand here, but ids, words
-- of ours, and when it began.

-- +goose Up
CREATE TABLE meeting_sitting (
	partnership_id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	stage TEXT NOT NULL,
	item_id TEXT NOT NULL,
	began BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, meeting_id)
);

-- Who needs a pause in it. Erased with the meeting, at the latest on the day after. It has no time but that at
-- which whoever hosts has seen it, and no order.
CREATE TABLE meeting_pause (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	named BIGINT NOT NULL,
	seen BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id),
	UNIQUE (partnership_id, meeting_id, person_id)
) {{without rowid}};
