-- Topics: the group's own list of what something can be about, in a few words that every member reads. A row
-- with the id of one that the list begins with says only that it was taken off.
--
-- Wishes: what somebody asked of these pages for herself (which topics not to come across, when to be
-- reminded of an end) as one sealed text under one key, filled up to one length. That she has a row says that
-- she has been on one of those pages, and not what she chose.

-- +goose Up
CREATE TABLE sharing_topic (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	made BIGINT NOT NULL,
	off BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

CREATE TABLE sharing_wish (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	wishes {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
