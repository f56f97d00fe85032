-- With which house somebody decides who could be in either: a row is a wish to decide with the women. by_id is the
-- one of them who said yes, empty until then; counts_from is when it counts, 0 until then. Without a row it is
-- everyone else.

-- +goose Up
CREATE TABLE circle_house (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	counts_from BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);
