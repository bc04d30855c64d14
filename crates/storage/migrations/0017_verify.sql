-- Retests that were accepted and of which nothing was said in time.

CREATE TABLE retest_lapse (
    id uuid_t PRIMARY KEY,
    retest_id uuid_t NOT NULL REFERENCES retest (id),
    person_id uuid_t NOT NULL REFERENCES person (id),
    accepted_at int_t NOT NULL,
    ended_at int_t NOT NULL
) strict_t;

CREATE INDEX retest_lapse_retest ON retest_lapse (retest_id, ended_at);
