//! Reports that get around a fix: which vulnerability they name, and what readers are told of it.

use crate::error::Outcome;
use crate::ports::{CampaignRecord, ReportRecord, VulnerabilityFilter};
use crate::unit::Unit;
use crate::vulnerability::{disclosure_for, visibility};
use authorization::action::ReadVulnerability;
use domain::Timestamp;
use domain::bypass::{KnownBy, can_be_bypassed};
use domain::disclosure::Disclosure;
use domain::ids::{PersonId, ProductId, VulnerabilityId};

/// A vulnerability whose fix a report may say it gets around; nothing here tells what it is.
#[derive(Clone, Debug)]
pub struct BypassChoice {
    /// The vulnerability.
    pub id: VulnerabilityId,
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// How the hunter knows it.
    pub known: KnownBy,
}

/// Vulnerabilities of one product that are looked at for one that may be read.
const READABLE: i64 = 50;

/// Gives the vulnerabilities of a campaign's products that a hunter knows and whose fix can be got around.
pub(super) async fn choices(
    unit: &mut Unit,
    campaign: &CampaignRecord,
    person: PersonId,
) -> Outcome<Vec<BypassChoice>> {
    let mut choices: Vec<BypassChoice> = Vec::new();
    let products: Vec<ProductId> = campaign.products.iter().map(|one| one.product).collect();
    for row in unit.store.known_to(person, &products, unit.now).await? {
        choices.push(BypassChoice {
            id: row.id,
            product: row.product,
            product_name: row.product_name,
            opened_at: row.opened_at,
            known: if row.retested {
                KnownBy::Retested
            } else {
                KnownBy::Reported
            },
        });
    }
    let sees = visibility(unit);
    for product in products {
        let filter = VulnerabilityFilter {
            product: Some(product),
            limit: READABLE,
            ..VulnerabilityFilter::default()
        };
        let ids = unit.store.visible_vulnerabilities(&sees, &filter, unit.now).await?;
        for found in unit.store.vulnerabilities(&ids, &unit.reader).await? {
            let record = found.peek();
            let v = &record.vulnerability;
            let id = v.id;
            let known = choices.iter().any(|choice| choice.id == id);
            let readable = unit.may::<ReadVulnerability, _>(record) && disclosure_for(unit, record) > Disclosure::None;
            if !known && readable && can_be_bypassed(v.state, record.fixed_version.is_some()) {
                choices.push(BypassChoice {
                    id,
                    product: v.product,
                    product_name: record.product_name.clone(),
                    opened_at: v.opened_at,
                    known: KnownBy::Read,
                });
            }
        }
    }
    Ok(choices)
}

/// What a report's page says of the vulnerability whose fix the report gets around.
#[derive(Clone, Debug)]
pub struct BypassView {
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The vulnerability and how it is called, for those who handle it.
    pub open: Option<(VulnerabilityId, String)>,
}

/// Gives what a reader of a report learns of the vulnerability that it names: its authors and those who work on
/// it that it is named, everybody else only where they handle that one too.
pub(super) async fn shown(unit: &mut Unit, record: &ReportRecord, inside: bool) -> Outcome<Option<BypassView>> {
    let Some(id) = unit.store.bypass_of(record.report.id).await? else {
        return Ok(None);
    };
    let Some(found) = unit.store.vulnerability(id, &unit.reader).await? else {
        return Ok(None);
    };
    let other = found.peek();
    let handles = unit.may::<ReadVulnerability, _>(other) && disclosure_for(unit, other) == Disclosure::Exploit;
    let view = BypassView {
        opened_at: other.vulnerability.opened_at,
        open: handles.then(|| (id, other.label())),
    };
    Ok((inside || handles).then_some(view))
}
