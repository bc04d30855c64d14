-- Tests made outside, past and intended, as organisations declare them.

CREATE TABLE declared_test (
    id uuid_t PRIMARY KEY,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    version_id uuid_t REFERENCES product_version (id),
    kind text_t NOT NULL,
    from_on text_t NOT NULL,
    until_on text_t NOT NULL,
    cost_cents int_t,
    report_id uuid_t REFERENCES blob (id),
    report_name_sealed bytes_t,
    declared_by uuid_t,
    declared_at int_t NOT NULL,
    withdrawn_at int_t,
    revision int_t NOT NULL
) strict_t;

-- The same test told twice counts once.
CREATE UNIQUE INDEX declared_test_standing ON declared_test (organisation_id, product_id, kind, from_on, until_on) WHERE withdrawn_at IS NULL;
CREATE INDEX declared_test_organisation ON declared_test (organisation_id, from_on, id) WHERE withdrawn_at IS NULL;
CREATE INDEX declared_test_product ON declared_test (product_id, from_on, id) WHERE withdrawn_at IS NULL;
