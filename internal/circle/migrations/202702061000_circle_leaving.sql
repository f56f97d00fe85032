-- What somebody has chosen so far on the pages of leaving: what becomes of her part of one thing she shared,
-- who keeps what she kept, whether her name stays. The rows go when she leaves or says that she stays.

-- +goose Up
CREATE TABLE circle_leaving (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	about TEXT NOT NULL,
	choice TEXT NOT NULL,
	PRIMARY KEY (partnership_id, person_id, about)
);

-- +goose Down
DROP TABLE circle_leaving;
