-- +goose Up
-- The message center: threads, their messages and files, drafts, and what tells others of them.

CREATE TABLE thread (
    id            TEXT   NOT NULL PRIMARY KEY,
    reference     TEXT   NOT NULL UNIQUE,   -- "M-7K3F-92QD"
    person_id     TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    agreement_id  TEXT   NOT NULL,
    topic         TEXT   NOT NULL,
    last_id       TEXT   NOT NULL,          -- of the latest message
    last_from     TEXT   NOT NULL,          -- its role
    last_at       BIGINT NOT NULL,
    unread        BIGINT NOT NULL,          -- 1 when an answer was not read
    waiting_since BIGINT NOT NULL,          -- of the oldest message without an answer; 0 when answered
    place         BIGINT NOT NULL,          -- in the desk's queue; see store/thread.go
    kept_until    BIGINT NOT NULL           -- of the latest message; never moves back
);
CREATE INDEX thread_person ON thread (person_id, last_at, id);
CREATE INDEX thread_unread ON thread (person_id, unread, last_at, id);
CREATE INDEX thread_place ON thread (place, id);

CREATE TABLE message (
    id         TEXT   NOT NULL PRIMARY KEY,
    thread_id  TEXT   NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
    person_id  TEXT   NOT NULL,             -- the customer of the thread
    seq        BIGINT NOT NULL,             -- the customer's event that told of it; the order of messages
    sender     TEXT   NOT NULL,             -- a role
    author     BLOB   NOT NULL,
    body       BLOB   NOT NULL,
    sent_at    BIGINT NOT NULL,
    kept_until BIGINT NOT NULL
);
CREATE INDEX message_thread ON message (thread_id, seq);
CREATE UNIQUE INDEX message_person ON message (person_id, seq);
CREATE INDEX message_kept ON message (kept_until);

CREATE TABLE draft (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    content    BLOB   NOT NULL,             -- JSON
    send_key   TEXT   NOT NULL,             -- idempotency key
    updated_at BIGINT NOT NULL
);
CREATE INDEX draft_person ON draft (person_id, updated_at);

CREATE TABLE attachment (
    id         TEXT   NOT NULL PRIMARY KEY, -- also the key of the blob
    person_id  TEXT   NOT NULL,             -- who attached it
    message_id TEXT   REFERENCES message (id) ON DELETE CASCADE, -- NULL until sent
    draft_id   TEXT   NOT NULL,             -- '' when no draft names it
    place      BIGINT NOT NULL,             -- within the message or draft
    name       BLOB   NOT NULL,
    digest     BLOB   NOT NULL,             -- SHA-256 in hex
    type       TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    made_at    BIGINT NOT NULL
);
CREATE INDEX attachment_message ON attachment (message_id, place);
CREATE INDEX attachment_draft ON attachment (draft_id, place);
CREATE INDEX attachment_person ON attachment (person_id, made_at);

CREATE TABLE send_key (
    person_id   TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name        TEXT   NOT NULL,
    content     BLOB   NOT NULL,            -- keyed hash of what was asked for
    answer      TEXT   NOT NULL,            -- JSON; nothing of a person
    received_at BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,            -- of the last request with this key
    PRIMARY KEY (person_id, name)
);
CREATE INDEX send_key_received ON send_key (received_at);

CREATE TABLE event (
    audience TEXT   NOT NULL,               -- a person's id, or 'desk'
    seq      BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    ref      TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (audience, seq)
);
CREATE INDEX event_at ON event (at);

CREATE TABLE event_seq (
    audience TEXT   NOT NULL PRIMARY KEY,
    last     BIGINT NOT NULL
);
