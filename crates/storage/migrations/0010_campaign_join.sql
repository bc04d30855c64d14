-- Organisations that run a product and join the campaign that tests it.

CREATE TABLE campaign_join (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    state text_t NOT NULL,
    asked_by uuid_t,
    asked_at int_t NOT NULL,
    answered_by uuid_t,
    answered_at int_t,
    ended_at int_t
) strict_t;

CREATE UNIQUE INDEX campaign_join_open ON campaign_join (campaign_id, organisation_id) WHERE ended_at IS NULL;
CREATE INDEX campaign_join_organisation ON campaign_join (organisation_id, campaign_id);
