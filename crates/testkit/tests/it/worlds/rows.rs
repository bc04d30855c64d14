//! The rows of a drawn world.

use super::model::{Flaw, ProgrammeOf, ReportOf, World};
use domain::ids::{OrganisationId, ProductId, ProgrammeId};
use domain::product::Product;
use domain::programme::{NoticeKind, Programme, ProgrammeKind, ProgrammeSettings};
use domain::report::{Rating, Report, ReportState};
use domain::severity::Severity;
use domain::vulnerability::Vulnerability;
use testkit::START;
use use_cases::ports::{ReportRecord, VulnerabilityRecord};
use uuid::Uuid;

pub fn a_programme(programme: &ProgrammeOf) -> Programme {
    Programme {
        id: programme.id,
        owner: programme.owner,
        slug: programme.slug.to_owned(),
        name: programme.slug.to_owned(),
        summary: String::new(),
        kind: ProgrammeKind::ALL[0],
        legal_basis: String::new(),
        notice: NoticeKind::None,
        settings: ProgrammeSettings::default(),
        revision: 1,
    }
}

pub fn a_product(n: usize, id: ProductId, vendor: OrganisationId) -> Product {
    Product {
        id,
        vendor,
        name: format!("Produit {n}"),
        slug: format!("produit-{n}"),
        purl: None,
        cpe: None,
        description: String::new(),
        revision: 1,
    }
}

pub fn a_report(report: &ReportOf, number: i64) -> ReportRecord {
    ReportRecord {
        report: Report {
            id: report.id,
            campaign: report.campaign,
            product: report.product,
            reporter: report.by.id,
            collaborators: Vec::new(),
            number,
            state: report.state,
            submitted_at: (report.state != ReportState::Draft).then_some(START),
            asked_at: None,
            original: None,
            vulnerability: report.flaw,
            claim: None,
            rating: None,
            closing: None,
            appealed_at: None,
            revision: 1,
        },
        reporter_organisation: report.organisation,
        programme: ProgrammeId(Uuid::nil()),
        campaign_name: String::new(),
        product_name: String::new(),
        notice: NoticeKind::None,
        owner: report.organisation,
        operators: Vec::new(),
        author_organisations: Vec::new(),
        product_vendor: report.organisation,
        asked: Vec::new(),
        vendor: None,
        vendor_acknowledged: false,
        title: Vec::new(),
        contents: Vec::new(),
        asset: None,
        cwe: None,
        vector: None,
        claimed: None,
        verified_vector: None,
        rating_reason: None,
        closing_reason: None,
        appeal: None,
        decision: None,
        proposal: None,
        created_at: START.plus_days(-9),
        state_at: START.plus_days(-9),
    }
}

pub fn a_record(world: &World, flaw: &Flaw, number: i64) -> VulnerabilityRecord {
    let vulnerability = Vulnerability {
        id: flaw.id,
        product: flaw.product,
        reach: flaw.reach,
        number,
        state: flaw.state,
        round: 1,
        rating: Some(Rating {
            score_tenths: 91,
            band: Severity::Critical,
        }),
        opened_at: START.plus_days(-8).plus(number),
        phase: flaw.phase,
        tlp: flaw.tlp,
        embargo: flaw.embargo,
        exploited_at: flaw.exploited_at,
        merged_into: None,
        split_from: None,
        origin: flaw.origin,
        reports: 0,
        revision: 1,
    };
    let mut record = VulnerabilityRecord::opened(vulnerability, flaw.programme, flaw.first);
    record.notified_at = flaw.notified.then_some(START.plus_days(-7));
    record.vendor = world
        .products
        .iter()
        .find(|(id, _)| *id == flaw.product)
        .map(|(_, vendor)| *vendor)
        .unwrap();
    let (_, _, consented) = flaw.embargo.parts();
    record.vendor_allows_details = consented;
    record
}
