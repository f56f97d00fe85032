-- When the women said "not now" to somebody who waits for a yes; 0 while nothing was said. Who said it is not
-- kept.

-- +goose Up
ALTER TABLE circle_asked ADD COLUMN declined BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE circle_asked DROP COLUMN declined;
