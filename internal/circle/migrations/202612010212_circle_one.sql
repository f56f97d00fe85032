-- A server holds one partnership. Processes that share a database do not see each other make it, so the
-- database takes one row and no second. Where two were made, nobody could ever open the later one.

-- +goose Up
DELETE FROM circle_partnership WHERE id NOT IN (SELECT id FROM circle_partnership ORDER BY made, id LIMIT 1);
CREATE UNIQUE INDEX circle_partnership_one ON circle_partnership ((1));
