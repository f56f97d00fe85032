-- Places where one meets, and what members wrote of each, a row a version. What is written is one sealed text.

-- +goose Up
CREATE TABLE place_place (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, id)
);

CREATE TABLE place_text (
	partnership_id TEXT NOT NULL,
	place_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, place_id, n)
);
