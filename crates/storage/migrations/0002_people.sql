-- Organisations, people, what they may do, and how they sign in.

CREATE TABLE organisation (
    id uuid_t PRIMARY KEY,
    kind text_t NOT NULL,
    name text_t NOT NULL,
    name_sort text_t NOT NULL,
    siren text_t,
    insee text_t,
    successor_id uuid_t REFERENCES organisation (id),
    ended_at int_t,
    listed bool_t NOT NULL,
    fictional bool_t NOT NULL,
    revision int_t NOT NULL,
    created_at int_t NOT NULL
) strict_t;

CREATE UNIQUE INDEX organisation_siren ON organisation (siren) WHERE siren IS NOT NULL;
CREATE UNIQUE INDEX organisation_insee ON organisation (kind, insee) WHERE insee IS NOT NULL;
CREATE INDEX organisation_code ON organisation (insee) WHERE insee IS NOT NULL;
CREATE INDEX organisation_name ON organisation (name_sort, id) WHERE ended_at IS NULL;
CREATE INDEX organisation_kind ON organisation (kind, name_sort, id) WHERE ended_at IS NULL;

CREATE TABLE organisation_word (
    word text_t NOT NULL,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (word, organisation_id)
) strict_t;

CREATE INDEX organisation_word_of ON organisation_word (organisation_id);

CREATE TABLE affiliation (
    id uuid_t PRIMARY KEY,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    within_id uuid_t NOT NULL REFERENCES organisation (id),
    kind text_t NOT NULL,
    from_at int_t NOT NULL,
    until_at int_t
) strict_t;

CREATE UNIQUE INDEX affiliation_open ON affiliation (organisation_id, within_id, kind) WHERE until_at IS NULL;
CREATE INDEX affiliation_organisation ON affiliation (organisation_id, within_id);
CREATE INDEX affiliation_within ON affiliation (within_id, organisation_id);

CREATE TABLE person (
    id uuid_t PRIMARY KEY,
    pseudonym text_t NOT NULL,
    name_sealed bytes_t NOT NULL,
    email_sealed bytes_t,
    email_hmac bytes_t,
    language text_t NOT NULL,
    minor bool_t NOT NULL,
    fictional bool_t NOT NULL,
    revision int_t NOT NULL,
    created_at int_t NOT NULL,
    erased_at int_t
) strict_t;

CREATE UNIQUE INDEX person_email ON person (email_hmac) WHERE email_hmac IS NOT NULL;

CREATE TABLE role_grant (
    id uuid_t PRIMARY KEY,
    person_id uuid_t NOT NULL REFERENCES person (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    role text_t NOT NULL,
    scope_kind text_t NOT NULL,
    scope_id uuid_t NOT NULL,
    from_at int_t NOT NULL,
    until_at int_t,
    granted_by uuid_t,
    created_at int_t NOT NULL
) strict_t;

CREATE UNIQUE INDEX role_grant_open ON role_grant (person_id, organisation_id, role, scope_kind, scope_id) WHERE until_at IS NULL;
CREATE INDEX role_grant_person ON role_grant (person_id, created_at);
CREATE INDEX role_grant_organisation ON role_grant (organisation_id, role);
CREATE INDEX role_grant_scope ON role_grant (scope_id, role);

CREATE TABLE credential (
    id uuid_t PRIMARY KEY,
    person_id uuid_t NOT NULL REFERENCES person (id),
    kind text_t NOT NULL,
    secret_sealed bytes_t NOT NULL,
    created_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE UNIQUE INDEX credential_live ON credential (person_id, kind) WHERE ended_at IS NULL;

CREATE TABLE session (
    id uuid_t PRIMARY KEY,
    token_hmac bytes_t NOT NULL UNIQUE,
    person_id uuid_t NOT NULL REFERENCES person (id),
    device_sealed bytes_t,
    created_at int_t NOT NULL,
    seen_at int_t NOT NULL,
    expires_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX session_person ON session (person_id, created_at);

CREATE TABLE invitation (
    id uuid_t PRIMARY KEY,
    token_hmac bytes_t NOT NULL UNIQUE,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    role text_t NOT NULL,
    scope_kind text_t NOT NULL,
    scope_id uuid_t NOT NULL,
    label text_t NOT NULL,
    email_sealed bytes_t,
    kind text_t NOT NULL,
    created_by uuid_t,
    created_at int_t NOT NULL,
    expires_at int_t NOT NULL,
    used_at int_t,
    used_by uuid_t,
    ended_at int_t
) strict_t;

CREATE INDEX invitation_scope ON invitation (organisation_id, scope_id, created_at);

CREATE TABLE attempt (
    kind text_t NOT NULL,
    key_hmac bytes_t NOT NULL,
    window_start int_t NOT NULL,
    failures int_t NOT NULL,
    PRIMARY KEY (kind, key_hmac, window_start)
) strict_t;
