-- +goose Up
-- What people want to be told and how, what they were told, and when to look next whether there is something to tell.

CREATE TABLE notification (
    person_id  TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    events     TEXT COLLATE "C" NOT NULL,             -- JSON: ways by event
    days_ahead BIGINT           NOT NULL,
    quiet_from TEXT COLLATE "C" NOT NULL,             -- '22:00', '' for no quiet hours
    quiet_to   TEXT COLLATE "C" NOT NULL
);

CREATE TABLE told (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    event     TEXT COLLATE "C" NOT NULL,
    subject   TEXT COLLATE "C" NOT NULL,              -- what it was about: an installment, a message
    at        BIGINT           NOT NULL,
    PRIMARY KEY (person_id, event, subject)
);
CREATE INDEX told_at ON told (at);

ALTER TABLE person ADD COLUMN tell_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX person_tell ON person (tell_at, id) WHERE customer_id IS NOT NULL;
