-- What tests made elsewhere found, imported into a campaign and decided by its verifiers.

CREATE TABLE finding (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    number int_t NOT NULL,
    state text_t NOT NULL,
    contents_sealed bytes_t NOT NULL,
    score int_t,
    imported_by uuid_t NOT NULL,
    imported_at int_t NOT NULL,
    vulnerability_id uuid_t REFERENCES vulnerability (id),
    decided_by uuid_t,
    decided_at int_t,
    decision_sealed bytes_t,
    revision int_t NOT NULL,
    UNIQUE (campaign_id, number)
) strict_t;

CREATE INDEX finding_state ON finding (campaign_id, state);
CREATE INDEX finding_vulnerability ON finding (vulnerability_id);
