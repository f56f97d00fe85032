-- The key store lies in a database of its own, so that a copy of the main one opens nothing, and so
-- that its backups can have a short life of their own.
--
-- No row says when a key was made or used: for words given without a name the hour could tell whose
-- they are. Only keys that nothing seems to need have a time, until they go.

-- +goose Up

-- One row: the epoch in force. Its wrapped key opens with the root key, which is in no database.
-- Writers change this row first and so take turns, on several replicas too.
CREATE TABLE epoch (
  one      BIGINT PRIMARY KEY CHECK (one = 1),
  number   BIGINT NOT NULL,
  wrapped  {{bytes}} NOT NULL,
  opened   BIGINT NOT NULL, -- when, in microseconds UTC
  scrubbed BIGINT NOT NULL, -- where the log was when the last epoch was off the disk; 0 until then
  clear    BIGINT NOT NULL  -- from where on the log's files used again hold nothing older; 0 if unknown
);

-- The keys, many to a row, each row sealed as one under the epoch in force. The number comes from a
-- hash of the ids, which are inside.
CREATE TABLE shelf (
  number INTEGER PRIMARY KEY,
  keys   BIGINT NOT NULL, -- how many
  sealed {{bytes}} NOT NULL
);

-- Keys for which no row was found in the main database, and since when.
CREATE TABLE orphan (
  id    TEXT PRIMARY KEY,
  since BIGINT NOT NULL
) {{without rowid}};
