//! Who found it with the hunter: named in the draft, asked, and an author only once they said yes.

use super::change::Change;
use super::notify;
use crate::desk::DeskItem;
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::ReportRecord;
use crate::unit::Unit;
use authorization::action::AnswerNaming as MayAnswer;
use domain::NoticeKind;
use domain::ids::{PersonId, ReportId};
use i18n::Arg;
use serde_json::json;

/// Names those who found it too, and asks those who were not named before.
pub(super) async fn name(unit: &mut Unit, record: &ReportRecord, named: &[PersonId]) -> Outcome<()> {
    let id = record.report.id;
    unit.store.name_authors(id, named).await?;
    let known = |person: &&PersonId| {
        record
            .report
            .authors()
            .chain(record.asked.iter().copied())
            .any(|one| one == **person)
    };
    let fresh: Vec<PersonId> = named.iter().filter(|person| !known(person)).copied().collect();
    notify::enqueue(unit, id, "named", "named", &fresh).await
}

/// Says whether one found it too: yes makes an author, no takes the name away.
#[derive(Clone, Copy, Debug)]
pub struct AnswerNaming {
    /// The draft.
    pub report: ReportId,
    /// Whether they did; none where nothing was chosen.
    pub accept: Option<bool>,
}

impl UseCase for AnswerNaming {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let change = Change::take::<MayAnswer>(unit, self.report).await?;
        let person = change.person()?;
        let accept = self.accept.ok_or_else(|| Error::field("answer", "error-choose"))?;
        let accepted = accept.then_some(unit.now);
        unit.store.answer_naming(self.report, person, accepted).await?;
        let kind = if accept {
            "report.naming_accepted"
        } else {
            "report.naming_declined"
        };
        change.note(unit, kind, json!({"person": person})).await
    }
}

/// What somebody who is named sees before they answer: nothing of the report.
#[derive(Clone, Debug)]
pub struct NamingView {
    /// The draft.
    pub report: ReportId,
    /// Who names them.
    pub reporter: String,
    /// The campaign's name.
    pub campaign: String,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
}

/// Asks somebody who is named in a draft whether they found it too.
#[derive(Clone, Copy, Debug)]
pub struct ViewNaming(pub ReportId);

impl UseCase for ViewNaming {
    type Output = NamingView;

    async fn run(&self, unit: &mut Unit) -> Outcome<NamingView> {
        let found = unit.store.report(self.0).await?;
        let proof = unit.permit_found::<MayAnswer, _>(found)?;
        Ok(NamingView {
            report: self.0,
            reporter: unit.name_of(proof.report.reporter).await?,
            campaign: proof.campaign_name.clone(),
            notice: proof.notice,
        })
    }
}

/// Gives the drafts that wait for the person's word.
pub(super) async fn desk_items(unit: &mut Unit) -> Outcome<Vec<DeskItem>> {
    let me = unit.person()?;
    let mut items = Vec::new();
    for found in unit.store.drafts_naming(me).await? {
        let record = found.peek();
        if !unit.may::<MayAnswer, _>(record) {
            continue;
        }
        items.push(DeskItem {
            what: "report-desk-named",
            args: vec![("name", Arg::Text(unit.name_of(record.report.reporter).await?))],
            place: record.campaign_name.clone(),
            href: addresses::report::naming(record.report.id),
            action: "report-desk-named-action",
            due: None,
        });
    }
    Ok(items)
}
