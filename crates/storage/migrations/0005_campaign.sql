-- Campaigns: parties, people, scope, authorisations, rules, test accounts.

CREATE TABLE rules_of_engagement (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    version int_t NOT NULL,
    text text_t NOT NULL,
    created_by uuid_t,
    created_at int_t NOT NULL,
    UNIQUE (programme_id, version)
) strict_t;

CREATE TABLE campaign (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    call_id uuid_t REFERENCES call (id),
    kind text_t NOT NULL,
    name text_t NOT NULL,
    summary text_t NOT NULL,
    state text_t NOT NULL,
    announced bool_t NOT NULL,
    opens_at int_t NOT NULL,
    closes_at int_t NOT NULL,
    suspended_at int_t,
    rules_id uuid_t REFERENCES rules_of_engagement (id),
    suspension_sealed bytes_t,
    target_url_sealed bytes_t,
    prohibitions text_t NOT NULL,
    stop_contact text_t NOT NULL,
    restitution_shared bool_t NOT NULL,
    recording_days int_t NOT NULL,
    last_report int_t NOT NULL,
    last_finding int_t NOT NULL,
    revision int_t NOT NULL,
    created_by uuid_t,
    created_at int_t NOT NULL
) strict_t;

CREATE INDEX campaign_programme ON campaign (programme_id, opens_at);

CREATE TABLE campaign_product (
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    version_id uuid_t REFERENCES product_version (id),
    duplicate bool_t NOT NULL,
    duplicate_reason_sealed bytes_t,
    PRIMARY KEY (campaign_id, product_id)
) strict_t;

CREATE TABLE campaign_signer (
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    signer_role text_t NOT NULL,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (campaign_id, product_id, signer_role, organisation_id)
) strict_t;

CREATE INDEX campaign_product_product ON campaign_product (product_id, campaign_id);

CREATE TABLE campaign_party (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    part text_t NOT NULL,
    from_at int_t NOT NULL,
    until_at int_t,
    committed_at int_t,
    committed_by uuid_t,
    committed_grant uuid_t
) strict_t;

CREATE UNIQUE INDEX campaign_party_open ON campaign_party (campaign_id, organisation_id, part) WHERE until_at IS NULL;
CREATE INDEX campaign_party_campaign ON campaign_party (campaign_id, part);
CREATE INDEX campaign_party_organisation ON campaign_party (organisation_id, part, campaign_id);

CREATE TABLE campaign_person (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    person_id uuid_t NOT NULL REFERENCES person (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    part text_t NOT NULL,
    grant_id uuid_t NOT NULL REFERENCES role_grant (id),
    from_at int_t NOT NULL,
    until_at int_t,
    suspended_at int_t,
    suspension_sealed bytes_t
) strict_t;

CREATE UNIQUE INDEX campaign_person_open ON campaign_person (campaign_id, person_id, part) WHERE until_at IS NULL;
CREATE INDEX campaign_person_person ON campaign_person (person_id, campaign_id);
CREATE INDEX campaign_person_campaign ON campaign_person (campaign_id, part, person_id);

CREATE TABLE rules_acceptance (
    rules_id uuid_t NOT NULL REFERENCES rules_of_engagement (id),
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    person_id uuid_t NOT NULL REFERENCES person (id),
    at int_t NOT NULL,
    -- Asked by campaign, and by campaign and person.
    PRIMARY KEY (campaign_id, person_id, rules_id)
) strict_t;

CREATE TABLE scope_asset (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    kind text_t NOT NULL,
    inside bool_t NOT NULL,
    value_sealed bytes_t NOT NULL,
    note_sealed bytes_t,
    position int_t NOT NULL,
    created_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX scope_asset_campaign ON scope_asset (campaign_id, position);

CREATE TABLE authorisation (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    signer_role text_t NOT NULL,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    text_sealed bytes_t NOT NULL,
    text_hash bytes_t NOT NULL,
    requested_at int_t NOT NULL,
    means text_t,
    blob_id uuid_t REFERENCES blob (id),
    signatory_sealed bytes_t,
    signed_by uuid_t,
    signed_at int_t,
    expires_at int_t NOT NULL,
    revoked_at int_t,
    revoked_by uuid_t,
    revocation_sealed bytes_t,
    ended_at int_t,
    revision int_t NOT NULL
) strict_t;

CREATE UNIQUE INDEX authorisation_live ON authorisation (campaign_id, signer_role, organisation_id) WHERE ended_at IS NULL;
CREATE INDEX authorisation_campaign ON authorisation (campaign_id, requested_at);
CREATE INDEX authorisation_organisation ON authorisation (organisation_id, signed_at);

CREATE TABLE test_account (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    label_sealed bytes_t NOT NULL,
    secret_sealed bytes_t NOT NULL,
    handed_to uuid_t REFERENCES person (id),
    handed_at int_t,
    created_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX test_account_campaign ON test_account (campaign_id, created_at);
