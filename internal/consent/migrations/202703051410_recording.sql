-- A recording of somebody's voice: a blob that belongs to her part of a contribution. Its id is the blob's,
-- whose key is destroyed with the part. kind is a word of ours for what sort of sound it is. Who may hear it
-- is said by the part's terms; that it was taken back by itself is a withdrawal with its id as the turn's.

-- +goose Up
CREATE TABLE consent_recording (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id, id)
);
