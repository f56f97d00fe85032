-- Whoever has left stands on a roll under her place's own random id, so that everybody's place is one row, and is
-- found at once among ten thousand.

-- +goose Up
UPDATE decision_roll SET person_id = id WHERE person_id = '';
DROP INDEX decision_roll_person;
CREATE UNIQUE INDEX decision_roll_person ON decision_roll (partnership_id, decision_id, person_id);
