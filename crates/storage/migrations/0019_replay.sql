-- Replays: recorded requests of a report, sent again by a verifier; those of a vulnerability, sent to its corrected version.
-- The evidence of a vulnerability may leave it again: what was replayed then stays, without its file.

CREATE TABLE replay (
    id uuid_t PRIMARY KEY,
    report_id uuid_t REFERENCES report (id),
    retest_id uuid_t REFERENCES retest (id),
    attachment_id uuid_t NOT NULL,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    target_id uuid_t NOT NULL REFERENCES target (id),
    instance_id uuid_t REFERENCES target_instance (id),
    made_by uuid_t NOT NULL REFERENCES person (id),
    made_at int_t NOT NULL,
    state text_t NOT NULL,
    until_at int_t NOT NULL,
    failure text_t,
    problem text_t,
    result text_t,
    about_sealed bytes_t NOT NULL,
    steps_sealed bytes_t
) strict_t;

CREATE INDEX replay_report ON replay (report_id, made_at);
CREATE INDEX replay_retest ON replay (retest_id, made_at);
CREATE INDEX replay_person ON replay (made_by, state);
CREATE INDEX replay_instance ON replay (instance_id);
