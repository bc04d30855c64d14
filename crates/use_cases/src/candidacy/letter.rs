//! Decision letters: reasons, and by what means and until when a decision can be contested.

use super::change::note;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CallFrame, CandidacyRow, LetterRow, ReceptionRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::ReadCandidacy;
use domain::Timestamp;
use domain::candidacy::CandidacyState;
use domain::ids::CandidacyId;
use domain::programme::NoticeKind;
use domain::role::Role;
use i18n::{Arg, Lang, ta};
use serde_json::json;

/// Writes, seals and journals a letter to a candidate.
pub(crate) async fn issue(
    unit: &mut Unit,
    acting: &Acting,
    frame: &CallFrame,
    row: &CandidacyRow,
    kind: &'static str,
    reason: &str,
) -> Outcome<()> {
    let id = unit.fresh_id();
    let mut body = write(unit, frame, row, kind, reason).await?;
    body += "\n\n";
    body += &author(unit, acting, frame).await?;
    let number = unit.store.letters(row.candidacy.id).await?.len();
    let entry = note(
        unit,
        acting,
        row,
        "candidacy.letter_issued",
        json!({"letter": id, "what": kind}),
    )
    .await?;
    let holder = KeyHolder::Programme(row.programme);
    let letter = LetterRow {
        id,
        candidacy: row.candidacy.id,
        kind: kind.to_owned(),
        number: i64::try_from(number).unwrap_or(i64::MAX).saturating_add(1),
        body: unit
            .seal(holder, place("decision_letter", "body_sealed", id), body.as_bytes())
            .await?,
        entry,
        issued_at: unit.now,
    };
    unit.store.insert_letter(&letter).await?;
    Ok(())
}

/// Writes the letter's paragraphs, in French: it is an act of a French authority.
async fn write(
    unit: &mut Unit,
    frame: &CallFrame,
    row: &CandidacyRow,
    kind: &'static str,
    reason: &str,
) -> Outcome<String> {
    let organisations = unit
        .store
        .organisations(&[row.candidacy.organisation, frame.owner])
        .await?;
    let name = |id| {
        organisations
            .iter()
            .find(|o| o.id == id)
            .map(|o| o.name.clone())
            .unwrap_or_default()
    };
    let receptions = unit.store.receptions(row.candidacy.id).await?;
    let settings = &frame.settings;
    let until = row
        .answer_by
        .unwrap_or_else(|| unit.now.plus_days(settings.objection_days));
    let args = [
        ("call", Arg::Text(frame.call.title.clone())),
        ("programme", Arg::Text(frame.programme_name.clone())),
        ("organisation", Arg::Text(name(row.candidacy.organisation))),
        ("owner", Arg::Text(name(frame.owner))),
        ("basis", Arg::Text(frame.legal_basis.clone())),
        ("reason", Arg::Text(reason.to_owned())),
        ("places", Arg::Number(frame.call.places)),
        ("until", Arg::Text(i18n::long_datetime(Lang::Fr, until.0))),
        ("days", Arg::Number(settings.objection_days)),
        ("months", Arg::Number(settings.appeal_months)),
        ("court", Arg::Text(settings.appeal_court.clone())),
        ("means", Arg::Text(settings.appeal_means.clone())),
        (
            "order",
            Arg::Number(receptions.first().map_or(0, |r| r.reception.order_number)),
        ),
        (
            "at",
            Arg::Text(
                receptions
                    .first()
                    .map(|r| i18n::long_datetime(Lang::Fr, r.reception.received_at.0))
                    .unwrap_or_default(),
            ),
        ),
    ];
    let say = |key: &str| ta(Lang::Fr, key, &args);
    let mut text = vec![
        say("candidacy-letter-basis"),
        say("candidacy-letter-order"),
        say(decision_key(kind)),
    ];
    if !reason.is_empty() {
        text.push(say("candidacy-letter-reason"));
    }
    if matches!(kind, "returned" | "ineligible") {
        text.push(say("candidacy-letter-objection"));
    }
    text.push(say("candidacy-letter-appeal"));
    if !settings.appeal_court.trim().is_empty() {
        text.push(say("candidacy-letter-court"));
    }
    if !settings.appeal_means.trim().is_empty() {
        text.push(say("candidacy-letter-means"));
    }
    Ok(text.join("\n\n"))
}

