-- What somebody has typed of a place and not saved, sealed for her alone.

-- +goose Up
CREATE TABLE place_unsaved (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	place TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id, place)
);
