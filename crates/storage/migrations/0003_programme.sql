-- Programmes, their documents, calls, candidacies, receptions, seats and decisions.

CREATE TABLE programme (
    id uuid_t PRIMARY KEY,
    owner_id uuid_t NOT NULL REFERENCES organisation (id),
    slug text_t NOT NULL UNIQUE,
    name text_t NOT NULL,
    summary text_t NOT NULL,
    kind text_t NOT NULL,
    legal_basis text_t NOT NULL,
    notice_kind text_t NOT NULL,
    settings text_t NOT NULL,
    published_at int_t,
    ends_at int_t,
    last_call int_t NOT NULL,
    revision int_t NOT NULL,
    created_at int_t NOT NULL
) strict_t;

CREATE INDEX programme_owner ON programme (owner_id, name, id);
CREATE INDEX programme_name ON programme (name, id);
CREATE INDEX programme_published ON programme (published_at, id) WHERE published_at IS NOT NULL;

CREATE TABLE programme_member (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    from_at int_t NOT NULL,
    until_at int_t,
    accepted_at int_t,
    accepted_by uuid_t
) strict_t;

CREATE UNIQUE INDEX programme_member_open ON programme_member (programme_id, organisation_id) WHERE until_at IS NULL;
CREATE INDEX programme_member_programme ON programme_member (programme_id, organisation_id);
CREATE INDEX programme_member_organisation ON programme_member (organisation_id, programme_id);

CREATE TABLE document (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    subject_kind text_t NOT NULL,
    subject_id uuid_t NOT NULL,
    kind text_t NOT NULL,
    details_sealed bytes_t NOT NULL,
    dated_on text_t,
    transmitted_on text_t,
    published_on text_t,
    valid_from text_t,
    valid_until text_t,
    public bool_t NOT NULL,
    blob_id uuid_t REFERENCES blob (id),
    created_by uuid_t,
    created_at int_t NOT NULL,
    ended_at int_t
) strict_t;

CREATE INDEX document_subject ON document (subject_kind, subject_id, created_at);

CREATE TABLE completion (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    track text_t NOT NULL,
    completed_on text_t NOT NULL,
    recorded_by uuid_t,
    recorded_at int_t NOT NULL,
    UNIQUE (programme_id, organisation_id, track)
) strict_t;

CREATE TABLE call (
    id uuid_t PRIMARY KEY,
    programme_id uuid_t NOT NULL REFERENCES programme (id),
    number int_t NOT NULL,
    title text_t NOT NULL,
    summary text_t NOT NULL,
    state text_t NOT NULL,
    places int_t NOT NULL,
    waiting_places int_t,
    opens_at int_t NOT NULL,
    closes_at int_t NOT NULL,
    confirm_within_days int_t NOT NULL,
    form text_t NOT NULL,
    form_version int_t NOT NULL,
    form_frozen_at int_t,
    eligibility text_t NOT NULL,
    last_order int_t NOT NULL,
    last_received_at int_t,
    published_at int_t,
    decided_at int_t,
    ended_at int_t,
    end_reason text_t,
    revision int_t NOT NULL,
    created_at int_t NOT NULL,
    UNIQUE (programme_id, number)
) strict_t;

CREATE INDEX call_state ON call (state, closes_at);
CREATE INDEX call_programme ON call (programme_id, opens_at);

