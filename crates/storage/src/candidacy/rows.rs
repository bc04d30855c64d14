//! How rows of the candidacy tables are read.

use crate::engine::Row;
use domain::Timestamp;
use domain::call::{Call, CallState};
use domain::candidacy::{Candidacy, CandidacyState};
use domain::ids::{PersonId, ProposalId};
use domain::programme::NoticeKind;
use domain::reception::Reception;
use domain::time::Window;
use domain::two_people::ProposalKind;
use use_cases::ports::{
    AppealRow, CallFrame, CandidacyLine, CandidacyRow, LetterRow, OwnCandidacy, PaperRow, ProposalRow, PublicReception,
    ReceptionRow, StoreError, Stored, Waiting,
};

fn json<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Stored<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|e| StoreError::Corrupt(format!("{column}: {e}")))
}

/// Reads a call joined with its programme.
pub(crate) fn frame(row: &Row) -> Stored<CallFrame> {
    Ok(CallFrame {
        call: Call {
            id: row.get("id")?,
            programme: row.get("programme_id")?,
            title: row.get("title")?,
            summary: row.get("summary")?,
            places: row.get("places")?,
            max_waiting: row.get("waiting_places")?,
            window: Window {
                opens_at: row.get("opens_at")?,
                closes_at: row.get("closes_at")?,
            },
            form_version: row.get("form_version")?,
            state: row.code("state", CallState::from_code)?,
            confirm_within_days: row.get("confirm_within_days")?,
            last_order: row.get("last_order")?,
            last_received_at: row.get("last_received_at")?,
            eligibility: json(row, "eligibility")?,
            revision: row.get("revision")?,
        },
        number: row.get("number")?,
        form: json(row, "form")?,
        decided_at: row.get("decided_at")?,
        owner: row.get("owner_id")?,
        slug: row.get("slug")?,
        programme_name: row.get("name")?,
        legal_basis: row.get("legal_basis")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        settings: json(row, "settings")?,
    })
}

/// Reads a candidacy joined with its call and programme.
pub(crate) fn candidacy(row: &Row) -> Stored<CandidacyRow> {
    Ok(CandidacyRow {
        candidacy: Candidacy {
            id: row.get("id")?,
            call: row.get("call_id")?,
            organisation: row.get("organisation_id")?,
            attempt: row.get("attempt")?,
            state: row.code("state", CandidacyState::from_code)?,
            first_deposited_at: row.get("first_deposited_at")?,
            revision: row.get("revision")?,
        },
        programme: row.get("programme_id")?,
        owner: row.get("owner_id")?,
        answers: row.get("answers_sealed")?,
        signatory: row.get("signatory_sealed")?,
        signed_form: row.get("signed_form_blob_id")?,
        signed_answers_hmac: row.get("signed_answers_hmac")?,
        answer_by: row.get("answer_by")?,
        channel: row.get("channel")?,
        state_at: row.get("state_at")?,
        created_by: row.get("created_by")?,
        created_at: row.get("created_at")?,
    })
}

pub(crate) fn reception(row: &Row) -> Stored<ReceptionRow> {
    Ok(ReceptionRow {
        reception: Reception {
            id: row.get("id")?,
            candidacy: row.get("candidacy_id")?,
            call: row.get("call_id")?,
            order_number: row.get("order_number")?,
            received_at: row.get("received_at")?,
            dead_at: row.get("dead_at")?,
            form: row.get("form_blob_id")?,
        },
        stated_arrival: row.get("stated_arrival_at")?,
        form_version: row.get("form_version")?,
        entry: row.get("journal_entry_id")?,
        receipt: row.get("receipt")?,
    })
}

pub(crate) fn public_reception(row: &Row) -> Stored<PublicReception> {
    Ok(PublicReception {
        order_number: row.get("order_number")?,
        organisation: row.get("organisation")?,
        received_at: row.get("received_at")?,
        stated_arrival: row.get("stated_arrival_at")?,
        form_version: row.get("form_version")?,
        dead_at: row.get("dead_at")?,
    })
}

