//! What concerns one organisation: the vulnerabilities its confirmed deployments let it see, and
//! where it stands with each.

use super::answer::answers;
use super::circle::{self, Deployer};
use super::own::{self, OwnView};
use super::risk_view::{ProposalView, proposal};
use crate::desk::{NAMED, is_more};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CaseFilter, PositionRow, SharingCase};
use crate::unit::{Unit, place};
use crate::vulnerability::layers::{self, Layer};
use crate::vulnerability::{VENDOR_WORDS, VendorWords, open_words};
use authorization::action::{AnswerPosition, ReadSituations, SignRisk};
use authorization::{Action, Permitted};
use domain::ids::{OrganisationId, VulnerabilityId};
use domain::position::{PositionEvent, PositionState, RiskAcceptance};
use domain::sharing::Phase;
use domain::{Correction, Disclosure, Standing, Timestamp};

/// One vulnerability that concerns an organisation.
#[derive(Clone, Debug)]
pub struct Situation {
    /// What is known of its sharing; never a text.
    pub case: SharingCase,
    /// How much the organisation learns.
    pub level: Disclosure,
    /// Where its correction stands, with the version announced or confirmed: from `measures` on.
    pub correction: Option<(Correction, Option<String>)>,
    /// The phase that counts now.
    pub phase: Phase,
    /// Where the organisation stands now.
    pub state: PositionState,
    /// When it was informed.
    pub informed_at: Option<Timestamp>,
    /// Since when its answer is awaited, where it is.
    pub unanswered_since: Option<Timestamp>,
    /// By when it should answer, where it has not.
    pub due: Option<Timestamp>,
    /// When it last answered.
    pub answered_at: Option<Timestamp>,
    /// Until when it accepts the risk, where it does.
    pub acceptance_until: Option<Timestamp>,
    /// Until when it would accept the risk, where that was proposed and nobody has answered.
    pub proposed_until: Option<Timestamp>,
    /// Whether that proposal still waits for a signature.
    pub waits_for_signature: bool,
    /// Whether its deployment is confirmed; one that is only declared gives the alert at most.
    pub confirmed: bool,
    /// The revision of its position, for an answer that saves over nobody else's.
    pub revision: i64,
    /// Whether its deployment was declared after the vulnerability was opened.
    pub declared_late: bool,
}

/// Gives what waits for an organisation, as many as a desk names, and whether there is more; the caller has made sure of
/// the reader.
pub(super) async fn awaited(unit: &mut Unit, organisation: OrganisationId) -> Outcome<(Vec<Situation>, bool)> {
    named(unit, organisation, CaseFilter::AwaitedOf(organisation, unit.now)).await
}

/// As [`awaited`], what waits for a signature.
pub(super) async fn to_sign(unit: &mut Unit, organisation: OrganisationId) -> Outcome<(Vec<Situation>, bool)> {
    named(unit, organisation, CaseFilter::ToSign(organisation, unit.now)).await
}

async fn named(unit: &mut Unit, organisation: OrganisationId, filter: CaseFilter) -> Outcome<(Vec<Situation>, bool)> {
    let mut cases = unit.store.sharing_cases(&filter).await?;
    let more = is_more(cases.len());
    cases.truncate(NAMED);
    Ok((lines_of(unit, organisation, cases).await?, more))
}

/// Gives one vulnerability that concerns an organisation; the caller has made sure of the reader.
pub(super) async fn one(unit: &mut Unit, organisation: OrganisationId, id: VulnerabilityId) -> Outcome<Situation> {
    let found = unit.store.sharing_case(id).await?.ok_or(Error::NotFound)?;
    let lines = lines_of(unit, organisation, vec![found.peek().clone()]).await?;
    lines.into_iter().next().ok_or(Error::NotFound)
}

async fn lines_of(unit: &mut Unit, organisation: OrganisationId, cases: Vec<SharingCase>) -> Outcome<Vec<Situation>> {
    let runs = unit.store.run_by(organisation).await?;
    let positions = unit.store.positions_of(organisation).await?;
    let (now, reader) = (unit.now, unit.actor.person());
    Ok(cases
        .into_iter()
        .filter_map(|case| {
            let deployer = *circle::members(&case, &runs).get(&organisation)?;
            let named = reader.is_some_and(|reader| case.named.contains(&reader));
            let level = circle::level(&case, organisation, deployer, named, now);
            let row = positions
                .iter()
                .find(|row| row.vulnerability == case.id && row.left_at.is_none());
            let late = deployer.since > case.opened_at;
            (level >= Disclosure::Alert).then(|| line(case, (level, deployer), row, late, now))
        })
        .collect())
}

