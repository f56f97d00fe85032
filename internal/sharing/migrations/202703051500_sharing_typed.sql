-- What somebody types up of a recording that another lets her hear for that: sealed, for the two of them, until
-- the owner says yes or no; then the row is gone. sent is when the typist gave it to her to check, 0 while she
-- types. One row for each recording. turn_id is a turn of the part, by which it is known that the part is erased.
--
-- sharing_typed_turn are the turns that were typed up and said yes to: a later version takes their place.

-- +goose Up
CREATE TABLE sharing_typed (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	recording_id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	changed BIGINT NOT NULL,
	sent BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id, recording_id)
);

CREATE TABLE sharing_typed_turn (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id, turn_id)
);
