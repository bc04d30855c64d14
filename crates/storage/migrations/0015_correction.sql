-- Reports that get around a fix.

CREATE TABLE report_bypass (
    report_id uuid_t PRIMARY KEY REFERENCES report (id),
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    declared_at int_t NOT NULL
) strict_t;

CREATE INDEX report_bypass_vulnerability ON report_bypass (vulnerability_id, report_id);
