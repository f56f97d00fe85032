-- +goose Up
-- One row a partnership: how many entries its log has. It is the counter that keeps the log without
-- gaps, and the lock that puts two writers one after the other.
CREATE TABLE ledger_head (
    partnership_id TEXT   NOT NULL PRIMARY KEY,
    size           BIGINT NOT NULL
) {{without rowid}};

-- What stays for good: when, what kind, and a commitment that tells nothing without its salt.
CREATE TABLE ledger_entry (
    partnership_id TEXT      NOT NULL,
    seq            BIGINT    NOT NULL,
    at             BIGINT    NOT NULL,
    kind           TEXT      NOT NULL,
    commitment     {{bytes}} NOT NULL,
    PRIMARY KEY (partnership_id, seq)
) {{without rowid}};
CREATE INDEX ledger_entry_week ON ledger_entry (partnership_id, kind, at);

-- What opens a commitment. Rows about taken-back words go with the words.
CREATE TABLE ledger_facts (
    partnership_id TEXT      NOT NULL,
    seq            BIGINT    NOT NULL,
    subject        TEXT      NOT NULL,
    salt           {{bytes}} NOT NULL,
    facts          TEXT      NOT NULL,
    PRIMARY KEY (partnership_id, seq)
) {{without rowid}};
CREATE INDEX ledger_facts_subject ON ledger_facts (partnership_id, subject);

-- The nodes of the Merkle tree, in the order of tlog.StoredHashIndex.
CREATE TABLE ledger_hash (
    partnership_id TEXT      NOT NULL,
    position       BIGINT    NOT NULL,
    hash           {{bytes}} NOT NULL,
    PRIMARY KEY (partnership_id, position)
) {{without rowid}};
