-- Where each deployer stands, and who moved what a circle learns.

CREATE TABLE position (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    state text_t NOT NULL,
    informed_at int_t,
    read_at int_t,
    answered_at int_t,
    answered_by uuid_t,
    reason_sealed bytes_t,
    acceptance_sealed bytes_t,
    acceptance_until int_t,
    proposal_sealed bytes_t,
    proposal_until int_t,
    proposed_by uuid_t,
    proposed_at int_t,
    own_band text_t,
    own_score int_t,
    own_sealed bytes_t,
    own_by uuid_t,
    own_at int_t,
    declared_late bool_t NOT NULL,
    left_at int_t,
    revision int_t NOT NULL
) strict_t;

CREATE UNIQUE INDEX position_living ON position (vulnerability_id, organisation_id) WHERE left_at IS NULL;

CREATE INDEX position_unanswered ON position (vulnerability_id, informed_at) WHERE left_at IS NULL AND state IN ('informed', 'read');

CREATE INDEX position_vulnerability ON position (vulnerability_id, id);
CREATE INDEX position_organisation ON position (organisation_id, state);
-- How many organisations are up to date is shown to everybody, and how many wait to a vendor.
CREATE INDEX position_of ON position (vulnerability_id, organisation_id, id);
CREATE INDEX position_state ON position (vulnerability_id, state, organisation_id);

CREATE TABLE phase_move (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    from_phase text_t NOT NULL,
    to_phase text_t NOT NULL,
    reason_sealed bytes_t,
    moved_by uuid_t,
    moved_at int_t NOT NULL
) strict_t;

CREATE INDEX phase_move_vulnerability ON phase_move (vulnerability_id, moved_at);

-- Who is let through TLP:RED, in person.
CREATE TABLE vulnerability_named (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    person_id uuid_t NOT NULL REFERENCES person (id),
    reason_sealed bytes_t NOT NULL,
    named_by uuid_t NOT NULL,
    named_at int_t NOT NULL,
    until_at int_t,
    ended_by uuid_t
) strict_t;

CREATE INDEX vulnerability_named_vulnerability ON vulnerability_named (vulnerability_id, named_at);
CREATE UNIQUE INDEX vulnerability_named_open ON vulnerability_named (vulnerability_id, person_id) WHERE until_at IS NULL;

-- Other products that a vulnerability affects; who runs one is in its circle.
CREATE TABLE vulnerability_product (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    ranges_sealed bytes_t NOT NULL,
    reason_sealed bytes_t NOT NULL,
    linked_by uuid_t NOT NULL,
    linked_at int_t NOT NULL,
    until_at int_t,
    ended_by uuid_t
) strict_t;

CREATE UNIQUE INDEX vulnerability_product_open ON vulnerability_product (vulnerability_id, product_id) WHERE until_at IS NULL;
CREATE INDEX vulnerability_product_product ON vulnerability_product (product_id, vulnerability_id);

CREATE INDEX journal_entry_leaf ON journal_entry (leaf_hash);
