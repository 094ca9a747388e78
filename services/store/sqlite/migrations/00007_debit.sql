-- +goose Up
-- The accounts that people pay from, the payments that they order (debits), and the files in which those go to the bank.
-- Dates are 'YYYY-MM-DD', amounts are cents.

CREATE TABLE bank_account (
    id          TEXT   NOT NULL PRIMARY KEY,
    person_id   TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    number_hash BLOB   NOT NULL,            -- keyed, of institution, transit and number
    details     BLOB   NOT NULL,            -- JSON: those, and the holder
    made_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX bank_account_person ON bank_account (person_id, number_hash);

CREATE TABLE debit (
    id           TEXT   NOT NULL PRIMARY KEY,
    reference    TEXT   NOT NULL UNIQUE,    -- "P-7K3F-92QD"
    person_id    TEXT   NOT NULL,           -- who ordered it; '' once they have no login any more
    agreement_id TEXT   NOT NULL REFERENCES agreement (id),
    account_id   TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    installment  BIGINT NOT NULL,           -- of an autopay, from 1; 0 otherwise
    amount       BIGINT NOT NULL,
    principal    BIGINT NOT NULL,           -- this and the next two of an autopay, as announced; 0 otherwise
    interest     BIGINT NOT NULL,
    tax          BIGINT NOT NULL,
    currency     TEXT   NOT NULL,
    day          TEXT   NOT NULL,           -- when the account is debited
    due          TEXT   NOT NULL,
    cancel_until TEXT   NOT NULL,
    details      BLOB   NOT NULL,           -- the account and the agreement as they were, a part a line
    status       TEXT   NOT NULL,
    reason       TEXT   NOT NULL,           -- the bank's code when it was returned
    simulated    BIGINT NOT NULL,           -- 1: no bank is asked
    file         BIGINT NOT NULL,           -- that took it to the bank; 0 for none
    payment_id   TEXT   NOT NULL,           -- of its agreement, that it became or that stands for it; '' for none
    returned_on  TEXT   NOT NULL,           -- '' when it was not
    created_at   BIGINT NOT NULL
);
CREATE INDEX debit_agreement ON debit (agreement_id, day, id);
CREATE UNIQUE INDEX debit_installment ON debit (agreement_id, installment) WHERE kind = 'autopay' AND status <> 'cancelled';
CREATE INDEX debit_due ON debit (status, day, id);
CREATE INDEX debit_account ON debit (account_id, status);
CREATE INDEX debit_person ON debit (person_id);
CREATE INDEX debit_in_file ON debit (file, id);

CREATE TABLE debit_file (
    number     BIGINT NOT NULL PRIMARY KEY, -- from 1, each once
    sender     TEXT   NOT NULL,             -- JSON: who sends it, as it was then
    currency   TEXT   NOT NULL,
    made_on    TEXT   NOT NULL,
    debits     BIGINT NOT NULL,
    total      BIGINT NOT NULL,
    written_at BIGINT NOT NULL              -- 0 until all of it was written
);
CREATE INDEX debit_file_written ON debit_file (written_at);
