//! What a report or an imported finding may repeat: earlier reports, findings and vulnerabilities of its product,
//! ranked, each with its reasons.
//!
//! It proposes; a person decides. What the reader may not read is neither compared nor counted.

use super::close::facts;
use super::near::Near;
use super::offer::{JoinChoice, OriginalChoice, choice, original};
use super::view::ReportView;
use crate::error::Outcome;
use crate::finding::{FindingChoice, finding_choice};
use crate::ports::{FindingRecord, ReportRecord, TextKind, VulnerabilityRecord};
use crate::search::{self, Found};
use crate::unit::Unit;
use crate::vulnerability::disclosure_for;
use authorization::action::{CoordinateVulnerability, ReadFinding, ReadReport, ReadVulnerability};
use authorization::{Action, Loaded};
use domain::Machine as _;
use domain::finding::may_tell_again;
use domain::ids::{FindingId, ProductId, ReportId, VulnerabilityId};
use domain::report::ReportState;
use domain::search::{Query, Reason, Subject, worth_a_look};
use domain::verification::may_be_duplicate;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most proposals.
const MOST: usize = 5;
/// The most alike that are looked at for them.
const LOOKED_AT: usize = 40;

/// What a report or a finding may repeat.
#[derive(Clone, Debug)]
pub enum AlikeThing {
    /// An earlier report.
    Report {
        /// The report.
        report: OriginalChoice,
        /// Where it stands.
        state: ReportState,
        /// The vulnerability that it was verified into, where the reader may read it.
        joined: Option<JoinChoice>,
    },
    /// A vulnerability.
    Vulnerability(JoinChoice),
    /// Another finding.
    Finding {
        /// The finding.
        finding: FindingChoice,
        /// The vulnerability that tells it, where the reader may tell more under it.
        joined: Option<JoinChoice>,
    },
}

impl AlikeThing {
    /// Gives the vulnerability that it may be told under.
    #[must_use]
    pub const fn vulnerability(&self) -> Option<&JoinChoice> {
        match self {
            Self::Report { joined, .. } | Self::Finding { joined, .. } => joined.as_ref(),
            Self::Vulnerability(vulnerability) => Some(vulnerability),
        }
    }
}

/// A proposal: what may be repeated, and why.
#[derive(Clone, Debug)]
pub struct Alike {
    /// What may be repeated.
    pub thing: AlikeThing,
    /// Why, the strongest reason first.
    pub reasons: Vec<Reason>,
}

/// What is compared.
enum Compared<'a> {
    Report(&'a ReportRecord),
    Finding(&'a FindingRecord),
}

impl Compared<'_> {
    const fn product(&self) -> ProductId {
        match self {
            Self::Report(record) => record.report.product,
            Self::Finding(record) => record.finding.product,
        }
    }

    /// Gives with what it is compared.
    const fn kinds(&self) -> &'static [TextKind] {
        match self {
            Self::Report(_) => &[TextKind::Report, TextKind::Vulnerability],
            Self::Finding(_) => &[TextKind::Report, TextKind::Vulnerability, TextKind::Finding],
        }
    }

    /// Gives what is no news: itself, and the vulnerability that tells it already.
    fn known(&self) -> BTreeSet<Uuid> {
        let (own, vulnerability) = match self {
            Self::Report(record) => (record.report.id.0, record.report.vulnerability),
            Self::Finding(record) => (record.finding.id.0, record.finding.vulnerability),
        };
        let vulnerability = vulnerability.map(|vulnerability| vulnerability.0);
        vulnerability.into_iter().chain([own]).collect()
    }

    /// Says whether it may repeat a report, whose originals are given.
    fn may_repeat(&self, other: &ReportRecord, chain: &[ReportId]) -> bool {
        match self {
            Self::Report(record) => may_be_duplicate(&facts(record), &facts(other), chain).is_ok(),
            Self::Finding(_) => may_tell_again(other.report.state),
        }
    }
}

/// Proposes what a report may repeat, to whoever judges it.
pub(super) async fn alike(unit: &mut Unit, record: &ReportRecord, view: &ReportView) -> Outcome<Vec<Alike>> {
    let (campaign, product) = (record.report.campaign, record.report.product);
    let version = unit.store.tested_version(campaign, product).await?.unwrap_or_default();
    let subject = Subject {
        weakness: view.cwe,
        asset: &view.asset,
        version: &version,
    };
    let query = search::read_report(&view.title, &view.text, &subject).query();
    ranked(unit, &Compared::Report(record), &query).await
}

impl Alike {
    /// Proposes what an imported finding may repeat, to whoever decides it.
    pub(crate) async fn to_finding(unit: &mut Unit, record: &FindingRecord, query: &Query) -> Outcome<Vec<Self>> {
        ranked(unit, &Compared::Finding(record), query).await
    }
}

async fn ranked(unit: &mut Unit, compared: &Compared<'_>, query: &Query) -> Outcome<Vec<Alike>> {
    let portions = search::of_product(unit, compared.product()).await?;
    let found = search::find(unit, query, &portions, compared.kinds(), LOOKED_AT).await?;
    let mut told: Vec<Alike> = Vec::new();
    let mut known = compared.known();
    let mut best = 0.0;
    for some in found.chunks(MOST) {
        let mut near = Near::of(unit, some).await?;
        for one in some {
            if told.len() == MOST || !worth_a_look(one.likeness, best) {
                return Ok(told);
            }
            let alike = match one.kind {
                TextKind::Report => earlier(unit, compared, (one, &mut near), &mut known).await?,
                TextKind::Vulnerability => opened(unit, compared, (one, &mut near), &mut known).await?,
                TextKind::Finding => another(unit, compared, (one, &mut near), &mut known).await?,
            };
            if told.is_empty() && alike.is_some() {
                best = one.likeness;
            }
            told.extend(alike);
        }
    }
    Ok(told)
}

