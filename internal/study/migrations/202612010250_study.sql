-- A study: what it asks and who chose that, who approved it and until when, what its information sheets
-- promised, and who by name analyses. Its texts are the study's public face to members, so they are in
-- the clear; nobody's words are here.

-- +goose Up
CREATE TABLE study_study (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	question TEXT NOT NULL,
	chosen_by TEXT NOT NULL,
	sponsor TEXT NOT NULL,
	committee TEXT NOT NULL,
	reference TEXT NOT NULL,
	approved BIGINT NOT NULL,
	no_approval TEXT NOT NULL,
	begins BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	retention_years BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

CREATE TABLE study_amendment (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	id TEXT NOT NULL,
	reference TEXT NOT NULL,
	approved BIGINT NOT NULL,
	what TEXT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, id)
);

CREATE TABLE study_sheet (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	version TEXT NOT NULL,
	since BIGINT NOT NULL,
	body TEXT NOT NULL,
	taking_back TEXT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, version)
);

CREATE TABLE study_analyst (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	practice_id TEXT NOT NULL,
	since BIGINT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, person_id, since)
);
