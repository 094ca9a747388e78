-- +goose Up
-- What people's computers are to tell, until one of them listens and may.

CREATE TABLE notice (
    person_id TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    event     TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (person_id, event)
);
CREATE INDEX notice_at ON notice (at);