/// Names who decided: their name, their quality and the authority they decided for (article L. 212-1 of the CRPA); what
/// the rules of the call gave by themselves says so (article L. 311-3-1).
async fn author(unit: &mut Unit, acting: &Acting, frame: &CallFrame) -> Outcome<String> {
    let owners = unit.store.organisations(&[frame.owner]).await?;
    let owner = owners.into_iter().next().map(|o| o.name).unwrap_or_default();
    let owner = ("owner", Arg::Text(owner));
    // A candidate who deposits again is placed by the rules, not by itself.
    let decided_by = acting.person().filter(|_| acting.role() == Some(Role::Organiser));
    let Some(person) = decided_by else {
        return Ok(ta(Lang::Fr, "candidacy-letter-by-rule", &[owner]));
    };
    let args = [
        owner,
        ("name", Arg::Text(unit.name_of(person).await?)),
        ("programme", Arg::Text(frame.programme_name.clone())),
    ];
    Ok(ta(Lang::Fr, "candidacy-letter-author", &args))
}

/// Writes the reference of a letter: programme, call, candidacy, letter; none of its numbers is ever given again.
fn reference(frame: &CallFrame, receptions: &[ReceptionRow], letter: i64) -> String {
    let orders = receptions.iter().map(|r| r.reception.order_number);
    let (slug, call, candidacy) = (&frame.slug, frame.number, orders.min().unwrap_or_default());
    format!("{slug}/appel-{call}/candidature-{candidacy}/lettre-{letter}")
}

fn decision_key(kind: &str) -> &'static str {
    match kind {
        "selected" => "candidacy-letter-selected",
        "promoted" => "candidacy-letter-promoted",
        "waiting" => "candidacy-letter-waiting",
        "not_selected" => "candidacy-letter-not-selected",
        "returned" => "candidacy-letter-returned",
        "ineligible" => "candidacy-letter-ineligible",
        "reinstated" => "candidacy-letter-reinstated",
        "objection_dismissed" => "candidacy-letter-objection-dismissed",
        "call_cancelled" => "candidacy-letter-call-cancelled",
        _ => "candidacy-letter-lapsed",
    }
}

/// A letter to print.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its reference: programme, call, candidacy, letter.
    pub reference: String,
    /// The decision's stable name.
    pub kind: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// Who it is to.
    pub organisation: String,
    /// Who it is from.
    pub owner: String,
    /// The call's title.
    pub call: String,
    /// The programme's notice.
    pub notice: NoticeKind,
    /// Where the candidacy stands now.
    pub state: CandidacyState,
}

/// Shows a letter to the candidate and the organiser.
pub struct ViewLetter(pub CandidacyId, pub i64);

impl UseCase for ViewLetter {
    type Output = Letter;

    async fn run(&self, unit: &mut Unit) -> Outcome<Letter> {
        let found = unit.store.candidacy(self.0).await?;
        let row = unit.permit_found::<ReadCandidacy, _>(found)?;
        let letters = unit.store.letters(self.0).await?;
        let letter = letters
            .into_iter()
            .find(|letter| letter.number == self.1)
            .ok_or(Error::NotFound)?;
        let text = unit
            .open_text(&row, place("decision_letter", "body_sealed", letter.id), &letter.body)
            .await?;
        let frame = unit
            .store
            .candidacy_call(row.candidacy.call)
            .await?
            .ok_or(Error::NotFound)?
            .peek()
            .clone();
        let organisations = unit
            .store
            .organisations(&[row.candidacy.organisation, frame.owner])
            .await?;
        let name = |id| {
            organisations
                .iter()
                .find(|o| o.id == id)
                .map(|o| o.name.clone())
                .unwrap_or_default()
        };
        let receptions = unit.store.receptions(self.0).await?;
        Ok(Letter {
            reference: reference(&frame, &receptions, letter.number),
            kind: letter.kind,
            issued_at: letter.issued_at,
            paragraphs: text.split("\n\n").map(str::to_owned).collect(),
            organisation: name(row.candidacy.organisation),
            owner: name(frame.owner),
            call: frame.call.title,
            notice: frame.notice,
            state: row.candidacy.state,
        })
    }
}
