-- An upload that waits to be kept, for a day: who brought it in, and for each file its bytes (a blob of the
-- gate's, until it is kept or left out), what was found in it (sealed: names, labels and first words), and
-- the source that it became.

-- +goose Up
CREATE TABLE source_import (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

CREATE TABLE source_import_file (
	partnership_id TEXT NOT NULL,
	import_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	blob_id TEXT NOT NULL,
	source_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	found {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, import_id, n)
);
