//! The page of a campaign.

use super::joining::{JoinsPart, part};
use super::list::own_organisations;
use super::target::{TargetPage, for_page};
use super::{missing, names};
use crate::authorisation::{AuthorisationLine, Signers, lines_for_page, signers, to_ask};
use crate::error::Outcome;
use crate::exchange::{RecordingsKept, RecordingsKey};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, PartyRecord, TestedDeployment};
use crate::report::{OwnDraft, own_drafts};
use crate::unit::{Unit, place};
use authorization::Actor;
use authorization::action::{
    AcceptRules, CommitToCampaign, EnrolHunters, ListFindings, ManageCampaign, PrepareScope, ReadCampaign,
    ReadCoverage, SuspendCampaign,
};
use domain::Timestamp;
use domain::campaign::CampaignState;
use domain::ids::{AuthorisationId, CampaignId, OrganisationId, PartyId};
use domain::party::{PartyKind, PersonPart};
use domain::readiness::Missing;
use domain::role::Role;
use domain::scope::RulesOfEngagement;
use std::collections::HashMap;

/// One organisation of a campaign.
#[derive(Clone, Debug)]
pub struct PartyLine {
    /// The party.
    pub id: PartyId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// When it committed itself.
    pub committed_at: Option<Timestamp>,
    /// Whether the reader may commit it.
    pub may_commit: bool,
}

/// The organisations of one kind.
#[derive(Clone, Debug)]
pub struct PartyGroup {
    /// The kind.
    pub kind: PartyKind,
    /// Whether a campaign of this kind cannot go without.
    pub needed: bool,
    /// The organisations.
    pub lines: Vec<PartyLine>,
}

impl PartyGroup {
    /// Counts those who have committed themselves.
    #[must_use]
    pub fn committed(&self) -> usize {
        self.lines.iter().filter(|line| line.committed_at.is_some()).count()
    }

    /// Says whether somebody of this kind is missing.
    #[must_use]
    pub fn incomplete(&self) -> bool {
        self.kind != PartyKind::Observer && (self.lines.is_empty() || self.committed() < self.lines.len())
    }
}

/// One thing that is missing, with what it is about.
#[derive(Clone, Debug)]
pub struct MissingLine {
    /// What is missing.
    pub missing: Missing,
    /// The organisation or product it is about; empty where there is none.
    pub name: String,
    /// The text that waits for a signature, where one does.
    pub asked: Option<AuthorisationId>,
    /// Who signs it.
    pub signers: Option<Signers>,
}

/// One line of a history.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// What happened, for example `campaign.opened`.
    pub kind: String,
    /// Who did it; empty for the system.
    pub who: String,
    /// Under which role.
    pub role: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why; empty where no reason was given.
    pub why: String,
}

/// Everything the page of a campaign shows to one reader.
#[derive(Clone, Debug)]
pub struct CampaignPage {
    /// The campaign.
    pub record: CampaignRecord,
    /// Its state, by the clock.
    pub state: CampaignState,
    /// Since when.
    pub since: Timestamp,
    /// The organisation that runs the programme.
    pub owner: String,
    /// The names of the organisations.
    pub names: HashMap<OrganisationId, String>,
    /// Its parties, by kind.
    pub parties: Vec<PartyGroup>,
    /// What is missing, for those who prepare it.
    pub missing: Vec<MissingLine>,
    /// The installations of the reader's own organisations among the tested products.
    pub own: Vec<TestedDeployment>,
    /// The authorisations that the reader may read.
    pub authorisations: Vec<AuthorisationLine>,
    /// The rules, for those who test and those who manage.
    pub rules: Option<RulesOfEngagement>,
    /// Whether the reader accepted the present rules.
    pub rules_accepted: bool,
    /// What the reader may be shown of the target.
    pub target: Option<TargetPage>,
    /// Whether the reader is a hunter of this campaign.
    pub hunts: bool,
    /// Whether what is tested stays hidden until the reader accepts the rules.
    pub products_hidden: bool,
    /// Whether the reader, a hunter, is suspended.
    pub suspended: bool,
    /// The reader's own drafts of reports.
    pub drafts: Vec<OwnDraft>,
    /// Why the campaign is stopped, for those who run it.
    pub suspension: String,
    /// Whether the reader manages the campaign.
    pub may_manage: bool,
    /// Whether somebody's leave is still to be asked for.
    pub to_ask: bool,
    /// Whether the reader prepares its scope.
    pub may_prepare: bool,
    /// Whether the reader may stop it.
    pub may_suspend: bool,
    /// Whether the reader enrols hunters for a school.
    pub may_enrol: bool,
    /// Its history, for those who run it.
    pub history: Vec<HistoryLine>,
    /// Whether the reader follows what was imported from tests made elsewhere.
    pub lists_findings: bool,
    /// Whether the reader may see what was touched of its targets.
    pub reads_coverage: bool,
    /// Why products are tested once more, by their names.
    pub reasons: Vec<(String, String)>,
    /// Who joins it.
    pub joins: JoinsPart,
    /// How many people hunt.
    pub hunters: usize,
    /// For how long what passes to its targets is kept, where something is recorded.
    pub recordings: Option<RecordingsKept>,
}