fn line(
    case: SharingCase,
    (level, deployer): (Disclosure, Deployer),
    row: Option<&PositionRow>,
    late: bool,
    now: Timestamp,
) -> Situation {
    let unanswered_since = row.map_or(Some(case.phase_at), PositionRow::unanswered_since);
    let correction = case.correction();
    let told = matches!(correction, Correction::Announced | Correction::Verified);
    let version = case.announced_version.clone().filter(|_| told);
    Situation {
        level,
        correction: (level >= Disclosure::Measures).then_some((correction, version)),
        phase: case.facts(now).phase_at(now),
        state: row.map_or(PositionState::Informed, |row| row.state_at(now)),
        informed_at: row.and_then(|row| row.informed_at),
        unanswered_since,
        due: unanswered_since.map(|since| since.plus_days(case.position_days)),
        answered_at: row.and_then(|row| row.answered_at),
        acceptance_until: row.and_then(|row| row.acceptance_until),
        proposed_until: row.and_then(|row| row.proposal.as_ref().map(|proposal| proposal.until)),
        waits_for_signature: row.is_some_and(|row| row.waits_for_signature(now)),
        confirmed: deployer.standing == Standing::Confirmed,
        revision: row.map_or(1, |row| row.revision),
        declared_late: row.map_or(late, |row| row.declared_late),
        case,
    }
}

/// One position with its reasons and its history, as its own organisation sees it.
#[derive(Clone, Debug)]
pub struct SituationView {
    /// The organisation's name.
    pub organisation: String,
    /// Where it stands.
    pub line: Situation,
    /// Its last reason.
    pub reason: String,
    /// Who accepts the risk, where somebody does.
    pub acceptance: Option<RiskAcceptance>,
    /// The acceptance that was proposed, where one was and nobody has answered.
    pub proposal: Option<ProposalView>,
    /// How severe the organisation says that it is for itself, where it does.
    pub own: Option<OwnView>,
    /// Whether the reader signs for the organisation too.
    pub signs: bool,
    /// The texts that it gets, by layer: never one above its level.
    pub texts: Vec<(Layer, String)>,
    /// Whether its environment can be scored with the common vector.
    pub may_compose: bool,
    /// What the vendor says of it in its own words, from `measures` on.
    pub vendor_words: VendorWords,
    /// What it may answer now.
    pub answers: Vec<PositionEvent>,
    /// What happened, newest first.
    pub history: Vec<PositionNote>,
}

/// One thing that happened to a position.
#[derive(Clone, Debug)]
pub struct PositionNote {
    /// What, for example `position.answered`.
    pub kind: String,
    /// The state it led to, where it says one.
    pub to: String,
    /// Who; empty for the system.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// Shows one position to its organisation's security officer.
#[derive(Clone, Debug)]
pub struct ViewSituation {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
}

impl UseCase for ViewSituation {
    type Output = SituationView;

    async fn run(&self, unit: &mut Unit) -> Outcome<SituationView> {
        let found = unit.store.organisation(self.organisation).await?;
        let reader = unit.permit_found::<ReadSituations, _>(found)?;
        let line = one(unit, self.organisation, self.vulnerability).await?;
        let found = unit.store.position(self.vulnerability, self.organisation).await?;
        let position = unit.permit_found::<AnswerPosition, _>(found)?;
        let (reason, acceptance) = words(unit, &position).await?;
        let proposal = proposal(unit, &position).await?;
        let own = own::view(unit, &position).await?;
        let signs = unit.may::<SignRisk, _>(&*position);
        unit.note_reading(
            position.acting(),
            "ReadSituations",
            "Vulnerability",
            self.vulnerability.0,
        );
        let texts = layers::open(unit, self.vulnerability, line.level).await?;
        let mut may_compose = false;
        let mut vendor_words = VendorWords::default();
        if line.level >= VENDOR_WORDS
            && let Some(found) = unit.store.vulnerability(self.vulnerability, &unit.reader).await?
        {
            may_compose = line.level >= Disclosure::Details && found.peek().vector_sealed.is_some();
            let reading = (position.acting(), "ReadSituations");
            vendor_words = open_words(unit, reading, found.peek()).await?.told();
        }
        Ok(SituationView {
            may_compose,
            vendor_words,
            organisation: reader.organisation.name.clone(),
            answers: answers(line.state),
            texts: texts
                .into_iter()
                .filter(|((_, language), _)| language == "fr")
                .map(|((layer, _), text)| (layer, text))
                .collect(),
            line,
            reason,
            acceptance,
            proposal,
            own,
            signs,
            history: history(unit, position.id).await?,
        })
    }
}

/// Opens why the organisation says where it stands, and what its signatory has signed.
pub(super) async fn words<A: Action>(
    unit: &mut Unit,
    position: &Permitted<A, PositionRow>,
) -> Outcome<(String, Option<RiskAcceptance>)> {
    let reason = match position.reason.clone() {
        Some(sealed) => {
            unit.open_text(position, place("position", "reason_sealed", position.id), &sealed)
                .await?
        }
        None => String::new(),
    };
    let acceptance = match position.acceptance.clone() {
        Some(sealed) => {
            let text = unit
                .open_text(position, place("position", "acceptance_sealed", position.id), &sealed)
                .await?;
            serde_json::from_str(&text).ok()
        }
        None => None,
    };
    Ok((reason, acceptance))
}

async fn history(unit: &mut Unit, position: uuid::Uuid) -> Outcome<Vec<PositionNote>> {
    let mut notes = Vec::new();
    for (entry, body) in unit.history("position", position).await? {
        let text = |name: &str| {
            body.get(name)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        notes.push(PositionNote {
            to: text("to"),
            who: match entry.actor {
                Some(person) => unit.name_of(person).await?,
                None => String::new(),
            },
            at: entry.at,
            why: text("reason"),
            kind: entry.kind,
        });
    }
    notes.reverse();
    Ok(notes)
}
