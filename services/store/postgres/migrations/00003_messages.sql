-- +goose Up
-- The message center: threads, their messages and files, drafts, and what tells others of them.
--
-- Partitioning by hash of person_id: everything but the events of the desk belongs to one person, and is only ever read
-- with that person's id or from the desk's queue.

CREATE TABLE thread (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    reference     TEXT COLLATE "C" NOT NULL UNIQUE,      -- "M-7K3F-92QD"
    person_id     TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    agreement_id  TEXT COLLATE "C" NOT NULL,
    topic         TEXT COLLATE "C" NOT NULL,
    last_id       TEXT COLLATE "C" NOT NULL,             -- of the latest message
    last_from     TEXT COLLATE "C" NOT NULL,             -- its role
    last_at       BIGINT           NOT NULL,
    unread        BIGINT           NOT NULL,             -- 1 when an answer was not read
    waiting_since BIGINT           NOT NULL,             -- of the oldest message without an answer; 0 when answered
    place         BIGINT           NOT NULL,             -- in the desk's queue; see store/thread.go
    kept_until    BIGINT           NOT NULL              -- of the latest message; never moves back
);
CREATE INDEX thread_person ON thread (person_id, last_at, id);
CREATE INDEX thread_unread ON thread (person_id, unread, last_at, id);
CREATE INDEX thread_place ON thread (place, id);

CREATE TABLE message (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    thread_id  TEXT COLLATE "C" NOT NULL REFERENCES thread (id) ON DELETE CASCADE,
    person_id  TEXT COLLATE "C" NOT NULL,                -- the customer of the thread
    seq        BIGINT           NOT NULL,                -- the customer's event that told of it; the order of messages
    sender     TEXT COLLATE "C" NOT NULL,                -- a role
    author     BYTEA            NOT NULL,
    body       BYTEA            NOT NULL,
    sent_at    BIGINT           NOT NULL,
    kept_until BIGINT           NOT NULL
);
CREATE INDEX message_thread ON message (thread_id, seq);
CREATE UNIQUE INDEX message_person ON message (person_id, seq);
CREATE INDEX message_kept ON message (kept_until);

CREATE TABLE draft (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    person_id  TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    content    BYTEA            NOT NULL,                -- JSON
    send_key   TEXT COLLATE "C" NOT NULL,                -- idempotency key
    updated_at BIGINT           NOT NULL
);
CREATE INDEX draft_person ON draft (person_id, updated_at);

CREATE TABLE attachment (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,    -- also the key of the blob
    person_id  TEXT COLLATE "C" NOT NULL,                -- who attached it
    message_id TEXT COLLATE "C" REFERENCES message (id) ON DELETE CASCADE, -- NULL until sent
    draft_id   TEXT COLLATE "C" NOT NULL,                -- '' when no draft names it
    place      BIGINT           NOT NULL,                -- within the message or draft
    name       BYTEA            NOT NULL,
    digest     BYTEA            NOT NULL,                -- SHA-256 in hex
    type       TEXT COLLATE "C" NOT NULL,
    size       BIGINT           NOT NULL,
    made_at    BIGINT           NOT NULL
);
CREATE INDEX attachment_message ON attachment (message_id, place);
CREATE INDEX attachment_draft ON attachment (draft_id, place);
CREATE INDEX attachment_person ON attachment (person_id, made_at);

CREATE TABLE send_key (
    person_id   TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name        TEXT COLLATE "C" NOT NULL,
    content     BYTEA            NOT NULL,               -- keyed hash of what was asked for
    answer      TEXT COLLATE "C" NOT NULL,               -- JSON; nothing of a person
    received_at BIGINT           NOT NULL,
    seen_at     BIGINT           NOT NULL,               -- of the last request with this key
    PRIMARY KEY (person_id, name)
);
CREATE INDEX send_key_received ON send_key (received_at);

CREATE TABLE event (
    audience TEXT COLLATE "C" NOT NULL,                  -- a person's id, or 'desk'
    seq      BIGINT           NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    ref      TEXT COLLATE "C" NOT NULL,
    at       BIGINT           NOT NULL,
    PRIMARY KEY (audience, seq)
);
CREATE INDEX event_at ON event (at);

CREATE TABLE event_seq (
    audience TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    last     BIGINT           NOT NULL
);