/// Shows a campaign.
pub struct ViewCampaign(pub CampaignId);

impl UseCase for ViewCampaign {
    type Output = CampaignPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<CampaignPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<ReadCampaign, _>(found)?;
        let may_suspend = unit.may::<SuspendCampaign, _>(&*proof);
        let suspension = match (&proof.suspension, may_suspend) {
            (Some(sealed), true) => {
                let at = place("campaign", "suspension_sealed", self.0.0);
                unit.open_text(&proof, at, &sealed.clone()).await?
            }
            _ => String::new(),
        };
        let person = unit.person().ok();
        let hunter_only =
            !reads_otherwise(unit, &proof) && person.is_none_or(|person| !proof.has_accepted_rules(person));
        let reasons = if hunter_only {
            Vec::new()
        } else {
            super::duplicate::reasons(unit, &proof).await?
        };
        let mut record = proof.into_value();
        let mut ids: Vec<OrganisationId> = record.parties.iter().map(|p| p.organisation).collect();
        ids.extend(
            record
                .products
                .iter()
                .flat_map(|p| p.owners.iter().chain(&p.hosts).copied().chain([p.vendor])),
        );
        ids.push(record.frame.owner);
        ids.sort_unstable();
        ids.dedup();
        let names = names(unit, &ids).await?;
        let may_prepare = unit.may::<PrepareScope, _>(&record);
        let hunter = person.and_then(|person| record.person_with(person, PersonPart::Hunter).cloned());
        let hunts = hunter.is_some() && unit.may::<AcceptRules, _>(&record);
        let target = for_page(unit, &record).await?;
        let (history, since) = history(unit, &record, may_prepare).await?;
        let rules = match record.campaign.rules {
            Some(id) if hunts || may_prepare || target.is_some() => unit.store.rules(id).await?,
            _ => None,
        };
        let rules_accepted = person.is_some_and(|person| record.has_accepted_rules(person));
        let missing = missing_lines(unit, &record, &names, may_prepare).await?;
        let mut own = own(unit, &record).await?;
        let state = record.state_at(unit.now);
        let to_ask = !to_ask(&record, unit.now).is_empty();
        let products_hidden = hunts && !rules_accepted && !reads_otherwise(unit, &record);
        let mut names = names;
        if products_hidden {
            for product in &record.products {
                names.remove(&product.vendor);
            }
            record.products.clear();
            // A vendor's name would say what is tested.
            record.parties.retain(|party| party.kind != PartyKind::Vendor);
            own.clear();
        }
        let drafts = if hunts {
            own_drafts(unit, self.0).await?
        } else {
            Vec::new()
        };
        Ok(CampaignPage {
            recordings: recordings(unit, &record).await?,
            drafts,
            // Who else runs what is tested is no business of those who only hunt.
            joins: if hunts && !reads_otherwise(unit, &record) {
                JoinsPart::default()
            } else {
                part(unit, &record).await?
            },
            reasons,
            products_hidden,
            state,
            to_ask,
            since,
            owner: names.get(&record.frame.owner).cloned().unwrap_or_default(),
            parties: groups(unit, &record, &names, products_hidden),
            missing,
            own,
            authorisations: lines_for_page(unit, &record, &names).await?,
            rules,
            rules_accepted,
            target,
            hunts,
            suspended: hunter.is_some_and(|h| h.participant.suspended_at.is_some()),
            suspension,
            may_manage: unit.may::<ManageCampaign, _>(&record),
            lists_findings: unit.may::<ListFindings, _>(&record),
            reads_coverage: unit.may::<ReadCoverage, _>(&record),
            may_prepare,
            may_suspend,
            may_enrol: unit.may::<EnrolHunters, _>(&record),
            history,
            hunters: record.people_with(PersonPart::Hunter).len(),
            names,
            record,
        })
    }
}

/// Says for how long recordings are kept, where the campaign has a target or had one.
async fn recordings(unit: &mut Unit, record: &CampaignRecord) -> Outcome<Option<RecordingsKept>> {
    let key = RecordingsKey::of(unit, record.campaign.id).await?;
    let recorded = !matches!(key, RecordingsKey::Never) || !unit.store.targets(record.campaign.id).await?.is_empty();
    Ok(recorded.then(|| RecordingsKept::of(record, &key)))
}

/// Says whether the reader may read the campaign by another role than that of its hunter.
fn reads_otherwise(unit: &Unit, record: &CampaignRecord) -> bool {
    let Actor::Person(person) = &unit.actor else {
        return false;
    };
    let mut others = person.clone();
    others.grants.retain(|grant| grant.role != Role::Hunter);
    let others = Actor::Person(others);
    unit.app.policies.would_permit::<ReadCampaign, _>(&others, record)
}

