-- What somebody left spoken in a draft: a blob of the gate's, hers alone, and what sort of sound it is, as a
-- word of ours. Both are empty where she left nothing spoken.

-- +goose Up
ALTER TABLE sharing_draft ADD COLUMN blob_id TEXT NOT NULL DEFAULT '';
ALTER TABLE sharing_draft ADD COLUMN sound TEXT NOT NULL DEFAULT '';
