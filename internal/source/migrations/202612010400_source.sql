-- A source: a contribution that is kept for a study, how far it is on the way to being analysed, and the
-- facts of how it was made. The facts and its title are words, so they are sealed as one text.

-- +goose Up
CREATE TABLE source_source (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	made_by TEXT NOT NULL,
	added BIGINT NOT NULL,
	state TEXT NOT NULL,
	key_id TEXT NOT NULL,
	facts {{bytes}},
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX source_source_study ON source_source (partnership_id, study_id, added);

-- One row for each voice, so that a list can count turns without opening a word. first_turn is how the
-- destruction of the part is recognised: the gate then names the turns it has emptied.
CREATE TABLE source_part (
	partnership_id TEXT NOT NULL,
	source_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	position BIGINT NOT NULL,
	role TEXT NOT NULL,
	person_id TEXT NOT NULL,
	turns BIGINT NOT NULL,
	first_turn TEXT NOT NULL,
	gone BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, source_id, speaker_id)
);
CREATE INDEX source_part_turn ON source_part (partnership_id, first_turn);
