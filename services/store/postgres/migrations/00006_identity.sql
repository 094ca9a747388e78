-- +goose Up
-- Logins that people have elsewhere (OpenID Connect), and sign-ins with them that are under way.

CREATE TABLE identity (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    hash      BYTEA            NOT NULL UNIQUE,          -- keyed, of issuer and subject
    person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name      BYTEA            NOT NULL,                 -- JSON: issuer and subject
    joined_at BIGINT           NOT NULL
);
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE identity_start (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    state      BYTEA            NOT NULL UNIQUE,         -- SHA-256, as the next two
    nonce      BYTEA            NOT NULL,
    verifier   BYTEA,                                    -- NULL until the code comes
    identity   BYTEA,                                    -- JSON: who it is; NULL until the code is redeemed
    expires_at BIGINT           NOT NULL
);
CREATE INDEX identity_start_expiry ON identity_start (expires_at);
