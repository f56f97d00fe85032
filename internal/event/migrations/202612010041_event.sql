-- +goose Up
-- One row a partnership: the number of its newest event. Writing it holds a lock until the transaction
-- ends, so numbers are committed in order and whoever read up to one has missed none below it.
CREATE TABLE event_head (
    partnership_id TEXT   NOT NULL PRIMARY KEY,
    seq            BIGINT NOT NULL
) {{without rowid}};

-- What changed, kept for a day.
CREATE TABLE event (
    partnership_id TEXT   NOT NULL,
    seq            BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    topic          TEXT   NOT NULL,
    subject        TEXT   NOT NULL,
    PRIMARY KEY (partnership_id, seq)
) {{without rowid}};
