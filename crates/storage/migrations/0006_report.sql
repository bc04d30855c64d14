-- Reports, comments, attachments, vulnerabilities, fixes and retests.

CREATE TABLE vulnerability (
    id uuid_t PRIMARY KEY,
    product_id uuid_t NOT NULL REFERENCES product (id),
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    campaign_id uuid_t REFERENCES campaign (id),
    reach text_t NOT NULL,
    organisation_id uuid_t REFERENCES organisation (id),
    origin text_t NOT NULL,
    number int_t NOT NULL,
    state text_t NOT NULL,
    round int_t NOT NULL,
    score int_t,
    band text_t NOT NULL,
    vector_sealed bytes_t,
    cwe_sealed bytes_t,
    phase text_t NOT NULL,
    tlp text_t NOT NULL,
    embargo_until int_t,
    embargo_lifted_at int_t,
    exploited_at int_t,
    public_approved_by uuid_t,
    vendor_opinion text_t,
    vendor_opinion_sealed bytes_t,
    vendor_opinion_due int_t,
    vendor_opinion_at int_t,
    reminded_at int_t,
    vendor_allows_details bool_t NOT NULL,
    notified_at int_t,
    acknowledge_due int_t,
    acknowledged_at int_t,
    fix_due int_t,
    silence_level int_t NOT NULL,
    fixed_version_id uuid_t REFERENCES product_version (id),
    merged_into uuid_t REFERENCES vulnerability (id),
    split_from uuid_t REFERENCES vulnerability (id),
    dismissal_by uuid_t,
    dismissal_at int_t,
    dispute_sealed bytes_t,
    dismissal_sealed bytes_t,
    texts_revision int_t NOT NULL,
    -- The number of its shard: grows with each change of what search keeps of it.
    search_seq int_t NOT NULL DEFAULT 0,
    revision int_t NOT NULL,
    opened_at int_t NOT NULL,
    state_at int_t NOT NULL,
    phase_at int_t NOT NULL,
    UNIQUE (product_id, number)
) strict_t;

CREATE INDEX vulnerability_campaign ON vulnerability (campaign_id, opened_at, id, product_id);
CREATE INDEX vulnerability_public ON vulnerability (opened_at, id) WHERE phase = 'public';
CREATE INDEX vulnerability_public_score ON vulnerability ((COALESCE(score, -1)), opened_at, id) WHERE phase = 'public';
CREATE INDEX vulnerability_programme ON vulnerability (programme_id, opened_at, id, product_id);
CREATE INDEX vulnerability_programme_score ON vulnerability (programme_id, (COALESCE(score, -1)), opened_at, id);
CREATE INDEX vulnerability_told ON vulnerability (programme_id, opened_at, id) WHERE phase IN ('measures', 'details', 'public');

CREATE TABLE vulnerability_text (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    layer text_t NOT NULL,
    language text_t NOT NULL,
    text_sealed bytes_t NOT NULL,
    updated_at int_t NOT NULL,
    UNIQUE (vulnerability_id, layer, language)
) strict_t;

CREATE TABLE report (
    id uuid_t PRIMARY KEY,
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    product_id uuid_t NOT NULL REFERENCES product (id),
    reporter_id uuid_t NOT NULL REFERENCES person (id),
    reporter_organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    number int_t,
    state text_t NOT NULL,
    title_sealed bytes_t NOT NULL,
    contents_sealed bytes_t NOT NULL,
    asset_id uuid_t REFERENCES scope_asset (id),
    cwe_sealed bytes_t,
    vector_sealed bytes_t,
    score int_t,
    verified_vector_sealed bytes_t,
    verified_score int_t,
    rating_sealed bytes_t,
    original_id uuid_t REFERENCES report (id),
    vulnerability_id uuid_t REFERENCES vulnerability (id),
    claimed_by uuid_t,
    claimed_until int_t,
    asked_at int_t,
    closed_state text_t,
    closed_by uuid_t,
    closed_second uuid_t,
    closed_at int_t,
    closing_sealed bytes_t,
    appealed_at int_t,
    appeal_sealed bytes_t,
    decision_sealed bytes_t,
    proposal text_t,
    proposed_by uuid_t,
    proposed_at int_t,
    proposed_original uuid_t,
    proposal_sealed bytes_t,
    revision int_t NOT NULL,
    created_at int_t NOT NULL,
    submitted_at int_t,
    state_at int_t NOT NULL,
    UNIQUE (campaign_id, number)
) strict_t;

CREATE INDEX report_queue ON report (campaign_id, state, submitted_at, id);
CREATE INDEX report_severity ON report (campaign_id, state, verified_score, score, submitted_at, id);
CREATE INDEX report_product ON report (product_id, submitted_at);
CREATE INDEX report_reporter ON report (reporter_id, created_at);
CREATE INDEX report_vulnerability ON report (vulnerability_id);
CREATE INDEX report_original ON report (original_id);

