-- Replays: recorded requests of a report, sent again by a verifier.

CREATE TABLE replay (
    id uuid_t PRIMARY KEY,
    report_id uuid_t NOT NULL REFERENCES report (id),
    attachment_id uuid_t NOT NULL REFERENCES attachment (id),
    made_by uuid_t NOT NULL REFERENCES person (id),
    made_at int_t NOT NULL,
    result text_t NOT NULL,
    steps_sealed bytes_t NOT NULL
) strict_t;

CREATE INDEX replay_report ON replay (report_id, made_at);
