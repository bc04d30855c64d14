//! A call's public page, and the working page of its organisers.

use super::publish::problem_key;
use crate::error::{Error, Outcome};
use crate::history::{self, HistoryLine};
use crate::perform::UseCase;
use crate::ports::CallRecord;
use crate::programme::{DocumentLine, public_documents};
use crate::unit::Unit;
use authorization::action::{ManageCall, ReadCall, ReadCallPublic};
use domain::Timestamp;
use domain::call::CallState;
use domain::eligibility::IneligibilityReason;
use domain::ids::CallId;
use domain::organisation::{Organisation, OrganisationKind};
use domain::programme::ProgrammeSettings;
use domain::role::{GrantScope, Role};

/// An organisation for which the reader may prepare a candidacy, or not and why.
#[derive(Clone, Debug)]
pub struct MyOrganisation {
    /// The organisation.
    pub organisation: Organisation,
    /// Why it may not answer; nothing where it may.
    pub reasons: Vec<IneligibilityReason>,
}

/// A call as everybody sees it.
#[derive(Clone, Debug)]
pub struct CallView {
    /// The call.
    pub record: CallRecord,
    /// Its state by the clock.
    pub state: CallState,
    /// The name of who answers for it.
    pub owner: String,
    /// How decisions are contested.
    pub settings: ProgrammeSettings,
    /// The name of the organisation within whose territory candidates must lie.
    pub territory: String,
    /// The programme's public documents.
    pub documents: Vec<DocumentLine>,
    /// The organisations whose security officer the reader is.
    pub mine: Vec<MyOrganisation>,
    /// Whether the reader keeps or watches the call.
    pub working: bool,
    /// The instant of the page.
    pub now: Timestamp,
}

/// Shows a call to everybody, once it is published.
pub struct ViewCall(pub CallId);

impl UseCase for ViewCall {
    type Output = CallView;

    async fn run(&self, unit: &mut Unit) -> Outcome<CallView> {
        let found = unit.store.call(self.0).await?;
        let record = unit.permit_found::<ReadCallPublic, _>(found)?.into_value();
        let programme = unit
            .store
            .programme(record.call.programme, unit.now)
            .await?
            .ok_or(Error::NotFound)?;
        let named: Vec<_> = [Some(record.owner), record.call.eligibility.territory]
            .into_iter()
            .flatten()
            .collect();
        let names = unit.store.organisations(&named).await?;
        let name = |id| {
            names
                .iter()
                .find(|o| Some(o.id) == id)
                .map(|o| o.name.clone())
                .unwrap_or_default()
        };
        Ok(CallView {
            state: record.call.state_at(unit.now),
            owner: name(Some(record.owner)),
            settings: programme.peek().programme.settings.clone(),
            territory: name(record.call.eligibility.territory),
            documents: public_documents(unit, record.call.programme).await?,
            mine: mine(unit, &record).await?,
            working: unit.may::<ReadCall, _>(&record),
            now: unit.now,
            record,
        })
    }
}

async fn mine(unit: &mut Unit, record: &CallRecord) -> Outcome<Vec<MyOrganisation>> {
    let grants = unit.actor.grants().iter();
    let officer = grants.filter(|g| g.role == Role::SecurityOfficer && g.scope == GrantScope::Organisation);
    let ids: Vec<_> = officer.map(|g| g.organisation).collect();
    let mut mine = Vec::new();
    for organisation in unit.store.organisations(&ids).await? {
        let facts = crate::candidacy::facts(unit, record.call.programme, &organisation).await?;
        mine.push(MyOrganisation {
            reasons: record.call.eligibility.check(&facts),
            organisation,
        });
    }
    Ok(mine)
}

/// A call as its organisers see it.
#[derive(Clone, Debug)]
pub struct ManageView {
    /// The call.
    pub record: CallRecord,
    /// Its state by the clock.
    pub state: CallState,
    /// Whether the reader keeps it; others watch it.
    pub may_manage: bool,
    /// Whether its terms and form may still be changed.
    pub changeable: bool,
    /// Whether publishing it now opens it in the same instant.
    pub opens_at_once: bool,
    /// The sentences of what keeps it from being published.
    pub problems: Vec<&'static str>,
    /// Within whose territory candidates must lie.
    pub territory: Option<Organisation>,
    /// What happened, newest first.
    pub history: Vec<HistoryLine>,
    /// The instant of the page.
    pub now: Timestamp,
}

/// Shows a call to its organisers.
pub struct ViewCallToManage(pub CallId);

impl UseCase for ViewCallToManage {
    type Output = ManageView;

    async fn run(&self, unit: &mut Unit) -> Outcome<ManageView> {
        let found = unit.store.call(self.0).await?;
        let proof = unit.permit_found::<ReadCall, _>(found)?;
        let problems = proof.call.problems(&proof.form, proof.programme_published, unit.now);
        let history = history::lines(unit, "call", self.0.0).await?;
        let territory = proof.call.eligibility.territory;
        Ok(ManageView {
            territory: unit.store.organisations(territory.as_slice()).await?.pop(),
            state: proof.call.state_at(unit.now),
            may_manage: unit.may::<ManageCall, _>(&*proof),
            changeable: proof.call.is_changeable(unit.now),
            opens_at_once: proof.call.opens_at_once(unit.now),
            problems: problems.into_iter().map(problem_key).collect(),
            history,
            now: unit.now,
            record: proof.into_value(),
        })
    }
}

/// The kinds of organisation that others lie within: those a territory rule may name.
pub const TERRITORIES: &[OrganisationKind] = &[
    OrganisationKind::Epci,
    OrganisationKind::Ept,
    OrganisationKind::Departement,
    OrganisationKind::Region,
];

/// Gives the programme of a new call, to those who may prepare one.
pub struct CallChoices(pub String);

impl UseCase for CallChoices {
    type Output = crate::ports::ProgrammeRecord;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let proof = crate::programme::found::<authorization::action::ManageProgramme>(unit, &self.0).await?;
        Ok(proof.into_value())
    }
}