CREATE TABLE candidacy (
    id uuid_t PRIMARY KEY,
    call_id uuid_t NOT NULL REFERENCES call (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    attempt int_t NOT NULL,
    state text_t NOT NULL,
    living bool_t NOT NULL,
    answers_sealed bytes_t,
    signed_form_blob_id uuid_t REFERENCES blob (id),
    signed_answers_hmac bytes_t,
    signatory_sealed bytes_t,
    first_deposited_at int_t,
    answer_by int_t,
    channel text_t NOT NULL,
    state_at int_t NOT NULL,
    revision int_t NOT NULL,
    created_by uuid_t,
    created_at int_t NOT NULL,
    UNIQUE (call_id, organisation_id, attempt)
) strict_t;

CREATE UNIQUE INDEX candidacy_living ON candidacy (call_id, organisation_id) WHERE living;
CREATE INDEX candidacy_organisation ON candidacy (organisation_id, created_at);
CREATE INDEX candidacy_call ON candidacy (call_id, state);

CREATE TABLE candidacy_product (
    id uuid_t PRIMARY KEY,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    product_id uuid_t,
    offer_sealed bytes_t NOT NULL,
    position int_t NOT NULL,
    UNIQUE (candidacy_id, position)
) strict_t;

CREATE TABLE reception (
    id uuid_t PRIMARY KEY,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    call_id uuid_t NOT NULL REFERENCES call (id),
    order_number int_t NOT NULL,
    received_at int_t NOT NULL,
    stated_arrival_at int_t,
    form_version int_t NOT NULL,
    form_blob_id uuid_t REFERENCES blob (id),
    journal_entry_id uuid_t NOT NULL REFERENCES journal_entry (id),
    receipt text_t NOT NULL,
    dead_at int_t,
    UNIQUE (call_id, order_number)
) strict_t;

CREATE INDEX reception_candidacy ON reception (candidacy_id);

CREATE TABLE seat (
    id uuid_t PRIMARY KEY,
    call_id uuid_t NOT NULL REFERENCES call (id),
    number int_t NOT NULL,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    from_at int_t NOT NULL,
    released_at int_t
) strict_t;

CREATE UNIQUE INDEX seat_number ON seat (call_id, number) WHERE released_at IS NULL;
CREATE UNIQUE INDEX seat_candidacy ON seat (candidacy_id) WHERE released_at IS NULL;

CREATE TABLE candidacy_proposal (
    id uuid_t PRIMARY KEY,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    kind text_t NOT NULL,
    reason_sealed bytes_t NOT NULL,
    proposed_by uuid_t NOT NULL,
    proposed_at int_t NOT NULL,
    confirmed_by uuid_t,
    confirmed_at int_t,
    refused_by uuid_t,
    refused_at int_t,
    contested_at int_t,
    contest_sealed bytes_t,
    contest_by uuid_t,
    contest_decided_by uuid_t,
    contest_decided_at int_t,
    contest_upheld bool_t,
    contest_reason_sealed bytes_t
) strict_t;

CREATE INDEX candidacy_proposal_candidacy ON candidacy_proposal (candidacy_id, proposed_at);

CREATE TABLE paper_deposit (
    id uuid_t PRIMARY KEY,
    call_id uuid_t NOT NULL REFERENCES call (id),
    organisation_id uuid_t NOT NULL REFERENCES organisation (id),
    candidacy_id uuid_t REFERENCES candidacy (id),
    stated_arrival_at int_t NOT NULL,
    scan_blob_id uuid_t NOT NULL REFERENCES blob (id),
    content_sealed bytes_t NOT NULL,
    entered_by uuid_t NOT NULL,
    entered_at int_t NOT NULL,
    confirmed_by uuid_t,
    confirmed_at int_t,
    refused_by uuid_t,
    refused_at int_t
) strict_t;

CREATE INDEX paper_deposit_call ON paper_deposit (call_id, entered_at);

CREATE TABLE appeal (
    id uuid_t PRIMARY KEY,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    recorded_by uuid_t NOT NULL,
    recorded_at int_t NOT NULL,
    kind text_t NOT NULL,
    lodged_on text_t NOT NULL,
    reference text_t,
    text_sealed bytes_t NOT NULL
) strict_t;

CREATE INDEX appeal_candidacy ON appeal (candidacy_id, recorded_at);

CREATE TABLE decision_letter (
    id uuid_t PRIMARY KEY,
    candidacy_id uuid_t NOT NULL REFERENCES candidacy (id),
    kind text_t NOT NULL,
    number int_t NOT NULL,
    body_sealed bytes_t NOT NULL,
    journal_entry_id uuid_t NOT NULL REFERENCES journal_entry (id),
    issued_at int_t NOT NULL,
    UNIQUE (candidacy_id, number)
) strict_t;
