-- +goose Up
-- Who may come in: logins, their tokens, sessions and counters, and the mails to them. The same tables as those of
-- SQLite. Times are microseconds since 1970 UTC, 0 for never. Columns of type BYTEA that are no hash are sealed. Text
-- is compared by its bytes (COLLATE "C") whatever the order of the database is: lists are paged by it, and replicas
-- whose systems order text otherwise still agree on an index.
--
-- Should one server become too small, these tables can be partitioned by hash of the person: every row but those of
-- setting, captcha, mail and tries names one, and what a customer does writes rows of that person and events of the
-- desk. The unique hashes of addresses and tokens would then need a table of their own that leads to the person.

CREATE TABLE setting (
    name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE person (
    id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    email         BYTEA            NOT NULL,
    email_hash    BYTEA            NOT NULL UNIQUE,
    first_name    BYTEA            NOT NULL,
    last_name     BYTEA            NOT NULL,
    language      TEXT COLLATE "C" NOT NULL,
    role          TEXT COLLATE "C" NOT NULL,
    active        BIGINT           NOT NULL,             -- 0 until the address is confirmed
    password      TEXT COLLATE "C" NOT NULL,             -- Argon2id, PHC string; '' while there is none
    terms         TEXT COLLATE "C" NOT NULL,             -- how they were accepted, JSON
    customer_id   TEXT COLLATE "C" UNIQUE,               -- NULL until linked
    created_at    BIGINT           NOT NULL
);
CREATE INDEX person_pending ON person (active, created_at);

CREATE TABLE token (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    hash         BYTEA            NOT NULL UNIQUE,       -- SHA-256
    person_id    TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind         TEXT COLLATE "C" NOT NULL,
    expires_at   BIGINT           NOT NULL,
    grants       BYTEA                                   -- what it makes active, JSON, or the new address; NULL of other kinds
);
CREATE INDEX token_person ON token (person_id, kind);
CREATE INDEX token_expiry ON token (expires_at);

CREATE TABLE tries (
    name_hash BYTEA            NOT NULL PRIMARY KEY,
    person_id TEXT COLLATE "C" NOT NULL,                 -- '' when it belongs to nobody known
    times     TEXT COLLATE "C" NOT NULL,                 -- of the counted tries, oldest first, separated by commas
    until     BIGINT           NOT NULL,                 -- locked until then
    stale_at  BIGINT           NOT NULL                  -- may be forgotten from then on
);
CREATE INDEX tries_person ON tries (person_id);
CREATE INDEX tries_stale ON tries (stale_at);

CREATE TABLE captcha (
    hash       BYTEA  NOT NULL PRIMARY KEY,              -- of a solved challenge: each counts once
    expires_at BIGINT NOT NULL
);
CREATE INDEX captcha_expiry ON captcha (expires_at);

CREATE TABLE session (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token_hash  BYTEA            NOT NULL UNIQUE,        -- SHA-256
    person_id   TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    device_id   TEXT COLLATE "C" NOT NULL,
    device_name BYTEA            NOT NULL,
    device_kind TEXT COLLATE "C" NOT NULL,
    authorized  BIGINT           NOT NULL,               -- 1 when the device may be used
    created_at  BIGINT           NOT NULL,
    seen_at     BIGINT           NOT NULL,
    expires_at  BIGINT           NOT NULL,
    ended_at    BIGINT           NOT NULL
);
CREATE INDEX session_person ON session (person_id, ended_at);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE mail (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,  -- also in the Message-ID header, the same at every try
    kind         TEXT COLLATE "C" NOT NULL,
    address      BYTEA            NOT NULL,
    address_hash BYTEA            NOT NULL,
    language     TEXT COLLATE "C" NOT NULL,
    words        BYTEA            NOT NULL,              -- what its sentences are filled in with, JSON
    ref          TEXT COLLATE "C" NOT NULL,              -- what the secret belongs to: a token or a code; '' for none
    secret       BYTEA,                                  -- NULL once used, expired or (without a tray) sent
    created_at   BIGINT           NOT NULL,
    expires_at   BIGINT           NOT NULL,
    used_at      BIGINT           NOT NULL,
    due_at       BIGINT           NOT NULL,              -- of the next try to send; 0 when there is none
    tries        BIGINT           NOT NULL,
    sent_at      BIGINT           NOT NULL,
    refusal      TEXT COLLATE "C" NOT NULL               -- why it was given up; '' when it was not
);
CREATE INDEX mail_address ON mail (address_hash, id);
CREATE INDEX mail_ref ON mail (ref);
CREATE INDEX mail_due ON mail (due_at);
CREATE INDEX mail_created ON mail (created_at);
CREATE INDEX mail_expiry ON mail (expires_at);
