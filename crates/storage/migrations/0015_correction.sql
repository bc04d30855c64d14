-- Reports that get around a fix, what a vendor says of a flaw in its own words, and templates for answers.

CREATE TABLE report_bypass (
    report_id uuid_t PRIMARY KEY REFERENCES report (id),
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    declared_at int_t NOT NULL,
    refuted_at int_t
) strict_t;

CREATE INDEX report_bypass_vulnerability ON report_bypass (vulnerability_id, report_id);

CREATE TABLE vendor_advisory (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    language text_t NOT NULL,
    text_sealed bytes_t NOT NULL,
    published_by uuid_t NOT NULL,
    published_at int_t NOT NULL,
    UNIQUE (vulnerability_id, language)
) strict_t;

CREATE TABLE version_answer (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    version_id uuid_t NOT NULL REFERENCES product_version (id),
    answer_sealed bytes_t NOT NULL,
    answered_by uuid_t NOT NULL,
    answered_at int_t NOT NULL,
    UNIQUE (vulnerability_id, version_id)
) strict_t;

CREATE TABLE answer_template (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    content_sealed bytes_t NOT NULL,
    revision int_t NOT NULL,
    created_by uuid_t NOT NULL,
    created_at int_t NOT NULL,
    changed_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX answer_template_programme ON answer_template (programme_id, created_at) WHERE ended_at IS NULL;

CREATE INDEX position_rated ON position (vulnerability_id, own_at) WHERE own_at IS NOT NULL;
