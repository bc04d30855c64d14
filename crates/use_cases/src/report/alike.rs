//! What a report may repeat: earlier reports and vulnerabilities of its product, ranked, each with its reasons.
//!
//! It proposes; a person decides. What the reader may not read is neither compared nor counted.

use super::close::facts;
use super::offer::{JoinChoice, OriginalChoice, choice, original};
use super::view::ReportView;
use crate::error::Outcome;
use crate::ports::{ReportRecord, TextKind};
use crate::search::{self, Found};
use crate::unit::Unit;
use crate::vulnerability::disclosure_for;
use authorization::action::{ReadReport, ReadVulnerability};
use domain::Machine as _;
use domain::ids::{ReportId, VulnerabilityId};
use domain::report::ReportState;
use domain::search::{Reason, Subject, worth_a_look};
use domain::verification::may_be_duplicate;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most proposals.
const MOST: usize = 5;
/// The most alike that are looked at for them.
const LOOKED_AT: usize = 40;

/// What a report may repeat.
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
}

impl AlikeThing {
    /// Gives the vulnerability that the report may be verified into.
    #[must_use]
    pub const fn vulnerability(&self) -> Option<&JoinChoice> {
        match self {
            Self::Report { joined, .. } => joined.as_ref(),
            Self::Vulnerability(vulnerability) => Some(vulnerability),
        }
    }
}

/// A proposal: what the report may repeat, and why.
#[derive(Clone, Debug)]
pub struct Alike {
    /// What it may repeat.
    pub thing: AlikeThing,
    /// Why, the strongest reason first.
    pub reasons: Vec<Reason>,
}

/// Proposes what a report may repeat, to whoever judges it.
pub(super) async fn alike(unit: &mut Unit, record: &ReportRecord, view: &ReportView) -> Outcome<Vec<Alike>> {
    let (campaign, product) = (record.report.campaign, record.report.product);
    let portions = search::of_product(unit, product).await?;
    let version = unit.store.tested_version(campaign, product).await?.unwrap_or_default();
    let subject = Subject {
        weakness: view.cwe,
        asset: &view.asset,
        version: &version,
    };
    let query = search::read_report(&view.title, &view.text, &subject).query();
    let kinds = [TextKind::Report, TextKind::Vulnerability];
    let found = search::find(unit, &query, &portions, &kinds, LOOKED_AT).await?;
    let mut told: Vec<Alike> = Vec::new();
    // What it was verified into already is no news.
    let mut known: BTreeSet<Uuid> = record.report.vulnerability.iter().map(|own| own.0).collect();
    let mut best = 0.0;
    for one in found {
        let likeness = one.likeness;
        if told.len() == MOST || !worth_a_look(likeness, best) {
            break;
        }
        let alike = match one.kind {
            TextKind::Report => earlier(unit, record, one, &mut known).await?,
            TextKind::Vulnerability => opened(unit, one, &mut known).await?,
            TextKind::Finding => None,
        };
        if told.is_empty() && alike.is_some() {
            best = likeness;
        }
        told.extend(alike);
    }
    Ok(told)
}

/// Proposes an earlier report, unless what it tells was proposed already.
async fn earlier(
    unit: &mut Unit,
    record: &ReportRecord,
    one: Found,
    known: &mut BTreeSet<Uuid>,
) -> Outcome<Option<Alike>> {
    let id = ReportId(one.id);
    let Some(found) = unit.store.report(id).await? else {
        return Ok(None);
    };
    let other = found.peek().report.clone();
    let chain = match other.original {
        Some(_) => unit.store.originals_of(id).await?,
        None => Vec::new(),
    };
    if may_be_duplicate(&facts(record), &facts(found.peek()), &chain).is_err() {
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
            joined: joined(unit, other.vulnerability).await?,
        },
        reasons: one.reasons,
    }))
}

/// Gives the vulnerability that a report was verified into, where it goes on and the reader may read it.
async fn joined(unit: &mut Unit, id: Option<VulnerabilityId>) -> Outcome<Option<JoinChoice>> {
    let Some(id) = id else { return Ok(None) };
    let found = unit.store.vulnerability(id, &unit.reader).await?;
    let Ok(proof) = unit.permit_found::<ReadVulnerability, _>(found) else {
        return Ok(None);
    };
    if proof.vulnerability.state.is_terminal() {
        return Ok(None);
    }
    let level = disclosure_for(unit, &proof);
    Ok(Some(choice(unit, &proof, level).await?))
}

/// Proposes a vulnerability that goes on, unless a report that was verified into it is proposed already.
async fn opened(unit: &mut Unit, one: Found, known: &mut BTreeSet<Uuid>) -> Outcome<Option<Alike>> {
    if !known.insert(one.id) {
        return Ok(None);
    }
    let vulnerability = joined(unit, Some(VulnerabilityId(one.id))).await?;
    Ok(vulnerability.map(|vulnerability| Alike {
        thing: AlikeThing::Vulnerability(vulnerability),
        reasons: one.reasons,
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
