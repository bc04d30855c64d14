//! What it costs to tell 5,000 deployers of a vulnerability.

use crate::fill::{self, Persona, someone};
use crate::row;
use crate::rows::{Rows, Written};
use crate::size::{DAY, Kind, NOW, id, organisation};
use domain::ids::VulnerabilityId;
use domain::organisation::{OrganisationKind, name_sort};
use domain::role::Role;
use domain::sharing::Phase;
use std::time::{Duration, Instant};
use testkit::TestApp;
use use_cases::perform;
use use_cases::sharing::{AskOpinion, GiveOpinion, MovePhase};
use uuid::Uuid;

/// Organisations that run the product beside those of the block.
const DEPLOYERS: u64 = 5_000;
/// What the transaction that shares it may take.
const LIMIT: Duration = Duration::from_secs(1);

/// Adds organisations that run the first product, each with a security officer.
async fn deployers(app: &TestApp) -> Written<()> {
    let mut rows = Rows::open(app).await?;
    let since = NOW - 200 * DAY;
    for n in 0..DEPLOYERS {
        let town = organisation(900, n);
        let name = format!("Commune {n}");
        let sort = name_sort(&name);
        let kind = OrganisationKind::Commune.code();
        let into = "organisation (id, kind, name, name_sort, listed, fictional, revision, created_at)";
        rows.add(into, row![town, kind, name, sort, false, true, 1_i64, since])
            .await?;
        let product = id(Kind::Product, 0, 0);
        let deployment = id(Kind::Deployment, 900, n);
        let into = "deployment (id, organisation_id, product_id, label, state, from_at, confirmed_at, confirmed_as, \
                    revision, created_at)";
        let row = row![
            deployment,
            town,
            product,
            "",
            "confirmed",
            since,
            since,
            "vendor",
            1_i64,
            since
        ];
        rows.add(into, row).await?;
        let grant = id(Kind::Grant, 900, n);
        let officer = Persona::Officer.person(0);
        let role = Role::SecurityOfficer.code();
        let into = "role_grant (id, person_id, organisation_id, role, scope_kind, scope_id, from_at, created_at)";
        rows.add(
            into,
            row![grant, officer, town, role, "organisation", Uuid::nil(), since, since],
        )
        .await?;
    }
    rows.finish().await?;
    Ok(())
}

/// Shares a vulnerability with all of them, and says whether the limit was passed.
pub async fn run(app: TestApp) -> bool {
    let engine = app.store.engine_name();
    eprintln!("{engine}: one block, then {DEPLOYERS} organisations that run one product");
    fill::fill(&app, 1).await.expect("the instance can be filled");
    deployers(&app).await.expect("organisations can be added");
    let organiser = someone(Persona::Organiser.person(0)).context(&app);
    // The last of the product's vulnerabilities is fixed and told to nobody yet.
    let vulnerability = VulnerabilityId(id(Kind::Vulnerability, 0, 9));
    perform(&organiser, AskOpinion { vulnerability })
        .await
        .expect("its vendor is asked");
    let opinion = GiveOpinion {
        vulnerability,
        favourable: Some(true),
        reason: String::new(),
        allows_details: false,
    };
    let vendor = someone(Persona::Vendor.person(0)).context(&app);
    perform(&vendor, opinion).await.expect("its vendor agrees");
    app.run_jobs().await;
    let share = MovePhase {
        vulnerability,
        to: Phase::Alert,
        reason: String::new(),
    };
    let begun = Instant::now();
    perform(&organiser, share).await.expect("it can be shared");
    let transaction = begun.elapsed();
    let begun = Instant::now();
    let jobs = app.run_jobs().await;
    let told = begun.elapsed();
    let over = transaction > LIMIT;
    println!(
        "{engine}: {:.1} ms to share it (limit {} ms), then {:.1} s for the queue: {jobs} jobs {}",
        transaction.as_secs_f64() * 1000.0,
        LIMIT.as_millis(),
        told.as_secs_f64(),
        if over { "over the limit" } else { "" }
    );
    over
}
