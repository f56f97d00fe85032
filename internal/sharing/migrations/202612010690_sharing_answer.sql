-- Which request something shared answers: two random ids. Who shared it, and with whom, the gate knows.

-- +goose Up
CREATE TABLE sharing_answer (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	ask_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id)
);
CREATE INDEX sharing_answer_ask ON sharing_answer (partnership_id, ask_id);
