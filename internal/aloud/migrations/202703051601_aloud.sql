-- Pages of the site that somebody of the group has read aloud: which page, by its address, the blob with her
-- voice, what sort of sound it is as a word of ours, and who read it.

-- +goose Up
CREATE TABLE aloud_page (
	partnership_id TEXT NOT NULL,
	path TEXT NOT NULL,
	blob_id TEXT NOT NULL,
	sound TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, path)
);
