-- Keys, history, jobs and leases: what every later table stands on.
-- Types are stamped for each engine (see src/engine/dialect.rs); *_sealed columns hold sealed
-- bytes, *_hmac keyed hashes; every other column is plain and listed in docs/security/plaintext.md.

CREATE TABLE instance (
    id int_t PRIMARY KEY CHECK (id = 1),
    name text_t NOT NULL,
    demo bool_t NOT NULL,
    set_up_at int_t,
    created_at int_t NOT NULL
) strict_t;

CREATE TABLE data_key (
    id uuid_t PRIMARY KEY,
    holder_kind text_t NOT NULL,
    holder_id uuid_t NOT NULL,
    version int_t NOT NULL,
    wrapped_sealed bytes_t,
    instance_key_id int_t NOT NULL,
    created_at int_t NOT NULL,
    destroyed_at int_t,
    UNIQUE (holder_kind, holder_id, version)
) strict_t;

CREATE TABLE journal_stream (
    kind text_t NOT NULL,
    id uuid_t NOT NULL,
    last_seq int_t NOT NULL,
    PRIMARY KEY (kind, id)
) strict_t;

CREATE TABLE log_origin (
    id uuid_t PRIMARY KEY,
    log text_t NOT NULL,
    name text_t NOT NULL UNIQUE,
    size int_t NOT NULL,
    started_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE UNIQUE INDEX log_origin_open ON log_origin (log) WHERE ended_at IS NULL;

CREATE TABLE journal_entry (
    id uuid_t PRIMARY KEY,
    stream_kind text_t NOT NULL,
    stream_id uuid_t NOT NULL,
    stream_seq int_t NOT NULL,
    kind text_t NOT NULL,
    actor_person_id uuid_t,
    actor_system text_t,
    grant_id uuid_t,
    role text_t,
    at int_t NOT NULL,
    body_sealed bytes_t NOT NULL,
    leaf_hash bytes_t NOT NULL,
    log text_t NOT NULL,
    origin_id uuid_t REFERENCES log_origin (id),
    leaf_index int_t,
    UNIQUE (stream_kind, stream_id, stream_seq),
    UNIQUE (origin_id, leaf_index)
) strict_t;

CREATE INDEX journal_entry_refused ON journal_entry (stream_id, at) WHERE kind = 'gateway.refused';
CREATE INDEX journal_entry_waiting ON journal_entry (log, id) WHERE leaf_index IS NULL;

CREATE TABLE log_node (
    origin_id uuid_t NOT NULL REFERENCES log_origin (id),
    level int_t NOT NULL,
    position int_t NOT NULL,
    hash bytes_t NOT NULL,
    PRIMARY KEY (origin_id, level, position)
) strict_t;

CREATE TABLE log_checkpoint (
    origin_id uuid_t NOT NULL REFERENCES log_origin (id),
    size int_t NOT NULL,
    at int_t NOT NULL,
    note text_t NOT NULL,
    PRIMARY KEY (origin_id, size)
) strict_t;

CREATE TABLE lease (
    name text_t PRIMARY KEY,
    holder uuid_t NOT NULL,
    fence int_t NOT NULL,
    until_at int_t NOT NULL
) strict_t;

CREATE TABLE job (
    id uuid_t PRIMARY KEY,
    kind text_t NOT NULL,
    dedup_key text_t NOT NULL UNIQUE,
    subject_id uuid_t,
    person_id uuid_t,
    run_at int_t NOT NULL,
    attempt int_t NOT NULL,
    fence int_t NOT NULL,
    claimed_until int_t,
    done_at int_t,
    failed_at int_t,
    last_error text_t,
    created_at int_t NOT NULL
) strict_t;

CREATE INDEX job_waiting ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX job_failing ON job (run_at, id) WHERE done_at IS NULL AND last_error IS NOT NULL;

CREATE TABLE idempotency (
    person_id uuid_t NOT NULL,
    key text_t NOT NULL,
    request_hmac bytes_t NOT NULL,
    subject_id uuid_t NOT NULL,
    expires_at int_t NOT NULL,
    PRIMARY KEY (person_id, key)
) strict_t;

CREATE TABLE blob (
    id uuid_t PRIMARY KEY,
    holder_kind text_t NOT NULL,
    holder_id uuid_t NOT NULL,
    name_hmac bytes_t NOT NULL,
    bytes int_t NOT NULL,
    media_type text_t NOT NULL,
    state text_t NOT NULL,
    created_at int_t NOT NULL
) strict_t;

CREATE INDEX blob_staged ON blob (created_at) WHERE state = 'staged';
