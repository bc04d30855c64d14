//! A programme's page, and the list of programmes.

use super::documents::{DocumentLine, lines};
use super::kept_by;
use crate::error::{Error, Outcome};
use crate::history::{self, HistoryLine};
use crate::perform::UseCase;
use crate::ports::{CallRecord, MemberRow, ProgrammeFilter, ProgrammeRecord};
use crate::unit::Unit;
use authorization::action::{ManageProgramme, ReadProgramme, ReadProgrammePublic};
use domain::Timestamp;
use domain::ids::{OrganisationId, ProgrammeId};
use domain::organisation::Organisation;
use domain::search::Typed;

/// The most programmes of one page of the list.
const PAGE: i64 = 100;

/// One programme in a list.
#[derive(Clone, Debug)]
pub struct ProgrammeLine {
    /// The programme.
    pub record: ProgrammeRecord,
    /// The name of who answers for it.
    pub owner: String,
    /// Whether the reader keeps it.
    pub mine: bool,
}

/// The list of programmes.
#[derive(Clone, Debug)]
pub struct ProgrammeList {
    /// The programmes, by name.
    pub lines: Vec<ProgrammeLine>,
    /// The organisations for which the reader may open one.
    pub may_open: Vec<Organisation>,
    /// After which programme the next page begins, where there is one.
    pub next: Option<ProgrammeId>,
}

/// Lists the published programmes, and the reader's own, a page at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListProgrammes {
    /// After which programme the page begins; one that the reader may not see begins at the first.
    pub after: Option<ProgrammeId>,
}

impl UseCase for ListProgrammes {
    type Output = ProgrammeList;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProgrammeList> {
        let owners = kept_by(unit);
        let after = match self.after {
            Some(id) => unit.store.programme(id, unit.now).await?,
            None => None,
        };
        let after = after
            .filter(|found| unit.may::<ReadProgrammePublic, _>(found.peek()))
            .map(|found| (found.peek().programme.name.clone(), found.peek().programme.id));
        let filter = ProgrammeFilter {
            published: true,
            owners: owners.clone(),
            after,
            limit: PAGE + 1,
        };
        let mut records = unit.store.list_programmes(&filter).await?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = records.len() > page;
        records.truncate(page);
        let next = records.last().filter(|_| more).map(|last| last.programme.id);
        Ok(ProgrammeList {
            lines: readable(unit, records, &owners).await?,
            may_open: unit.store.organisations(&owners).await?,
            next,
        })
    }
}

/// Gives those of some programmes that the reader may see, with the names of who answers for them.
async fn readable(
    unit: &mut Unit,
    records: Vec<ProgrammeRecord>,
    owners: &[OrganisationId],
) -> Outcome<Vec<ProgrammeLine>> {
    let ids: Vec<_> = records.iter().map(|record| record.programme.owner).collect();
    let names = unit.store.organisations(&ids).await?;
    let name = |id| {
        names
            .iter()
            .find(|o| o.id == id)
            .map(|o| o.name.clone())
            .unwrap_or_default()
    };
    Ok(records
        .into_iter()
        .filter(|record| unit.may::<ReadProgrammePublic, _>(record))
        .map(|record| ProgrammeLine {
            owner: name(record.programme.owner),
            mine: owners.contains(&record.programme.owner),
            record,
        })
        .collect())
}

/// The most programmes among which a search looks.
const LOOKED_AT: i64 = 1_000;

/// Gives the programmes that a search means, published or the reader's own, at most so many.
pub(crate) async fn found(unit: &mut Unit, typed: &Typed, most: usize) -> Outcome<Vec<ProgrammeLine>> {
    let owners = kept_by(unit);
    let filter = ProgrammeFilter {
        published: true,
        owners: owners.clone(),
        after: None,
        limit: LOOKED_AT,
    };
    let mut records = unit.store.list_programmes(&filter).await?;
    records.retain(|record| typed.means(&record.programme.name));
    let mut found = readable(unit, records, &owners).await?;
    found.truncate(most);
    Ok(found)
}

/// A programme as its page shows it.
#[derive(Clone, Debug)]
pub struct ProgrammeView {
    /// The programme.
    pub record: ProgrammeRecord,
    /// The name of who answers for it.
    pub owner: String,
    /// Whether the reader sees its working page.
    pub working: bool,
    /// Whether the reader keeps it.
    pub may_manage: bool,
    /// Its documents: all on the working page, else the public ones.
    pub documents: Vec<DocumentLine>,
    /// Its members, on the working page.
    pub members: Vec<MemberRow>,
    /// The memberships that the reader answers for their own organisations.
    pub offers: Vec<MemberRow>,
    /// Its calls: all on the working page, else the published ones.
    pub calls: Vec<CallRecord>,
    /// How many completions are recorded, on the working page.
    pub completions: usize,
    /// What happened, newest first, on the working page.
    pub history: Vec<HistoryLine>,
    /// The instant of the page.
    pub now: Timestamp,
}

/// Shows a programme: its working page to those who keep or watch it, else its public page.
pub struct ViewProgramme(pub String);

impl UseCase for ViewProgramme {
    type Output = ProgrammeView;

    async fn run(&self, unit: &mut Unit) -> Outcome<ProgrammeView> {
        let found = unit
            .store
            .programme_by_slug(&self.0, unit.now)
            .await?
            .ok_or(Error::NotFound)?;
        let working = unit.may::<ReadProgramme, _>(found.peek());
        let id = found.peek().programme.id;
        let owner = unit.store.organisations(&[found.peek().programme.owner]).await?;
        let calls = unit.store.calls_of_programme(id).await?;
        let mut view = ProgrammeView {
            owner: owner.into_iter().next().map(|o| o.name).unwrap_or_default(),
            working,
            may_manage: unit.may::<ManageProgramme, _>(found.peek()),
            documents: Vec::new(),
            members: Vec::new(),
            offers: super::membership::to_answer(unit, found.peek()).await?,
            calls: calls.into_iter().filter(|call| working || call.is_public()).collect(),
            completions: 0,
            history: Vec::new(),
            now: unit.now,
            record: found.peek().clone(),
        };
        if working {
            let proof = unit.permit::<ReadProgramme, _>(found)?;
            view.documents = lines(unit, &proof, true).await?;
            view.members = unit.store.programme_members(id).await?;
            view.completions = unit.store.completions(id, 10_000).await?.len();
            view.history = history::lines(unit, "programme", id.0).await?;
        } else {
            let proof = unit.permit::<ReadProgrammePublic, _>(found)?;
            view.documents = lines(unit, &proof, false).await?;
        }
        Ok(view)
    }
}
