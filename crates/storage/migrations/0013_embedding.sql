-- A programme's results in other sites: which may frame them, and the keys to what members read.

CREATE TABLE embedding_site (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    site text_t NOT NULL,
    added_by uuid_t,
    added_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE UNIQUE INDEX embedding_site_open ON embedding_site (programme_id, site) WHERE ended_at IS NULL;

CREATE TABLE embedding_key (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    kind text_t NOT NULL,
    made_by uuid_t NOT NULL REFERENCES person (id),
    made_at int_t NOT NULL,
    expires_at int_t NOT NULL,
    ended_at int_t,
    ended_by uuid_t
) strict_t;

CREATE INDEX embedding_key_programme ON embedding_key (programme_id, made_at);
