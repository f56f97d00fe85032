-- What was said before of something that meets apart, a row a version, with who said it and when. Nothing is
-- written over. Words are sealed as they stood in apart_space, for that row.

-- +goose Up
CREATE TABLE apart_before (
	partnership_id TEXT NOT NULL,
	space_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	ended BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, space_id, n)
);
CREATE INDEX apart_before_by ON apart_before (partnership_id, by_id);