-- Those who found it with the hunter: named, and once they said so its authors.
CREATE TABLE report_author (
    report_id uuid_t NOT NULL REFERENCES report (id),
    person_id uuid_t NOT NULL REFERENCES person (id),
    position int_t NOT NULL,
    accepted_at int_t,
    PRIMARY KEY (report_id, person_id)
) strict_t;

CREATE INDEX report_author_person ON report_author (person_id, report_id);

CREATE TABLE reproduction (
    id uuid_t PRIMARY KEY,
    report_id uuid_t NOT NULL REFERENCES report (id),
    made_by uuid_t NOT NULL REFERENCES person (id),
    made_at int_t NOT NULL,
    on_target bool_t NOT NULL,
    succeeded bool_t NOT NULL,
    text_sealed bytes_t NOT NULL,
    replay_id uuid_t,
    explained bool_t NOT NULL,
    created_at int_t NOT NULL
) strict_t;

CREATE INDEX reproduction_report ON reproduction (report_id, created_at);

CREATE TABLE vulnerability_evidence (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    report_id uuid_t NOT NULL UNIQUE REFERENCES report (id),
    campaign_id uuid_t NOT NULL REFERENCES campaign (id),
    reporter_id uuid_t NOT NULL REFERENCES person (id),
    contents_sealed bytes_t NOT NULL,
    created_at int_t NOT NULL,
    -- whether a campaign or a programme that is not the vulnerability's own brought it
    elsewhere bool_t NOT NULL
) strict_t;

CREATE INDEX vulnerability_evidence_vulnerability ON vulnerability_evidence (vulnerability_id, created_at);
CREATE INDEX vulnerability_evidence_campaign ON vulnerability_evidence (campaign_id, vulnerability_id);
-- After the index before it, which has the same columns: of two that fit, SQLite takes the one made last.
CREATE INDEX vulnerability_evidence_elsewhere ON vulnerability_evidence (campaign_id, vulnerability_id) WHERE elsewhere;

CREATE TABLE comment (
    id uuid_t PRIMARY KEY,
    subject_kind text_t NOT NULL,
    subject_id uuid_t NOT NULL,
    seq int_t NOT NULL,
    audience text_t NOT NULL,
    author_id uuid_t,
    author_grant_id uuid_t,
    author_role text_t NOT NULL,
    body_sealed bytes_t NOT NULL,
    at int_t NOT NULL,
    UNIQUE (subject_kind, subject_id, seq)
) strict_t;

CREATE TABLE attachment (
    id uuid_t PRIMARY KEY,
    subject_kind text_t NOT NULL,
    subject_id uuid_t NOT NULL,
    blob_id uuid_t NOT NULL REFERENCES blob (id),
    name_sealed bytes_t NOT NULL,
    promise_id uuid_t REFERENCES journal_entry (id),
    recorded_sealed bytes_t,
    created_by uuid_t NOT NULL,
    created_at int_t NOT NULL,
    removed_at int_t
) strict_t;

CREATE INDEX attachment_promised ON attachment (id) WHERE promise_id IS NOT NULL;
CREATE INDEX attachment_subject ON attachment (subject_kind, subject_id, created_at);

CREATE TABLE fix (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    round int_t NOT NULL,
    version_id uuid_t NOT NULL REFERENCES product_version (id),
    note_sealed bytes_t,
    announced_by uuid_t NOT NULL,
    announced_at int_t NOT NULL,
    UNIQUE (vulnerability_id, round, version_id)
) strict_t;

CREATE TABLE retest (
    id uuid_t PRIMARY KEY,
    vulnerability_id uuid_t NOT NULL REFERENCES vulnerability (id),
    round int_t NOT NULL,
    n int_t NOT NULL,
    state text_t NOT NULL,
    offered_to text_t,
    offered_person uuid_t REFERENCES person (id),
    offered_at int_t NOT NULL,
    offer_expires_at int_t,
    accepted_by uuid_t REFERENCES person (id),
    accepted_at int_t,
    report_expires_at int_t,
    tester_organisation_id uuid_t REFERENCES organisation (id),
    outcome text_t,
    evidence_sealed bytes_t,
    reported_at int_t,
    confirmed_by uuid_t,
    confirmed_at int_t,
    revision int_t NOT NULL,
    UNIQUE (vulnerability_id, round, n)
) strict_t;

CREATE INDEX retest_person ON retest (offered_person, state);
CREATE INDEX retest_accepted ON retest (accepted_by, state);
CREATE INDEX retest_offered ON retest (state, offered_to);
