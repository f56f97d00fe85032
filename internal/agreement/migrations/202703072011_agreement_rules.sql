-- The rules of a version, which stand beside its text: how each kind of thing is decided, what is not decided
-- here, and what each profession cannot keep to itself. Every member reads them, so they are in the clear, as
-- JSON. A version of before has none. under is the version that counted when this one was written, and agreed
-- the time since when this one counts; 0 while it waits.
-- What somebody would change in the rules is sealed beside the text of her draft, under the draft's key.

-- +goose Up
ALTER TABLE agreement_version ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE agreement_version ADD COLUMN under BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agreement_version ADD COLUMN agreed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agreement_draft ADD COLUMN rules {{bytes}} NOT NULL DEFAULT '';

-- How many stops the women's house takes, and how it meets after a second one on the same matter. The rows are
-- that house's alone. The number is in the clear, since everybody reads it; the words are sealed, for the women.
-- held is the time since when the row counts; 0 while it waits for everybody's yes.
CREATE TABLE agreement_stops (
	partnership_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	stops BIGINT NOT NULL,
	written BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	held BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	meets {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, n)
);

-- Who of that house said yes to a row that waits.
CREATE TABLE agreement_stops_yes (
	partnership_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	person_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, n, person_id)
);
