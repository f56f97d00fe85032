-- What a contribution is about in the group's own list of topics, under the key of its title and note. It is
-- sealed because it says something of what was said. Rows from before it have none.
--
-- Terms that only go on for longer, or allow less, mean the people of an earlier day: as_of, 0 for the day they
-- were given.

-- +goose Up
ALTER TABLE consent_contribution ADD COLUMN topics {{bytes}};
ALTER TABLE consent_terms ADD COLUMN as_of BIGINT NOT NULL DEFAULT 0;
