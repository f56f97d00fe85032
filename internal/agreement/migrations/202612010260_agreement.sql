-- How we work together, in versions, and what each member says to each. The text is the group's rules,
-- which every member can read, so it is in the clear; a draft is somebody's own and is sealed.

-- +goose Up
CREATE TABLE agreement_version (
	partnership_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	body TEXT NOT NULL,
	written BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, version)
);

CREATE TABLE agreement_answer (
	partnership_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	person_id TEXT NOT NULL,
	answer TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, version, person_id)
);

CREATE TABLE agreement_draft (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	body {{bytes}} NOT NULL,
	over BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
