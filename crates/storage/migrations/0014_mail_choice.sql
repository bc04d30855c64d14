-- Which mails people choose to get, and what waits to be told of together.

CREATE TABLE mail_choice (
    person_id uuid_t NOT NULL REFERENCES person (id),
    kind text_t NOT NULL,
    pace text_t NOT NULL,
    changed_at int_t NOT NULL,
    PRIMARY KEY (person_id, kind)
) strict_t;

CREATE TABLE mail_digest_item (
    id uuid_t PRIMARY KEY,
    person_id uuid_t NOT NULL REFERENCES person (id),
    kind text_t NOT NULL,
    notice_kind text_t NOT NULL,
    digest_at int_t NOT NULL,
    created_at int_t NOT NULL
) strict_t;

CREATE INDEX mail_digest_item_person ON mail_digest_item (person_id, digest_at);
