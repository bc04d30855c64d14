-- Members of a group that it brings into the campaigns that it opens for them.

ALTER TABLE campaign_join ADD COLUMN group_id uuid_t REFERENCES organisation (id);

CREATE INDEX campaign_join_group ON campaign_join (group_id, organisation_id) WHERE group_id IS NOT NULL;
