-- What is said of power, what is answered to it, and the questions of the list. All words are sealed. What was
-- said without a name has an empty by_id and, like all else here, no hour: shown is the day from which
-- everybody sees it, which was fixed before. Ids are random, and rows lie in the order of ids.

-- +goose Up
CREATE TABLE power_entry (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	by_id TEXT NOT NULL,
	shown BIGINT NOT NULL,
	shut BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
) {{without rowid}};

CREATE TABLE power_answer (
	partnership_id TEXT NOT NULL,
	entry_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	on_day BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, entry_id)
);

CREATE TABLE power_list (
	partnership_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, version)
);

-- The weekday on which the group is shown what was said without a name: 0 is Sunday.
CREATE TABLE power_day (
	partnership_id TEXT NOT NULL,
	weekday BIGINT NOT NULL,
	PRIMARY KEY (partnership_id)
);
