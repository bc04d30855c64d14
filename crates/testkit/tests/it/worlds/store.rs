//! Keeps a drawn world, sealed as the product seals it.

use super::model::{CampaignOf, DeploymentOf, Flaw, ReportOf, World};
use super::rows::{a_product, a_programme, a_record, a_report};
use authorization::{Acting, SystemKind};
use domain::campaign::{Campaign, CampaignKind};
use domain::deployment::{Deployment, DeploymentState};
use domain::ids::{ParticipantId, PartyId, PersonId};
use domain::party::{Participant, Party, PartyKind, PersonPart};
use domain::role::{GrantScope, Role};
use domain::time::Window;
use serde_json::json;
use std::sync::Arc;
use testkit::START;
use use_cases::ports::{CampaignDraftRow, CampaignPerson, EvidenceRow, LayerRow, LinkRow, NamedRow};
use use_cases::search::Text;
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::vulnerability::Layer;
use use_cases::{Outcome, Unit, UseCase};

/// Keeps a whole world in one transaction.
pub struct Keep(pub Arc<World>);

impl UseCase for Keep {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let (world, long_ago) = (&*self.0, START.plus_days(-30));
        for reader in &world.readers {
            for grant in &reader.grants {
                unit.store.insert_grant(grant, None).await?;
            }
        }
        for programme in &world.programmes {
            unit.store.insert_programme(&a_programme(programme), long_ago).await?;
            for (organisation, from, until) in &programme.members {
                let id = unit.fresh_id();
                unit.store
                    .insert_member(id, programme.id, *organisation, *from, *until)
                    .await?;
                let somebody = PersonId(unit.fresh_id());
                unit.store.accept_member(id, programme.id, somebody, *from).await?;
            }
        }
        for (n, (product, vendor)) in world.products.iter().enumerate() {
            unit.store
                .insert_product(&a_product(n, *product, *vendor), long_ago)
                .await?;
        }
        for campaign in &world.campaigns {
            keep_campaign(unit, world, campaign).await?;
        }
        super::deployments::keep_affiliations(unit, world).await?;
        for deployment in &world.deployments {
            keep_deployment(unit, deployment).await?;
        }
        super::authorisations::keep_authorisations(unit, world).await?;
        for (number, flaw) in (1..).zip(&world.flaws) {
            keep_flaw(unit, world, flaw, number).await?;
        }
        super::retests::keep_retests(unit, world).await?;
        for (number, report) in (1..).zip(&world.reports) {
            keep_report(unit, world, report, number).await?;
        }
        for deployment in &world.deployments {
            let acting = Acting::System(SystemKind::Clock);
            use_cases::sharing::deployment_changed(unit, &acting, deployment.organisation, deployment.product).await?;
        }
        Ok(())
    }
}

async fn keep_campaign(unit: &mut Unit, world: &World, campaign: &CampaignOf) -> Outcome<()> {
    let draft = CampaignDraftRow {
        campaign: Campaign {
            id: campaign.id,
            programme: campaign.programme,
            kind: CampaignKind::BugBounty,
            name: "Campagne".to_owned(),
            state: campaign.state,
            window: Window {
                opens_at: START.plus_days(-10),
                closes_at: campaign.closes_at,
            },
            rules: None,
            restitution_shared: campaign.shared,
            suspended_at: None,
            revision: 1,
        },
        call: None,
        summary: String::new(),
        prohibitions: String::new(),
        stop_contact: String::new(),
        recording_days: 180,
    };
    let long_ago = START.plus_days(-25);
    unit.store.insert_campaign(&draft, None, long_ago).await?;
    unit.store
        .set_campaign_state(campaign.id, campaign.state, None, None)
        .await?;
    for (product, _) in &world.products {
        unit.store
            .set_campaign_product(campaign.id, *product, None, &[])
            .await?;
    }
    for (organisation, left) in &campaign.operators {
        let id = PartyId(unit.fresh_id());
        let party = Party {
            id,
            campaign: campaign.id,
            organisation: *organisation,
            kind: PartyKind::Operator,
            committed_at: None,
            from: long_ago,
            until: None,
        };
        unit.store.insert_party(&party).await?;
        if *left {
            unit.store.end_party(id, START.plus_days(-1)).await?;
        }
    }
    keep_people(unit, world, campaign).await
}

