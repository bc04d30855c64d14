//! What may be alike, read together: one question for several reports and vulnerabilities, and not one for each.

use crate::error::Outcome;
use crate::ports::{ReportRecord, TextKind, VulnerabilityRecord};
use crate::search::Found;
use crate::unit::Unit;
use authorization::Loaded;
use domain::ids::{ReportId, VulnerabilityId};
use std::collections::{BTreeSet, HashMap};

/// Reports that were found, and the vulnerabilities that were found or that these reports are told under.
pub(super) struct Near {
    reports: HashMap<ReportId, Loaded<ReportRecord>>,
    vulnerabilities: HashMap<VulnerabilityId, Loaded<VulnerabilityRecord>>,
}

impl Near {
    /// Reads what was found.
    pub(super) async fn of(unit: &mut Unit, found: &[Found]) -> Outcome<Self> {
        let of_kind = |kind| found.iter().filter(move |one| one.kind == kind).map(|one| one.id);
        let ids: Vec<ReportId> = of_kind(TextKind::Report).map(ReportId).collect();
        let reports = match ids.as_slice() {
            [] => Vec::new(),
            ids => unit.store.reports(ids).await?,
        };
        let told_under = reports.iter().filter_map(|one| one.peek().report.vulnerability);
        let opened = of_kind(TextKind::Vulnerability).map(VulnerabilityId);
        let ids: BTreeSet<VulnerabilityId> = told_under.chain(opened).collect();
        let ids: Vec<VulnerabilityId> = ids.into_iter().collect();
        let vulnerabilities = unit.store.vulnerabilities(&ids, &unit.reader).await?;
        Ok(Self {
            reports: reports.into_iter().map(|one| (one.peek().report.id, one)).collect(),
            vulnerabilities: vulnerabilities
                .into_iter()
                .map(|one| (one.peek().vulnerability.id, one))
                .collect(),
        })
    }

    /// Takes a report that was found; it is given once.
    pub(super) fn report(&mut self, id: ReportId) -> Option<Loaded<ReportRecord>> {
        self.reports.remove(&id)
    }

    /// Takes a vulnerability, and reads one that was not read with the others.
    pub(super) async fn vulnerability(
        &mut self,
        unit: &mut Unit,
        id: VulnerabilityId,
    ) -> Outcome<Option<Loaded<VulnerabilityRecord>>> {
        match self.vulnerabilities.remove(&id) {
            Some(found) => Ok(Some(found)),
            None => Ok(unit.store.vulnerability(id, &unit.reader).await?),
        }
    }
}
