-- Bytes too many for one row, such as an upload that waits to be confirmed: a row, and chunks that are
-- sealed under its own key. done: it is written to its end. gone: it is let go of, and its chunks are being
-- deleted. until is when it goes by itself; while it is written that is soon after its last chunk.

-- +goose Up
CREATE TABLE consent_blob (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	size BIGINT NOT NULL,
	until BIGINT NOT NULL,
	done BIGINT NOT NULL,
	gone BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX consent_blob_until ON consent_blob (partnership_id, until);

CREATE TABLE consent_chunk (
	partnership_id TEXT NOT NULL,
	blob_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	bytes {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, blob_id, n)
);
