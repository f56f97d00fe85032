-- That the program read something for search is on record without a time: when it did tells when somebody
-- looked for something.

-- +goose Up
INSERT INTO consent_opening (partnership_id, contribution_id, speaker_id, reader_id, purpose, purpose_id, hour, act)
	SELECT DISTINCT partnership_id, contribution_id, speaker_id, reader_id, purpose, purpose_id, 0, act FROM consent_opening
	WHERE purpose = 'search' AND hour <> 0 ON CONFLICT DO NOTHING;
DELETE FROM consent_opening WHERE purpose = 'search' AND hour <> 0;
