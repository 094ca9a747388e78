-- +goose Up
-- Files that come in parts, until they are whole.

CREATE TABLE upload (
    id            TEXT   NOT NULL PRIMARY KEY,
    person_id     TEXT   NOT NULL,
    name          BLOB   NOT NULL,
    digest        BLOB   NOT NULL,          -- SHA-256 of the whole, in hex
    size          BIGINT NOT NULL,
    received      BIGINT NOT NULL,
    attachment_id TEXT   NOT NULL,          -- '' until it is whole
    made_at       BIGINT NOT NULL
);
CREATE INDEX upload_person ON upload (person_id);
CREATE INDEX upload_made ON upload (made_at);

CREATE TABLE upload_part (
    id        TEXT   NOT NULL PRIMARY KEY,  -- also the key of the blob
    upload_id TEXT   NOT NULL REFERENCES upload (id),
    start     BIGINT NOT NULL,
    size      BIGINT NOT NULL,
    UNIQUE (upload_id, start)
);