/// Proposes an earlier report, unless what it tells was proposed already.
async fn earlier(
    unit: &mut Unit,
    compared: &Compared<'_>,
    (one, near): (&Found, &mut Near),
    known: &mut BTreeSet<Uuid>,
) -> Outcome<Option<Alike>> {
    let id = ReportId(one.id);
    let Some(found) = near.report(id) else {
        return Ok(None);
    };
    let other = found.peek().report.clone();
    let chain = match other.original {
        Some(_) => unit.store.originals_of(id).await?,
        None => Vec::new(),
    };
    if !compared.may_repeat(found.peek(), &chain) {
        return Ok(None);
    }
    let Ok(proof) = unit.permit::<ReadReport, _>(found) else {
        return Ok(None);
    };
    // A duplicate, its original and their vulnerability tell one thing: it is proposed once.
    let mut told: Vec<Uuid> = chain.iter().map(|original| original.0).collect();
    told.extend(other.vulnerability.map(|vulnerability| vulnerability.0));
    told.push(one.id);
    if told.iter().any(|id| known.contains(id)) {
        return Ok(None);
    }
    known.extend(told);
    let Some(report) = original(unit, &proof).await? else {
        return Ok(None);
    };
    Ok(Some(Alike {
        thing: AlikeThing::Report {
            report,
            state: other.state,
            joined: joined(unit, compared, near, other.vulnerability).await?,
        },
        reasons: one.reasons.clone(),
    }))
}

/// Proposes another finding, unless the vulnerability that tells it was proposed already.
async fn another(
    unit: &mut Unit,
    compared: &Compared<'_>,
    (one, near): (&Found, &mut Near),
    known: &mut BTreeSet<Uuid>,
) -> Outcome<Option<Alike>> {
    let found = unit.store.finding(FindingId(one.id)).await?;
    let Ok(proof) = unit.permit_found::<ReadFinding, _>(found) else {
        return Ok(None);
    };
    let vulnerability = proof.finding.vulnerability;
    let told: Vec<Uuid> = vulnerability.iter().map(|id| id.0).chain([one.id]).collect();
    if told.iter().any(|id| known.contains(id)) {
        return Ok(None);
    }
    known.extend(told);
    Ok(Some(Alike {
        thing: AlikeThing::Finding {
            finding: finding_choice(unit, &proof).await?,
            joined: joined(unit, compared, near, vulnerability).await?,
        },
        reasons: one.reasons.clone(),
    }))
}

/// Gives the vulnerability that a report or a finding is told under, where more can be: it goes on, and the reader may
/// read it, or coordinates it where a finding is decided.
async fn joined(
    unit: &mut Unit,
    compared: &Compared<'_>,
    near: &mut Near,
    id: Option<VulnerabilityId>,
) -> Outcome<Option<JoinChoice>> {
    let Some(id) = id else { return Ok(None) };
    let found = near.vulnerability(unit, id).await?;
    match compared {
        Compared::Report(_) => going_on::<ReadVulnerability>(unit, found).await,
        Compared::Finding(_) => {
            let choice = going_on::<CoordinateVulnerability>(unit, found).await?;
            Ok(choice.filter(|choice| choice.stands))
        }
    }
}

async fn going_on<A: Action>(
    unit: &mut Unit,
    found: Option<Loaded<VulnerabilityRecord>>,
) -> Outcome<Option<JoinChoice>> {
    let Ok(proof) = unit.permit_found::<A, _>(found) else {
        return Ok(None);
    };
    if proof.vulnerability.state.is_terminal() {
        return Ok(None);
    }
    let level = disclosure_for(unit, &proof);
    Ok(Some(choice(unit, &proof, level).await?))
}

/// Proposes a vulnerability that goes on, unless a report that was verified into it is proposed already.
async fn opened(
    unit: &mut Unit,
    compared: &Compared<'_>,
    (one, near): (&Found, &mut Near),
    known: &mut BTreeSet<Uuid>,
) -> Outcome<Option<Alike>> {
    if !known.insert(one.id) {
        return Ok(None);
    }
    let vulnerability = joined(unit, compared, near, Some(VulnerabilityId(one.id))).await?;
    Ok(vulnerability.map(|vulnerability| Alike {
        thing: AlikeThing::Vulnerability(vulnerability),
        reasons: one.reasons.clone(),
    }))
}

/// Adds what is proposed to what can be chosen in the forms, where it is not among it.
pub(super) fn choosable(view: &mut ReportView) {
    for one in &view.alike {
        if let AlikeThing::Report { report, .. } = &one.thing
            && (view.may.judge || view.may.merge)
            && view.originals.iter().all(|known| known.id != report.id)
        {
            view.originals.push(report.clone());
        }
        if let Some(vulnerability) = one.thing.vulnerability().filter(|_| view.may.verify)
            && view.joinable.iter().all(|known| known.id != vulnerability.id)
        {
            view.joinable.push(vulnerability.clone());
        }
    }
}