async fn keep_people(unit: &mut Unit, world: &World, campaign: &CampaignOf) -> Outcome<()> {
    let grants = world.readers.iter().flat_map(|reader| &reader.grants);
    for grant in grants.filter(|grant| grant.scope == GrantScope::Campaign(campaign.id)) {
        let part = match grant.role {
            Role::Pilot => PersonPart::Pilot,
            Role::Hunter => PersonPart::Hunter,
            Role::Verifier => PersonPart::Verifier,
            _ => PersonPart::Observer,
        };
        let person = CampaignPerson {
            participant: Participant {
                id: ParticipantId(unit.fresh_id()),
                campaign: campaign.id,
                person: grant.person,
                part,
                from: START.plus_days(-20),
                until: None,
                suspended_at: None,
            },
            organisation: grant.organisation,
            grant: grant.id,
            suspension: None,
        };
        unit.store.insert_participant(&person).await?;
    }
    Ok(())
}

async fn keep_deployment(unit: &mut Unit, run: &DeploymentOf) -> Outcome<()> {
    let ended = run.state == DeploymentState::Ended;
    let deployment = Deployment {
        id: run.id,
        organisation: run.organisation,
        product: run.product,
        label: run.id.to_string(),
        version: None,
        host: run.host,
        state: if ended { DeploymentState::Confirmed } else { run.state },
        from: START.plus_days(-15),
        until: None,
        confirmed_by: None,
        revision: 1,
    };
    unit.store
        .insert_deployment(&deployment, None, START.plus_days(-15))
        .await?;
    if run.refused {
        let at = place("deployment", "refusal_sealed", run.id.0);
        let holder = KeyHolder::Organisation(run.organisation);
        let reason = unit.seal(holder, at, b"Inconnu").await?;
        unit.store
            .refuse_deployment(run.id, 1, &reason, START.plus_days(-2))
            .await?;
    }
    if ended {
        unit.store.end_deployment(run.id, 1, START.plus_days(-1)).await?;
    }
    Ok(())
}

async fn keep_flaw(unit: &mut Unit, world: &World, flaw: &Flaw, number: i64) -> Outcome<()> {
    unit.store.insert_vulnerability(&a_record(world, flaw, number)).await?;
    let holder = KeyHolder::Vulnerability(flaw.id);
    for person in &flaw.named {
        let id = unit.fresh_id();
        let at = place("vulnerability_named", "reason_sealed", id);
        let row = NamedRow {
            id,
            vulnerability: flaw.id,
            person: *person,
            reason: unit.seal(holder, at, b"Raison").await?,
            by: *person,
            at: START,
            until: None,
        };
        unit.store.insert_named(&row).await?;
    }
    for product in &flaw.linked {
        let id = unit.fresh_id();
        let at = |column| place("vulnerability_product", column, id);
        let row = LinkRow {
            id,
            vulnerability: flaw.id,
            product: *product,
            product_name: String::new(),
            vendor: world.organisations[0],
            vendor_name: String::new(),
            ranges: unit.seal(holder, at("ranges_sealed"), b"1.0").await?,
            reason: unit.seal(holder, at("reason_sealed"), b"Raison").await?,
            by: PersonId(id),
            at: START,
        };
        unit.store.insert_link(&row).await?;
    }
    for layer in Layer::ALL {
        let id = unit.fresh_id();
        let at = place("vulnerability_text", "text_sealed", id);
        let row = LayerRow {
            id,
            layer: layer.code().to_owned(),
            language: "fr".to_owned(),
            text_sealed: unit.seal(holder, at, layer.code().as_bytes()).await?,
            updated_at: START,
        };
        unit.store.set_layer(flaw.id, &row).await?;
    }
    unit.read_for_search(Text::Vulnerability(flaw.id));
    Ok(())
}

async fn keep_report(unit: &mut Unit, world: &World, report: &ReportOf, number: i64) -> Outcome<()> {
    let mut record = a_report(report, number);
    let holder = KeyHolder::Campaign(report.campaign);
    let text = json!({"steps": "1", "impact": "2", "proof": "3"}).to_string();
    record.title = unit
        .seal(holder, place("report", "title_sealed", report.id.0), b"Titre")
        .await?;
    record.contents = unit
        .seal(holder, place("report", "contents_sealed", report.id.0), text.as_bytes())
        .await?;
    unit.store.insert_report(&record).await?;
    unit.store.save_report(&record, 1).await?;
    let Some(flaw) = world.flaws.iter().find(|flaw| Some(flaw.id) == report.flaw) else {
        return Ok(());
    };
    let id = unit.fresh_id();
    let at = place("vulnerability_evidence", "contents_sealed", id);
    let contents = json!({"title": "1", "details": "2", "exploit": "3"}).to_string();
    let row = EvidenceRow {
        id,
        report: report.id,
        campaign: report.campaign,
        reporter: report.by.id,
        contents_sealed: unit
            .seal(KeyHolder::Vulnerability(flaw.id), at, contents.as_bytes())
            .await?,
        at: START,
    };
    Ok(unit.store.insert_evidence(flaw.id, &row).await?)
}