fn groups(
    unit: &Unit,
    record: &CampaignRecord,
    names: &HashMap<OrganisationId, String>,
    hidden: bool,
) -> Vec<PartyGroup> {
    let needed = domain::readiness::needed_parties(record.campaign.kind);
    let order = [
        PartyKind::School,
        PartyKind::Beneficiary,
        PartyKind::Operator,
        PartyKind::Vendor,
        PartyKind::Host,
        PartyKind::Pilot,
        PartyKind::Organiser,
        PartyKind::Observer,
    ];
    order
        .into_iter()
        .map(|kind| {
            let of = record.parties.iter().filter(|p| p.kind == kind);
            let line = |p: &domain::Party| {
                let asked = PartyRecord {
                    party: p.clone(),
                    announced: record.announced,
                };
                let early = matches!(record.campaign.state, CampaignState::Planned | CampaignState::Ready);
                PartyLine {
                    id: p.id,
                    organisation: p.organisation,
                    name: names.get(&p.organisation).cloned().unwrap_or_default(),
                    committed_at: p.committed_at,
                    may_commit: early && p.committed_at.is_none() && unit.may::<CommitToCampaign, _>(&asked),
                }
            };
            PartyGroup {
                kind,
                needed: needed.contains(&kind),
                lines: of.map(line).collect(),
            }
        })
        .filter(|group| !(hidden && group.kind == PartyKind::Vendor))
        .filter(|group| group.needed || !group.lines.is_empty())
        .collect()
}

async fn missing_lines(
    unit: &mut Unit,
    record: &CampaignRecord,
    names: &HashMap<OrganisationId, String>,
    shown: bool,
) -> Outcome<Vec<MissingLine>> {
    use CampaignState::{Draft, Open, Planned, Ready, Suspended};
    if !shown || !matches!(record.state_at(unit.now), Draft | Planned | Ready | Open | Suspended) {
        return Ok(Vec::new());
    }
    let product = |id| {
        record
            .products
            .iter()
            .find(|p| p.product == id)
            .map(|p| p.name.clone())
            .unwrap_or_default()
    };
    let organisation = |id: &OrganisationId| names.get(id).cloned().unwrap_or_default();
    let mut lines = Vec::new();
    for missing in missing(unit, record).await? {
        let asked = match &missing {
            Missing::Authorisation(role, id) => record
                .authorisations
                .iter()
                .find(|a| a.signer_role == *role && a.organisation == *id && a.signed_at.is_none()),
            _ => None,
        };
        let signers = match asked {
            Some(asked) => Some(signers(unit, asked).await?),
            None => None,
        };
        lines.push(MissingLine {
            asked: asked.map(|a| a.id),
            signers,
            name: match &missing {
                Missing::Scope(id) | Missing::Reason(id) | Missing::Signer(id, _) => product(*id),
                Missing::Commitment(_, id) | Missing::Authorisation(_, id) | Missing::AuthorisationTooShort(_, id) => {
                    organisation(id)
                }
                Missing::Products | Missing::Window | Missing::Rules | Missing::Party(_) => String::new(),
            },
            missing,
        });
    }
    Ok(lines)
}

async fn own(unit: &mut Unit, record: &CampaignRecord) -> Outcome<Vec<TestedDeployment>> {
    let mine = own_organisations(unit);
    let all = unit.store.tested_deployments(record.campaign.id).await?;
    Ok(all.into_iter().filter(|d| mine.contains(&d.organisation)).collect())
}

async fn history(unit: &mut Unit, record: &CampaignRecord, shown: bool) -> Outcome<(Vec<HistoryLine>, Timestamp)> {
    const STATES: [&str; 13] = [
        "campaign.opened_as_draft",
        "campaign.planned",
        "campaign.ready",
        "campaign.fell_back",
        "campaign.opened",
        "campaign.suspended",
        "campaign.suspended_unauthorised",
        "campaign.suspended_revoked",
        "campaign.suspended_scope",
        "campaign.resumed",
        "campaign.window_ended",
        "campaign.closed",
        "campaign.cancelled",
    ];
    let mut since = record.campaign.window.opens_at.min(unit.now);
    let mut lines = Vec::new();
    for (row, body) in unit.history("campaign", record.campaign.id.0).await? {
        if STATES.contains(&row.kind.as_str()) {
            since = row.at;
        }
        if shown {
            let who = match row.actor {
                Some(person) if row.role.is_none() || row.role.as_deref() == Some("hunter") => {
                    unit.pseudonym_of(person).await?
                }
                Some(person) => unit.name_of(person).await?,
                None => String::new(),
            };
            lines.push(HistoryLine {
                who,
                role: row.role.clone(),
                at: row.at,
                why: body
                    .get("reason")
                    .and_then(|r| r.as_str())
                    .unwrap_or_default()
                    .to_owned(),
                kind: row.kind,
            });
        }
    }
    match record.state_at(unit.now) {
        CampaignState::Open if record.campaign.state == CampaignState::Ready => since = record.campaign.window.opens_at,
        CampaignState::Verifying if record.campaign.state != CampaignState::Verifying => {
            since = record.campaign.window.closes_at
        }
        _ => {}
    }
    lines.reverse();
    Ok((lines, since))
}
