-- +goose Up
-- What remote mode keeps on a person's machine. Whatever says something about a person is sealed, with table, column and
-- row id as associated data, or a keyed hash: the columns "person" and those ids that are hashes. Times are UTC
-- microseconds; 0 is none.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE message (                      -- a draft, or a message on its way
    id         TEXT   NOT NULL PRIMARY KEY,
    person     BLOB   NOT NULL,
    send_key   BLOB   NOT NULL UNIQUE,      -- keyed hash of the idempotency key and its person
    state      TEXT   NOT NULL,             -- draft, waiting, sending
    content    BLOB   NOT NULL,             -- sealed JSON
    refusal    BLOB,                        -- sealed JSON: why a draft that was to be sent was not
    updated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,             -- when it was to be sent
    due_at     BIGINT NOT NULL,             -- of the next try, or when the present one ends
    tries      BIGINT NOT NULL
);
CREATE INDEX message_person ON message (person, state, updated_at);

CREATE TABLE file (
    id         TEXT   NOT NULL PRIMARY KEY, -- also the key of the blob
    person     BLOB   NOT NULL,
    message_id TEXT   NOT NULL,             -- '' when nothing names it
    place      BIGINT NOT NULL,             -- within the message
    made_at    BIGINT NOT NULL,
    size       BIGINT NOT NULL,
    content    BLOB   NOT NULL,             -- sealed JSON: name, type, digest
    upload     BLOB                         -- sealed JSON: how far it is on its way
);
CREATE INDEX file_message ON file (message_id, place);
CREATE INDEX file_person ON file (person, made_at);

CREATE TABLE receipt (
    id          TEXT   NOT NULL PRIMARY KEY, -- as message.send_key, in hex
    person      BLOB   NOT NULL,
    sent        BLOB   NOT NULL,             -- keyed hash of what was sent
    content     BLOB   NOT NULL,             -- sealed JSON
    received_at BIGINT NOT NULL
);
CREATE INDEX receipt_received ON receipt (received_at);

CREATE TABLE answer (
    id         TEXT   NOT NULL PRIMARY KEY,  -- keyed hash of its name and person
    person     BLOB   NOT NULL,
    name       BLOB   NOT NULL,              -- sealed
    value      BLOB   NOT NULL,              -- sealed
    at         BIGINT NOT NULL,
    kept_until BIGINT NOT NULL
);
CREATE INDEX answer_person ON answer (person);
CREATE INDEX answer_kept ON answer (kept_until);

CREATE TABLE verifier (
    id      TEXT   NOT NULL PRIMARY KEY,     -- keyed hash of the address
    person  BLOB   NOT NULL,
    content BLOB   NOT NULL,                 -- sealed JSON
    until   BIGINT NOT NULL                  -- when the trust in the device ends
);

CREATE TABLE pin (
    id      TEXT NOT NULL PRIMARY KEY,       -- keyed hash of the server's name
    content BLOB NOT NULL                    -- sealed fingerprint
);
