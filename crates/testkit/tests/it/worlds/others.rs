//! The other lists: campaigns, reports, desks.

use super::model::{Reader, World};
use domain::ids::{CampaignId, ReportId};
use domain::report::ReportState;
use domain::role::Role;
use std::collections::BTreeSet;
use testkit::TestApp;
use use_cases::authorisation::ViewAuthorisation;
use use_cases::campaign::{CampaignOrder, ListCampaigns, ListCampaignsOfProgramme, ViewCampaign};
use use_cases::desk::ViewDesk;
use use_cases::organisation::ViewGroup;
use use_cases::ports::ReportOrder;
use use_cases::register::{ListMemberDeployments, ListProductDeployments, ViewDeployment};
use use_cases::report::{ClaimFilter, ListQueue, MyReports, StateFilter, ViewReport};
use use_cases::sharing::{ViewPositions, ViewRisk, ViewSharing, ViewSituation};
use use_cases::vulnerability::{ViewRetest, ViewVulnerability};
use use_cases::{Error, read};
use uuid::Uuid;

/// Every campaign that somebody may read is in their list, and no other.
pub async fn campaigns_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    let all = ListCampaigns {
        order: CampaignOrder::Opens,
        reversed: false,
    };
    let mut listed: BTreeSet<CampaignId> = read(&context, all)
        .await
        .unwrap()
        .into_iter()
        .map(|line| line.id)
        .collect();
    let mut readable = BTreeSet::new();
    for campaign in &world.campaigns {
        if read(&context, ViewCampaign(campaign.id)).await.is_ok() {
            readable.insert(campaign.id);
        }
    }
    assert_eq!(listed, readable, "world {seed}: campaigns of {:?}", reader.grants);
    for programme in &world.programmes {
        if let Ok((_, lines)) = read(&context, ListCampaignsOfProgramme(programme.slug.to_owned())).await {
            listed.extend(lines.into_iter().map(|line| line.id));
        }
    }
    assert_eq!(
        listed, readable,
        "world {seed}: campaigns of the programmes of {:?}",
        reader.grants
    );
}

/// Every report that somebody may read is in the queue or among their own; a vendor reaches those
/// of its vulnerabilities from there.
pub async fn reports_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    let queue = ListQueue {
        campaign: None,
        state: StateFilter::All,
        claim: ClaimFilter::Any,
        severity: None,
        order: ReportOrder::Age,
        reversed: false,
        page: Some(0),
    };
    let mut listed: BTreeSet<ReportId> = match read(&context, queue).await {
        Ok(queue) => queue.lines.into_iter().map(|line| line.id).collect(),
        Err(Error::NotFound) => BTreeSet::new(),
        Err(other) => panic!("{other:?}"),
    };
    listed.extend(
        read(&context, MyReports::default())
            .await
            .unwrap()
            .lines
            .into_iter()
            .map(|mine| mine.id),
    );
    for report in &world.reports {
        let readable = read(&context, ViewReport(report.id)).await.is_ok();
        let of_vendor = report.state == ReportState::Verified
            && reader.grants.iter().any(|grant| {
                grant.role == Role::VendorContact && world.products.contains(&(report.product, grant.organisation))
            });
        let shown = listed.contains(&report.id);
        let told = format!(
            "world {seed}: {:?} {:?} for {:?}",
            report.id, report.state, reader.grants
        );
        assert!(!shown || readable, "listed and not readable: {told}");
        assert!(!readable || shown || of_vendor, "readable and not listed: {told}");
    }
}

/// Nothing waits on a desk that its reader may not open.
pub async fn desks_lead_somewhere(app: &TestApp, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    for item in read(&context, ViewDesk).await.unwrap() {
        let parts: Vec<&str> = item.href.trim_start_matches('/').split(['/', '#', '?']).collect();
        let id = |n: usize| Uuid::parse_str(parts[n]).unwrap();
        let opens = match parts.as_slice() {
            ["failles", _] => read(&context, ViewVulnerability(id(1).into())).await.map(drop),
            ["failles", _, "partage"] => read(
                &context,
                ViewSharing {
                    vulnerability: id(1).into(),
                    naming: String::new(),
                },
            )
            .await
            .map(drop),
            ["failles", _, "situations"] => read(
                &context,
                ViewPositions {
                    vulnerability: id(1).into(),
                    from: 0,
                },
            )
            .await
            .map(drop),
            ["organisations", _, "situations", _] => {
                let one = ViewSituation {
                    organisation: id(1).into(),
                    vulnerability: id(3).into(),
                };
                read(&context, one).await.map(drop)
            }
            ["organisations", _, "situations", _, "risque"] => {
                let one = ViewRisk {
                    organisation: id(1).into(),
                    vulnerability: id(3).into(),
                };
                read(&context, one).await.map(drop)
            }
            ["contre-tests", _] => read(&context, ViewRetest(id(1).into())).await.map(drop),
            ["signalements", _] => read(&context, ViewReport(id(1).into())).await.map(drop),
            ["deploiements", _] => read(&context, ViewDeployment(id(1).into())).await.map(drop),
            ["organisations", _, "declarations"] => {
                let list = ListMemberDeployments {
                    organisation: id(1).into(),
                    after: None,
                };
                read(&context, list).await.map(drop)
            }
            ["organisations", _, "groupe"] => read(&context, ViewGroup(id(1).into())).await.map(drop),
            ["catalogue", slug, "deploiements"] => {
                let list = ListProductDeployments {
                    slug: (*slug).to_owned(),
                    after: None,
                };
                read(&context, list).await.map(drop)
            }
            ["autorisations", _] => read(&context, ViewAuthorisation(id(1).into())).await.map(drop),
            ["campagnes", one, ..] if Uuid::parse_str(one).is_ok() => {
                read(&context, ViewCampaign(id(1).into())).await.map(drop)
            }
            _ => Ok(()),
        };
        assert!(
            opens.is_ok(),
            "world {seed}: {} leads nowhere for {:?}",
            item.href,
            reader.grants
        );
    }
}

/// Nobody who has not signed in reads a deployment, an authorisation, a retest or what waits.
pub async fn nobody_reads_the_rest(app: &TestApp, world: &World, seed: u64) {
    let nobody = app.nobody();
    for run in &world.deployments {
        let page = read(&nobody, ViewDeployment(run.id)).await;
        assert!(matches!(page, Err(Error::NotFound)), "world {seed}: {:?}", run.id);
    }
    for one in &world.authorisations {
        let page = read(&nobody, ViewAuthorisation(one.id)).await;
        assert!(matches!(page, Err(Error::NotFound)), "world {seed}: {:?}", one.id);
    }
    for retest in &world.retests {
        let page = read(&nobody, ViewRetest(retest.id)).await;
        assert!(matches!(page, Err(Error::NotFound)), "world {seed}: {:?}", retest.id);
    }
}
