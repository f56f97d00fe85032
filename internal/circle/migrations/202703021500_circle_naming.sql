-- +goose Up
-- Who is to look after the site, where nobody does any more: named by one of the group, then by a second one of
-- the other house, then waiting until due. At most one at a time. Ids and times; it goes when it is over.
CREATE TABLE circle_naming (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	first_id TEXT NOT NULL,
	second_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	due BIGINT NOT NULL,
	PRIMARY KEY (partnership_id)
);

-- +goose Down
DROP TABLE circle_naming;
