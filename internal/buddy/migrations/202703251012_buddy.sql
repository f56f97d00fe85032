-- What there is between two people of whom one asked the other to be there for her. A pair has one row, with the
-- smaller id first. What they wrote is sealed, for the two; in the clear stand who they are, who asked, since when,
-- and who said yes. rests is until when she does not ask again after a "not now", told that she has seen it; ended_id
-- is who ended it, while the other has not seen so. The words are gone with either. stood: both had said yes, and an
-- older copy was put back since.

-- +goose Up
CREATE TABLE buddy_link (
	partnership_id TEXT NOT NULL,
	first_id TEXT NOT NULL,
	second_id TEXT NOT NULL,
	id TEXT NOT NULL,
	asker_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	first_yes BIGINT NOT NULL,
	second_yes BIGINT NOT NULL,
	stood BIGINT NOT NULL,
	rests BIGINT NOT NULL,
	told BIGINT NOT NULL,
	ended_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	first_words {{bytes}} NOT NULL,
	second_words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, first_id, second_id)
);
CREATE INDEX buddy_link_second ON buddy_link (partnership_id, second_id);
