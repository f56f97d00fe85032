-- shown: everybody may open the blob, since it holds nothing of hers but a voice that reads a page of the site.

-- +goose Up
ALTER TABLE consent_blob ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
