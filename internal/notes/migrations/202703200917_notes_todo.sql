-- What is to be done: who does it, by which day, and how far it is in the clear, by which it is listed. What it
-- is, and why it is not done, is one sealed text. Nobody's id says who wrote it down.

-- +goose Up
CREATE TABLE notes_todo (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	due TEXT NOT NULL,
	state TEXT NOT NULL,
	n BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX notes_todo_due ON notes_todo (partnership_id, due, id);
