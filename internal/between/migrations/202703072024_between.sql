-- What two people agreed between them. The words are sealed, for the two; in the clear stand who they are, since
-- when, when they look at it again, and who said yes. before_words and before_again are what holds while other
-- words wait. ended_id is who ended it, while the other one has not seen so: the words are gone then.

-- +goose Up
CREATE TABLE between_agreed (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	second_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	first_yes BIGINT NOT NULL,
	second_yes BIGINT NOT NULL,
	again BIGINT NOT NULL,
	before_again BIGINT NOT NULL,
	ended_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	before_words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX between_agreed_first ON between_agreed (partnership_id, person_id);
CREATE INDEX between_agreed_second ON between_agreed (partnership_id, second_id);
