-- +goose Up
-- What the lender's portfolio says, and by what a person may see it: codes and trusted devices.
-- The ids of customers and agreements are keyed hashes of the lender's numbers, so that importing again finds them
-- without a search. Dates are 'YYYY-MM-DD', amounts are cents.
--
-- Partitioning by hash of the customer: payments are found through their agreement alone, whose customer they would
-- then name as well.

CREATE TABLE customer (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    province TEXT COLLATE "C" NOT NULL,
    details  BYTEA            NOT NULL                   -- JSON: BMW ID, names, address, birth, language
);

CREATE TABLE agreement (
    key         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- short, for its payments
    id          TEXT COLLATE "C" NOT NULL UNIQUE,
    customer_id TEXT COLLATE "C" NOT NULL REFERENCES customer (id),
    vin_hash    BYTEA            NOT NULL,
    details     BYTEA            NOT NULL                -- JSON: the terms
);
CREATE INDEX agreement_customer ON agreement (customer_id);
CREATE INDEX agreement_vin ON agreement (vin_hash);

CREATE TABLE payment (
    agreement BIGINT           NOT NULL REFERENCES agreement (key),
    id        TEXT COLLATE "C" NOT NULL,                 -- the lender's, unique within the agreement
    date      TEXT COLLATE "C" NOT NULL,
    principal BIGINT           NOT NULL,
    interest  BIGINT           NOT NULL,
    tax       BIGINT           NOT NULL,
    method    TEXT COLLATE "C" NOT NULL,
    status    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (agreement, id)
);

CREATE TABLE code (
    session_id  TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    id          TEXT COLLATE "C" NOT NULL,               -- of the request
    customer_id TEXT COLLATE "C" NOT NULL,               -- to be linked; '' to authorize the device alone
    hash        BYTEA            NOT NULL,               -- keyed, with the id
    tries       BIGINT           NOT NULL,
    sent_at     BIGINT           NOT NULL,
    expires_at  BIGINT           NOT NULL
);
CREATE INDEX code_expiry ON code (expires_at);

CREATE TABLE device (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash    BYTEA            NOT NULL UNIQUE,      -- SHA-256
    person_id     TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name          BYTEA            NOT NULL,
    kind          TEXT COLLATE "C" NOT NULL,
    trusted_until BIGINT           NOT NULL,
    last_used     BIGINT           NOT NULL
);
CREATE INDEX device_person ON device (person_id);
CREATE INDEX device_expiry ON device (trusted_until);
