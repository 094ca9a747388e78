-- +goose Up
-- What customers read on the odometer. Of a day the last one kept counts; those before it are its history.

CREATE TABLE odometer (
    id           TEXT   NOT NULL PRIMARY KEY,
    agreement_id TEXT   NOT NULL REFERENCES agreement (id),
    person_id    TEXT   NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    km           BIGINT NOT NULL,
    day          TEXT   NOT NULL,              -- 'YYYY-MM-DD'
    created_at   BIGINT NOT NULL
);
CREATE INDEX odometer_agreement ON odometer (agreement_id, day, created_at, id);
CREATE INDEX odometer_person ON odometer (person_id);
