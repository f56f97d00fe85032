-- An interview that somebody prepares, and, once it is a source, what the speaker of a part had been shown before it
-- began: which version of the agreement, with what people cannot keep private, when, how (screen, paper, spoken) and
-- who says so. person_id is empty outside the circle. No words.

-- +goose Up
CREATE TABLE source_interview (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	asker_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	sheet TEXT NOT NULL,
	version BIGINT NOT NULL,
	shown BIGINT NOT NULL,
	way TEXT NOT NULL,
	told_by TEXT NOT NULL,
	begun BIGINT NOT NULL,
	source_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX source_interview_source ON source_interview (partnership_id, source_id, speaker_id);
CREATE INDEX source_interview_person ON source_interview (partnership_id, person_id);
CREATE INDEX source_interview_asker ON source_interview (partnership_id, asker_id);
