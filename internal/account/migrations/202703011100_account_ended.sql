-- +goose Up
-- 1: ended from elsewhere. The row opens nothing and stays for a day, to tell whose a form was that arrives late.
ALTER TABLE account_session ADD COLUMN ended BIGINT NOT NULL DEFAULT 0;
