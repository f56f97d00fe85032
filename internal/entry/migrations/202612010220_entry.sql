-- What each invitation is for, and how far the first two members have come. Codes are kept by account,
-- as hashes. The name of the second member is kept as the first typed it, until she has joined.

-- +goose Up
CREATE TABLE entry_invitation (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	standing TEXT NOT NULL,
	practice_id TEXT NOT NULL,
	administrator BIGINT NOT NULL,
	founding BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

CREATE TABLE entry_founding (
	partnership_id TEXT NOT NULL PRIMARY KEY,
	first_id TEXT NOT NULL,
	second_name TEXT NOT NULL,
	invitation_id TEXT NOT NULL,
	done BIGINT NOT NULL
);
