-- +goose Up
-- How people protect their logins: authenticator apps, and the history of sign-ins.

CREATE TABLE factor (
    person_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    secret    BYTEA,                                     -- of the app that counts; NULL while none does
    since     BIGINT           NOT NULL,                 -- it counts; 0 while none does
    step      BIGINT           NOT NULL,                 -- of the code that was used last
    pending   BYTEA,                                     -- a new secret that waits for its first code; NULL when none does
    asked_at  BIGINT           NOT NULL
);

CREATE TABLE recovery_code (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    hash      BYTEA            NOT NULL,                 -- keyed, with the person
    PRIMARY KEY (person_id, hash)
);

CREATE TABLE sign_in (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    person_id TEXT COLLATE "C" NOT NULL,                 -- '' for a moment, of an address that nobody has
    at        BIGINT           NOT NULL,
    device    BYTEA,
    origin    BYTEA,                                     -- network address
    outcome   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX sign_in_person ON sign_in (person_id, id);
CREATE INDEX sign_in_at ON sign_in (at);
