//! Leaving a product, a programme or a role ends what came with it at once, on every page, file and feed.

use crate::concern::enter;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use domain::role::GrantScope;
use story::Told;
use testkit::{TestApp, run};
use tower::ServiceExt;
use use_cases::embedding::MakeMemberLink;
use use_cases::organisation::EndGrant;
use use_cases::programme::{EndMember, ViewMembers};
use use_cases::register::EndDeployment;
use use_cases::{perform, read};
use uuid::Uuid;

/// What somebody leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaves {
    Nothing,
    Product,
    Programme,
    Role,
}

/// What a page gives: it is there and tells of the vulnerability, it is there, it is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gives {
    Told,
    There,
    Nothing,
}

async fn leave(app: &TestApp, told: &Told, what: Leaves) {
    let (town, slug) = (&told.cast.towns[0], told.slug.to_owned());
    let (administrator, organiser) = (
        told.cast.administrator.context(app),
        told.cast.organisers[0].context(app),
    );
    match what {
        Leaves::Nothing => {}
        Leaves::Product => {
            let runs = app.store.snapshot().await.unwrap().run_by(town.id).await.unwrap();
            for run in runs {
                perform(&town.officer.context(app), EndDeployment(run.id))
                    .await
                    .unwrap();
            }
        }
        Leaves::Programme => {
            let view = ViewMembers {
                slug: slug.clone(),
                search: String::new(),
            };
            let members = read(&organiser, view).await.unwrap().members;
            let member = members
                .iter()
                .find(|member| member.organisation.id == town.id)
                .unwrap()
                .id;
            perform(&organiser, EndMember { slug, member }).await.unwrap();
        }
        Leaves::Role => {
            let person = town.officer.person;
            let grants = app
                .store
                .snapshot()
                .await
                .unwrap()
                .grants(person, app.app.clock.now())
                .await
                .unwrap();
            for grant in grants.iter().filter(|grant| grant.scope == GrantScope::Organisation) {
                perform(&administrator, EndGrant(grant.id)).await.unwrap();
            }
        }
    }
}

async fn gives(app: &TestApp, path: &str, token: &str, mark: &str) -> Gives {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::COOKIE, format!("beffroi_session={token}"))
        .body(Body::empty())
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    match (status.as_u16(), text.contains(mark)) {
        (200, true) => Gives::Told,
        (200, false) => Gives::There,
        (404, false) => Gives::Nothing,
        (status, _) => panic!("{path} answers {status}: {text}"),
    }
}

#[test]
fn who_leaves_reads_nothing_more_at_once() {
    run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let (town, slug) = (&told.cast.towns[0], told.slug);
        let flaw: Uuid = told.vulnerabilities[3].0;
        let link = MakeMemberLink {
            slug: slug.to_owned(),
            organisation: Some(town.id),
            days: Some(7),
        };
        let pass = perform(&town.officer.context(&app), link).await.unwrap().secret;
        let own = format!("/organisations/{}/situations", town.id);
        let flaw = flaw.to_string();
        use Gives::{Nothing, There, Told};
        // The page, what of it tells that something is told, and what it gives after each leaving:
        // nothing, the product, the programme, the role.
        let pages = [
            (own.clone(), flaw.as_str(), [Told, There, Told, Nothing]),
            (format!("{own}.csv"), "Guichet", [Told, There, Told, Nothing]),
            (format!("{own}/{flaw}"), "Guichet", [Told, Nothing, Told, Nothing]),
            (
                format!("/programmes/{slug}/membres"),
                "Guichet",
                [Told, Told, Nothing, Nothing],
            ),
            (
                format!("/programmes/{slug}/integration"),
                "Accès ouverts",
                [Told, Told, Nothing, Nothing],
            ),
            (
                format!("/programmes/{slug}/membres/integration/{pass}"),
                "Guichet",
                [Told, Told, Nothing, Nothing],
            ),
            (
                format!("/programmes/{slug}/membres/json/{pass}"),
                "Guichet",
                [Told, Told, Nothing, Nothing],
            ),
            (
                format!("/programmes/{slug}/membres/atom/{pass}"),
                "Guichet",
                [Told, Told, Nothing, Nothing],
            ),
            (
                format!("/programmes/{slug}/public.json"),
                "Guichet",
                [Told, Told, Told, Told],
            ),
        ];
        let leavings = [Leaves::Nothing, Leaves::Product, Leaves::Programme, Leaves::Role];
        for (index, leaving) in leavings.into_iter().enumerate() {
            let after = app.copied().await;
            let token = enter(&after, town.officer.person).await;
            leave(&after, &told, leaving).await;
            for (path, mark, expected) in &pages {
                let found = gives(&after, path, &token, mark).await;
                assert_eq!(found, expected[index], "{path} after leaving: {leaving:?}");
            }
        }
    });
}
