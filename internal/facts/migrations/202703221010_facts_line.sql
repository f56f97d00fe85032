-- What is held outside of the program, as somebody wrote it, with who wrote it, and who said last that it is true,
-- on which day. What and by whom is one sealed text. shut is 1 from the day an older copy is put back until its
-- writer says that it still stands.

-- +goose Up
CREATE TABLE facts_line (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	true_on BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	shut BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
