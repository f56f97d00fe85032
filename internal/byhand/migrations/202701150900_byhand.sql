-- Sheets of paper that were printed, and what was taken down from them. A sheet's code is a name: it lets
-- nobody in. The answers of an entry that waits are sealed under a key of their own, which goes when the
-- entry is carried out or dropped. Who wrote and who sat beside her is shown to her.

-- +goose Up
CREATE TABLE byhand_sheet (
	partnership_id TEXT NOT NULL,
	code TEXT NOT NULL,
	twin TEXT NOT NULL,
	thing TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, code)
);

CREATE TABLE byhand_entry (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	twin TEXT NOT NULL,
	thing TEXT NOT NULL,
	way TEXT NOT NULL,
	by_id TEXT NOT NULL,
	beside_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	state TEXT NOT NULL,
	done BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	answers {{bytes}},
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX byhand_entry_person ON byhand_entry (partnership_id, person_id, made);
CREATE INDEX byhand_entry_beside ON byhand_entry (partnership_id, beside_id, state);

-- Who signs in herself and lets others write things down for her all the same.
CREATE TABLE byhand_allowed (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
