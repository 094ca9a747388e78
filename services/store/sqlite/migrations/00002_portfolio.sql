-- +goose Up
-- What the lender's portfolio says, and by what a person may see it: codes and trusted devices.
-- The ids of customers and agreements are keyed hashes of the lender's numbers, so that importing again finds them
-- without a search. Dates are 'YYYY-MM-DD', amounts are cents.

CREATE TABLE customer (
    id       TEXT NOT NULL PRIMARY KEY,
    province TEXT NOT NULL,
    details  BLOB NOT NULL                  -- JSON: BMW ID, names, address, birth, language
);

CREATE TABLE agreement (
    key         INTEGER PRIMARY KEY,        -- short, for its payments
    id          TEXT   NOT NULL UNIQUE,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    vin_hash    BLOB   NOT NULL,
    details     BLOB   NOT NULL             -- JSON: the terms
);
CREATE INDEX agreement_customer ON agreement (customer_id);
CREATE INDEX agreement_vin ON agreement (vin_hash);

CREATE TABLE payment (
    agreement BIGINT NOT NULL REFERENCES agreement (key),
    id        TEXT   NOT NULL,              -- the lender's, unique within the agreement
    date      TEXT   NOT NULL,
    principal BIGINT NOT NULL,
    interest  BIGINT NOT NULL,
    tax       BIGINT NOT NULL,
    method    TEXT   NOT NULL,
    status    TEXT   NOT NULL,
    PRIMARY KEY (agreement, id)
) WITHOUT ROWID;

CREATE TABLE code (
    session_id  TEXT   NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    id          TEXT   NOT NULL,            -- of the request
    customer_id TEXT   NOT NULL,            -- to be linked; '' to authorize the device alone
    hash        BLOB   NOT NULL,            -- keyed, with the id
    tries       BIGINT NOT NULL,
    sent_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX code_expiry ON code (expires_at);

CREATE TABLE device (
    id            TEXT   NOT NULL PRIMARY KEY,
    token_hash    BLOB   NOT NULL UNIQUE,   -- SHA-256
    person_id     TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name          BLOB   NOT NULL,
    kind          TEXT   NOT NULL,
    trusted_until BIGINT NOT NULL,
    last_used     BIGINT NOT NULL
);
CREATE INDEX device_person ON device (person_id);
CREATE INDEX device_expiry ON device (trusted_until);
