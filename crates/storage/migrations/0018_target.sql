-- Targets behind the gateway, the leases that lead to them, and the segments that were recorded.

CREATE TABLE target (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    purpose text_t NOT NULL,
    engine text_t NOT NULL,
    sharing text_t NOT NULL,
    settings_sealed bytes_t NOT NULL,
    fingerprint_sealed bytes_t NOT NULL,
    certified_by uuid_t NOT NULL REFERENCES person (id),
    created_at int_t NOT NULL,
    stopped_at int_t,
    ended_at int_t
) strict_t;

CREATE INDEX target_campaign ON target (campaign_id, created_at);

-- What vendors say of corrected versions that are hosted for retests: a row for each such target.
CREATE TABLE target_acceptance (
    target_id uuid_t PRIMARY KEY REFERENCES target (id),
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    vendor_id uuid_t NOT NULL REFERENCES organisation (id),
    state text_t NOT NULL,
    asked_at int_t NOT NULL,
    answered_by uuid_t REFERENCES person (id),
    answered_at int_t,
    words_sealed bytes_t
) strict_t;

CREATE INDEX target_acceptance_vendor ON target_acceptance (vendor_id, asked_at);

CREATE TABLE target_lease (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    target_id uuid_t NOT NULL REFERENCES target (id),
    person_id uuid_t NOT NULL REFERENCES person (id),
    label text_t NOT NULL UNIQUE,
    token_hash bytes_t NOT NULL,
    from_at int_t NOT NULL,
    renewed_at int_t,
    ended_at int_t
) strict_t;

CREATE UNIQUE INDEX target_lease_open ON target_lease (target_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX target_lease_held ON target_lease (campaign_id, from_at) WHERE ended_at IS NULL;
CREATE INDEX target_lease_person ON target_lease (campaign_id, person_id);

-- The certificates that a lease knows beside its credential; they go with it.
CREATE TABLE lease_certificate (
    id uuid_t PRIMARY KEY,
    lease_id uuid_t NOT NULL REFERENCES target_lease (id),
    fingerprint_sealed bytes_t NOT NULL,
    registered_at int_t NOT NULL
) strict_t;

CREATE INDEX lease_certificate_lease ON lease_certificate (lease_id, registered_at);

CREATE TABLE segment (
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    sequence int_t NOT NULL,
    size int_t NOT NULL,
    digest bytes_t NOT NULL,
    previous bytes_t NOT NULL,
    first_at int_t NOT NULL,
    last_at int_t NOT NULL,
    exchanges int_t,
    messages int_t,
    bytes int_t,
    kept_at int_t NOT NULL,
    PRIMARY KEY (campaign_id, sequence)
) strict_t;

CREATE INDEX segment_last ON segment (campaign_id, last_at);

-- What the gateway said last of the recorder of a campaign.
CREATE TABLE recorder (
    campaign_id uuid_t PRIMARY KEY REFERENCES campaign (id),
    state text_t NOT NULL,
    since_at int_t NOT NULL,
    told_at int_t NOT NULL
) strict_t;

CREATE TABLE target_instance (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    target_id uuid_t NOT NULL REFERENCES target (id),
    purpose text_t NOT NULL,
    person_id uuid_t REFERENCES person (id),
    state text_t NOT NULL,
    endpoint_sealed bytes_t,
    problem text_t,
    from_snapshot_id uuid_t,
    created_at int_t NOT NULL,
    since int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX target_instance_target ON target_instance (target_id, created_at);
CREATE INDEX target_instance_there ON target_instance (created_at) WHERE ended_at IS NULL;

-- What one server does for all of an installation: whose it is, and until when without another word.
CREATE TABLE duty (
    name text_t PRIMARY KEY,
    holder uuid_t NOT NULL,
    until_at int_t NOT NULL
) strict_t;

-- What was counted of recordings, and how far: a row for each campaign, and one for each target that was touched.

CREATE TABLE coverage (
    campaign_id uuid_t PRIMARY KEY REFERENCES campaign (id),
    sequence int_t NOT NULL,
    unread int_t NOT NULL,
    under_way_sealed bytes_t NOT NULL,
    counted_at int_t NOT NULL
) strict_t;

CREATE TABLE target_coverage (
    target_id uuid_t PRIMARY KEY REFERENCES target (id),
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    counted_sealed bytes_t NOT NULL
) strict_t;

CREATE INDEX target_coverage_campaign ON target_coverage (campaign_id);

-- Archives that fill volumes of a campaign's hosted targets.
CREATE TABLE target_seed (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    blob_id uuid_t NOT NULL REFERENCES blob (id),
    bytes int_t NOT NULL,
    about_sealed bytes_t NOT NULL,
    sent_by uuid_t NOT NULL REFERENCES person (id),
    sent_at int_t NOT NULL
) strict_t;

CREATE INDEX target_seed_campaign ON target_seed (campaign_id, sent_at);

-- Kept states of the shared instances of hosted targets.
CREATE TABLE target_snapshot (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    target_id uuid_t NOT NULL REFERENCES target (id),
    instance_id uuid_t NOT NULL REFERENCES target_instance (id),
    name_sealed bytes_t NOT NULL,
    state text_t NOT NULL,
    problem text_t,
    kept_by uuid_t NOT NULL REFERENCES person (id),
    created_at int_t NOT NULL,
    since int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX target_snapshot_target ON target_snapshot (target_id, created_at);
CREATE INDEX target_snapshot_there ON target_snapshot (created_at) WHERE ended_at IS NULL;
