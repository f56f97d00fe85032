-- Copies that somebody took of what is hers: when, and nothing else. Only she is shown them, so that she
-- sees when somebody else took one with her phone. The copies themselves are never kept.

-- +goose Up
CREATE TABLE mine_copy (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	id TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id, id)
);
