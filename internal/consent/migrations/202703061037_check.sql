-- Why somebody checked what was published against what was said, sealed under a key of its own: act is that of
-- the opening, which is on record for each owner by itself. Who gave it is bound to it by the seal and stands in no
-- column; at is the hour. What may be checked is a row of consent_yes like
-- any other.

-- +goose Up
CREATE TABLE consent_check (
	partnership_id TEXT NOT NULL,
	act TEXT NOT NULL,
	at BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	reason {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, act)
);

-- +goose Down
DROP TABLE consent_check;
