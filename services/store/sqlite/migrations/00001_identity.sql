-- +goose Up
-- Who may come in: logins, their tokens, sessions and counters, and the mails to them.
-- Times are microseconds since 1970 UTC, 0 for never. Columns of type BLOB that are no hash are sealed.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE person (
    id            TEXT   NOT NULL PRIMARY KEY,
    email         BLOB   NOT NULL,
    email_hash    BLOB   NOT NULL UNIQUE,
    first_name    BLOB   NOT NULL,
    last_name     BLOB   NOT NULL,
    language      TEXT   NOT NULL,
    role          TEXT   NOT NULL,
    active        BIGINT NOT NULL,          -- 0 until the address is confirmed
    password      TEXT   NOT NULL,          -- Argon2id, PHC string; '' while there is none
    terms         TEXT   NOT NULL,          -- how they were accepted, JSON
    customer_id   TEXT   UNIQUE,            -- NULL until linked
    created_at    BIGINT NOT NULL
);
CREATE INDEX person_pending ON person (active, created_at);

CREATE TABLE token (
    id           TEXT   NOT NULL PRIMARY KEY,
    hash         BLOB   NOT NULL UNIQUE,    -- SHA-256
    person_id    TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind         TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL,
    grants       BLOB                       -- what it makes active, JSON, or the new address; NULL of other kinds
);
CREATE INDEX token_person ON token (person_id, kind);
CREATE INDEX token_expiry ON token (expires_at);

CREATE TABLE tries (
    name_hash BLOB   NOT NULL PRIMARY KEY,
    person_id TEXT   NOT NULL,              -- '' when it belongs to nobody known
    times     TEXT   NOT NULL,              -- of the counted tries, oldest first, separated by commas
    until     BIGINT NOT NULL,              -- locked until then
    stale_at  BIGINT NOT NULL               -- may be forgotten from then on
);
CREATE INDEX tries_person ON tries (person_id);
CREATE INDEX tries_stale ON tries (stale_at);

CREATE TABLE captcha (
    hash       BLOB   NOT NULL PRIMARY KEY, -- of a solved challenge: each counts once
    expires_at BIGINT NOT NULL
);
CREATE INDEX captcha_expiry ON captcha (expires_at);

CREATE TABLE session (
    id          TEXT   NOT NULL PRIMARY KEY,
    token_hash  BLOB   NOT NULL UNIQUE,     -- SHA-256
    person_id   TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    device_id   TEXT   NOT NULL,
    device_name BLOB   NOT NULL,
    device_kind TEXT   NOT NULL,
    authorized  BIGINT NOT NULL,            -- 1 when the device may be used
    created_at  BIGINT NOT NULL,
    seen_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    ended_at    BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id, ended_at);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE mail (
    id           TEXT   NOT NULL PRIMARY KEY, -- also in the Message-ID header, the same at every try
    kind         TEXT   NOT NULL,
    address      BLOB   NOT NULL,
    address_hash BLOB   NOT NULL,
    language     TEXT   NOT NULL,
    words        BLOB   NOT NULL,           -- what its sentences are filled in with, JSON
    ref          TEXT   NOT NULL,           -- what the secret belongs to: a token or a code; '' for none
    secret       BLOB,                      -- NULL once used, expired or (without a tray) sent
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,           -- of the next try to send; 0 when there is none
    tries        BIGINT NOT NULL,
    sent_at      BIGINT NOT NULL,
    refusal      TEXT   NOT NULL            -- why it was given up; '' when it was not
);
CREATE INDEX mail_address ON mail (address_hash, id);
CREATE INDEX mail_ref ON mail (ref);
CREATE INDEX mail_due ON mail (due_at);
CREATE INDEX mail_created ON mail (created_at);
CREATE INDEX mail_expiry ON mail (expires_at);
