-- +goose Up
-- Logins that people have elsewhere (OpenID Connect), and sign-ins with them that are under way.

CREATE TABLE identity (
    id        TEXT   NOT NULL PRIMARY KEY,
    hash      BLOB   NOT NULL UNIQUE,       -- keyed, of issuer and subject
    person_id TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name      BLOB   NOT NULL,              -- JSON: issuer and subject
    joined_at BIGINT NOT NULL
);
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE identity_start (
    id         TEXT   NOT NULL PRIMARY KEY,
    state      BLOB   NOT NULL UNIQUE,      -- SHA-256, as the next two
    nonce      BLOB   NOT NULL,
    verifier   BLOB,                        -- NULL until the code comes
    identity   BLOB,                        -- JSON: who it is; NULL until the code is redeemed
    expires_at BIGINT NOT NULL
);
CREATE INDEX identity_start_expiry ON identity_start (expires_at);
