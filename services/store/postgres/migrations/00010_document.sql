-- +goose Up
-- The papers of agreements; the id of each is also the key of its blob. Monthly statements are made when they are
-- opened, and are not here.

CREATE TABLE document (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    agreement_id TEXT COLLATE "C" NOT NULL REFERENCES agreement (id),
    person_id    TEXT COLLATE "C" REFERENCES person (id) ON DELETE CASCADE, -- NULL: it belongs to the agreement, whoever is linked to it
    kind         TEXT COLLATE "C" NOT NULL,
    details      BYTEA            NOT NULL,              -- JSON: name, type, size, digest, languages
    made_at      BIGINT           NOT NULL
);
CREATE INDEX document_agreement ON document (agreement_id);
CREATE INDEX document_person ON document (person_id);
