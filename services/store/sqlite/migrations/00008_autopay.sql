-- +goose Up
-- Autopays: pre-authorized debit agreements that were accepted, those that have ended among them.

CREATE TABLE autopay (
    id           TEXT   NOT NULL PRIMARY KEY,
    agreement_id TEXT   NOT NULL,
    person_id    TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    account_id   TEXT   NOT NULL,
    document_id  TEXT   NOT NULL,
    accepted     BLOB   NOT NULL,          -- JSON: what was authorized, and how
    since        BIGINT NOT NULL,
    ended_at     BIGINT NOT NULL,          -- 0 while it is in force
    look_at      BIGINT NOT NULL           -- when debits may be due to be made
);
CREATE UNIQUE INDEX autopay_agreement ON autopay (agreement_id) WHERE ended_at = 0;
CREATE INDEX autopay_person ON autopay (person_id);
CREATE INDEX autopay_account ON autopay (account_id) WHERE ended_at = 0;
CREATE INDEX autopay_look ON autopay (look_at) WHERE ended_at = 0;
