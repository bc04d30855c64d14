-- The register: vendors' products, versions, and who runs what.

CREATE TABLE product (
    id uuid_t PRIMARY KEY,
    vendor_id uuid_t NOT NULL REFERENCES organisation (id),
    slug text_t NOT NULL UNIQUE,
    name text_t NOT NULL,
    name_sort text_t NOT NULL,
    description text_t NOT NULL,
    purl text_t,
    cpe text_t,
    last_vulnerability int_t NOT NULL,
    revision int_t NOT NULL,
    created_at int_t NOT NULL
) strict_t;

CREATE UNIQUE INDEX product_purl ON product (purl) WHERE purl IS NOT NULL;
CREATE UNIQUE INDEX product_cpe ON product (cpe) WHERE cpe IS NOT NULL;
CREATE INDEX product_name ON product (name_sort, id);
CREATE INDEX product_vendor ON product (vendor_id, name_sort);

CREATE TABLE product_version (
    id uuid_t PRIMARY KEY,
    product_id uuid_t NOT NULL REFERENCES product (id),
    version text_t NOT NULL,
    released_on text_t,
    supported_until text_t,
    created_at int_t NOT NULL,
    UNIQUE (product_id, version)
) strict_t;

CREATE TABLE deployment (
    id uuid_t PRIMARY KEY,
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    version_id uuid_t REFERENCES product_version (id),
    label text_t NOT NULL,
    host_id uuid_t REFERENCES organisation (id),
    state text_t NOT NULL,
    from_at int_t NOT NULL,
    confirmed_at int_t,
    confirmed_by uuid_t,
    confirmed_as text_t,
    refused_at int_t,
    refusal_sealed bytes_t,
    until_at int_t,
    revision int_t NOT NULL,
    created_by uuid_t,
    created_at int_t NOT NULL
) strict_t;

CREATE UNIQUE INDEX deployment_open ON deployment (organisation_id, product_id, label) WHERE until_at IS NULL;
CREATE INDEX deployment_organisation ON deployment (organisation_id, product_id);
CREATE INDEX deployment_declared ON deployment (organisation_id, product_id, refused_at, id) WHERE state = 'declared' AND until_at IS NULL;
CREATE INDEX deployment_waiting ON deployment (product_id, organisation_id)
    WHERE state = 'declared' AND refused_at IS NULL AND until_at IS NULL;
CREATE INDEX deployment_product ON deployment (product_id, state, organisation_id, until_at, from_at, id);
CREATE INDEX deployment_host ON deployment (host_id, product_id) WHERE host_id IS NOT NULL;

-- What an organisation shows to have its declaration confirmed without its vendor.
CREATE TABLE deployment_proof (
    id uuid_t PRIMARY KEY,
    deployment_id uuid_t NOT NULL REFERENCES deployment (id),
    blob_id uuid_t NOT NULL REFERENCES blob (id),
    name_sealed bytes_t NOT NULL,
    created_by uuid_t,
    created_at int_t NOT NULL,
    decided_at int_t,
    decided_by uuid_t,
    accepted bool_t,
    reason_sealed bytes_t
) strict_t;

CREATE UNIQUE INDEX deployment_proof_waiting ON deployment_proof (deployment_id) WHERE decided_at IS NULL;
