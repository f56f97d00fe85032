-- Words that somebody found hard, and what they mean, a row a version. Words and meanings are sealed. That a word
-- was marked is a number without a person and without an hour: waits are the marks since the last Monday, which
-- nobody is shown, and counted is the day from which they are. Ids are random, and rows lie in the order of ids.

-- +goose Up
CREATE TABLE jargon_word (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	marks BIGINT NOT NULL,
	waits BIGINT NOT NULL,
	counted BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
) {{without rowid}};

-- writer_id is empty once she has left.
CREATE TABLE jargon_meaning (
	partnership_id TEXT NOT NULL,
	word_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, word_id, n)
);
CREATE INDEX jargon_meaning_writer ON jargon_meaning (partnership_id, writer_id);
