-- What the group waits for, which somebody can choose as the end of what she allows: "the report is out". At latest
-- its day ends it too. Once it has happened, what was allowed until then has ended.

-- +goose Up
CREATE TABLE consent_moment (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	made BIGINT NOT NULL,
	latest BIGINT NOT NULL,
	happened BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

ALTER TABLE consent_yes ADD COLUMN moment_id TEXT NOT NULL DEFAULT '';
CREATE INDEX consent_yes_moment ON consent_yes (partnership_id, moment_id);

-- +goose Down
DROP INDEX consent_yes_moment;
ALTER TABLE consent_yes DROP COLUMN moment_id;
DROP TABLE consent_moment;