pub(crate) fn line(row: &Row) -> Stored<CandidacyLine> {
    let dead_at: Option<Timestamp> = row.get("dead_at")?;
    Ok(CandidacyLine {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        state: row.code("state", CandidacyState::from_code)?,
        state_at: row.get("state_at")?,
        order_number: row.get("order_number")?,
        received_at: row.get("received_at")?,
        lives: dead_at.is_none(),
        channel: row.get("channel")?,
        answer_by: row.get("answer_by")?,
    })
}

fn by_at(row: &Row, by: &str, at: &str) -> Stored<Option<(PersonId, Timestamp)>> {
    let by: Option<PersonId> = row.get(by)?;
    let at: Option<Timestamp> = row.get(at)?;
    Ok(by.zip(at))
}

pub(crate) fn proposal(row: &Row) -> Stored<ProposalRow> {
    let contest = by_at(row, "contest_by", "contested_at")?;
    let decision = by_at(row, "contest_decided_by", "contest_decided_at")?;
    let grounds: Option<Vec<u8>> = row.get("contest_sealed")?;
    let upheld: Option<bool> = row.get("contest_upheld")?;
    let reason: Option<Vec<u8>> = row.get("contest_reason_sealed")?;
    Ok(ProposalRow {
        id: ProposalId(row.get("id")?),
        candidacy: row.get("candidacy_id")?,
        kind: row.code("kind", ProposalKind::from_code)?,
        reason: row.get("reason_sealed")?,
        proposed: (row.get("proposed_by")?, row.get("proposed_at")?),
        confirmed: by_at(row, "confirmed_by", "confirmed_at")?,
        refused: by_at(row, "refused_by", "refused_at")?,
        contest: contest.zip(grounds).map(|((by, at), grounds)| (by, at, grounds)),
        decision: decision
            .zip(upheld.zip(reason))
            .map(|((by, at), (upheld, reason))| (by, at, upheld, reason)),
    })
}

pub(crate) fn paper(row: &Row) -> Stored<PaperRow> {
    Ok(PaperRow {
        id: row.get("id")?,
        call: row.get("call_id")?,
        organisation: row.get("organisation_id")?,
        candidacy: row.get("candidacy_id")?,
        stated_arrival: row.get("stated_arrival_at")?,
        scan: row.get("scan_blob_id")?,
        content: row.get("content_sealed")?,
        entered: (row.get("entered_by")?, row.get("entered_at")?),
        confirmed: by_at(row, "confirmed_by", "confirmed_at")?,
        refused: by_at(row, "refused_by", "refused_at")?,
    })
}

pub(crate) fn appeal(row: &Row) -> Stored<AppealRow> {
    Ok(AppealRow {
        id: row.get("id")?,
        candidacy: row.get("candidacy_id")?,
        recorded: (row.get("recorded_by")?, row.get("recorded_at")?),
        kind: row.get("kind")?,
        lodged_on: row.get("lodged_on")?,
        reference: row.get("reference")?,
        text: row.get("text_sealed")?,
    })
}

pub(crate) fn letter(row: &Row) -> Stored<LetterRow> {
    Ok(LetterRow {
        id: row.get("id")?,
        candidacy: row.get("candidacy_id")?,
        kind: row.get("kind")?,
        number: row.get("number")?,
        body: row.get("body_sealed")?,
        entry: row.get("journal_entry_id")?,
        issued_at: row.get("issued_at")?,
    })
}

pub(crate) fn own(row: &Row) -> Stored<OwnCandidacy> {
    Ok(OwnCandidacy {
        id: row.get("id")?,
        call: row.get("title")?,
        notice: row.code("notice_kind", NoticeKind::from_code)?,
        closes_at: row.get("closes_at")?,
        organisation: row.get("organisation")?,
        state: row.code("state", CandidacyState::from_code)?,
        state_at: row.get("state_at")?,
        answer_by: row.get("answer_by")?,
    })
}

pub(crate) fn waiting(row: &Row) -> Stored<Waiting> {
    let first: Option<PersonId> = row.get("first_by")?;
    let second: Option<PersonId> = row.get("second_by")?;
    let third: Option<PersonId> = row.get("third_by")?;
    Ok(Waiting {
        call: row.get("title")?,
        call_id: row.get("call_id")?,
        organisation: row.get("organisation")?,
        candidacy: row.get("candidacy_id")?,
        owner: row.get("owner_id")?,
        programme: row.get("programme_id")?,
        taken_part: [first, second, third].into_iter().flatten().collect(),
    })
}
