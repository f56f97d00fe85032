-- A yes to print her copy with somebody: who gave it, with whom she prints, until when it can be begun, and
-- when it was. No words. It goes when its time is over and it was not begun; begun, it stays for her list.

-- +goose Up
CREATE TABLE mine_paper (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	with_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	until BIGINT NOT NULL,
	begun BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX mine_paper_person ON mine_paper (partnership_id, person_id, made);
CREATE INDEX mine_paper_with ON mine_paper (partnership_id, with_id, until);
