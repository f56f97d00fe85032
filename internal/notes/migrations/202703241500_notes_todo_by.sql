-- Whose words stand in what is to be done, so that she can erase them and they go when she leaves: who wrote down
-- what it is, and a row of its own for why it is not done, sealed under a key of its own. No page shows who wrote
-- it down. shut is 1 from the day an older copy is put back until whoever wrote the words, or hosts, says that they
-- stand. Where words were erased key_id is empty; a day and a state stay.

-- +goose Up
ALTER TABLE notes_todo ADD COLUMN by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE notes_todo ADD COLUMN shut BIGINT NOT NULL DEFAULT 0;
CREATE INDEX notes_todo_by ON notes_todo (partnership_id, by_id);

CREATE TABLE notes_todo_why (
	partnership_id TEXT NOT NULL,
	todo_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	shut BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, todo_id)
);
CREATE INDEX notes_todo_why_by ON notes_todo_why (partnership_id, by_id);
