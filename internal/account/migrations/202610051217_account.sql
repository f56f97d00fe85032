-- +goose Up
-- How somebody proves who she is. Her name as others read it, her standings and everything she writes
-- are kept elsewhere; the folded name is here because signing in looks for it.
CREATE TABLE account_person (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	name_key TEXT NOT NULL,
	passphrase TEXT NOT NULL, -- argon2id in PHC form; empty: this person signs in by link alone
	PRIMARY KEY (partnership_id, person_id)
);
CREATE UNIQUE INDEX account_person_name ON account_person (partnership_id, name_key);

-- One row per browser that is signed in. The token itself is only in the browser.
CREATE TABLE account_session (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL, -- shown to its owner, to end it
	token_hash {{bytes}} NOT NULL,
	person_id TEXT NOT NULL,
	device TEXT NOT NULL,
	created BIGINT NOT NULL,
	seen BIGINT NOT NULL, -- whole minutes
	expires BIGINT NOT NULL,
	stay BIGINT NOT NULL,
	factor BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE UNIQUE INDEX account_session_token ON account_session (partnership_id, token_hash);
CREATE INDEX account_session_person ON account_session (partnership_id, person_id, id);

-- Whatever works once: recovery codes, invitations, sign-in links. Using one deletes its row.
CREATE TABLE account_code (
	partnership_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	hash {{bytes}} NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL, -- whose it is; for an invitation, who invited
	made BIGINT NOT NULL,
	expires BIGINT NOT NULL, -- zero: does not expire
	PRIMARY KEY (partnership_id, kind, hash)
);
CREATE INDEX account_code_person ON account_code (partnership_id, person_id, kind);

-- The second factor. last_step is the last half minute whose code was used, so that none works twice.
CREATE TABLE account_factor (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	secret {{bytes}} NOT NULL, -- sealed
	confirmed BIGINT NOT NULL,
	last_step BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);

-- Tokens with which commands act for a person.
CREATE TABLE account_token (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	token_hash {{bytes}} NOT NULL,
	person_id TEXT NOT NULL,
	label {{bytes}} NOT NULL, -- her own words for it, sealed
	created BIGINT NOT NULL,
	used BIGINT NOT NULL, -- whole days
	expires BIGINT NOT NULL,
	factor BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE UNIQUE INDEX account_token_hash ON account_token (partnership_id, token_hash);
CREATE INDEX account_token_person ON account_token (partnership_id, person_id, id);

-- Misses at signing in, counted to slow guessing. mark is a keyed hash: neither what was typed nor
-- where it came from can be read here. Rows are forgotten after an hour.
CREATE TABLE account_miss (
	partnership_id TEXT NOT NULL,
	mark {{bytes}} NOT NULL,
	misses BIGINT NOT NULL,
	since BIGINT NOT NULL, -- the first of them
	until BIGINT NOT NULL, -- no attempt is looked at before
	PRIMARY KEY (partnership_id, mark)
);
