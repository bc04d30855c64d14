//! What was touched of a campaign's targets, looked at: drawn, listed, narrowed, of few, of nobody.

use super::pages::enter;
use domain::Date;
use domain::coverage::{Coverage, Touch, endpoint};
use domain::ids::{CampaignId, TargetId};
use domain::target::{Sharing, TargetEngine};
use testkit::TestApp;
use testkit::browser::Browser;
use use_cases::ports::{CoverageRow, TargetCoverageRow};
use use_cases::target::{DeclareTarget, ViewTargets};
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::{Outcome, Unit, UseCase, perform, read};

const PATHS: [&str; 24] = [
    "/",
    "/connexion",
    "/deconnexion",
    "/actes",
    "/actes/12",
    "/actes/12/pieces/3.pdf",
    "/demarches",
    "/demarches/etat-civil",
    "/demarches/etat-civil/naissance",
    "/demarches/urbanisme/permis-2026-114",
    "/familles/7",
    "/familles/7/enfants/2",
    "/api/v1/usagers",
    "/api/v1/usagers/jean@mairie.example",
    "/api/v1/jetons/eyJhbGciOiJIUzI1NiJ9",
    "/api/v2/recherche",
    "/agenda/2026-11-23",
    "/paiement/factures/01234567-89ab-cdef-0123-456789abcdef",
    "/statique/app.3f2a9c.js",
    "/statique/style.css",
    "/administration",
    "/administration/comptes",
    "/.env",
    "/sauvegarde.zip",
];

/// What `hunters` people touched in three weeks, each trying a little more every day.
fn counted(hunters: u64) -> Coverage {
    let mut coverage = Coverage::default();
    for day in 2..23u8 {
        for hunter in 0..hunters {
            if (u64::from(day) * 7 + hunter * 5) % 4 > 1 {
                continue;
            }
            let reach = (usize::from(day) + usize::try_from(hunter).unwrap()).min(PATHS.len());
            for (turn, path) in PATHS[..reach].iter().enumerate() {
                let odd = (turn + usize::from(day)) % 5;
                let touch = Touch {
                    endpoint: endpoint(if odd == 0 { "POST" } else { "GET" }, path),
                    hunter: hunter.wrapping_mul(0x9e37_79b9_7f4a_7c15),
                    day: Date::new(2026, 11, day).unwrap(),
                    status: Some(if odd == 1 { 404 } else { 200 }),
                };
                (0..=odd).for_each(|_| coverage.count(&touch, 30));
            }
        }
    }
    coverage
}

struct Seed(CampaignId, TargetId, Coverage);

impl UseCase for Seed {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let holder = KeyHolder::Campaign(self.0);
        let plain = serde_json::to_vec(&self.2).unwrap();
        let at = place("target_coverage", "counted_sealed", self.1.0);
        let row = TargetCoverageRow {
            target: self.1,
            campaign: self.0,
            counted: unit.seal(holder, at, &plain).await?,
        };
        unit.store.keep_target_coverage(&row).await?;
        let row = CoverageRow {
            campaign: self.0,
            sequence: -1,
            unread: 0,
            under_way: Vec::new(),
            counted_at: unit.now,
        };
        unit.store.advance_coverage(&row, -1).await?;
        Ok(())
    }
}

#[test]
fn what_was_touched_is_drawn_and_listed() {
    testkit::run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let organiser = told.cast.organisers[0].context(&app);
        for (name, paths) in [
            (
                "Recette du transport",
                "/demarches\n/paiement\n/messagerie\n/ged/depots",
            ),
            ("Préproduction", ""),
        ] {
            let declare = DeclareTarget {
                campaign: told.next_campaign,
                product: Some(told.products[1]),
                engine: TargetEngine::External,
                sharing: Sharing::Shared,
                recipe: String::new(),
                name: name.to_owned(),
                url: "https://recette.example".to_owned(),
                public_host: String::new(),
                methods: String::new(),
                paths: paths.to_owned(),
                excluded: String::new(),
                certified: true,
                warned: Vec::new(),
            };
            perform(&organiser, declare).await.unwrap();
        }
        let targets = read(&organiser, ViewTargets(told.next_campaign)).await.unwrap().targets;
        for (target, hunters) in targets.iter().zip([9, 2]) {
            let seed = Seed(told.next_campaign, target.id, counted(hunters));
            perform(&organiser, seed).await.unwrap();
        }
        let site = app.serve().await;
        let browser = Browser::start("coverage").await;
        enter(&browser, &site, &told.cast.organisers[0]).await;
        browser
            .open(&format!("{site}/campagnes/{}/cibles", told.next_campaign))
            .await;
        browser.press("Couverture des cibles").await;
        browser.shows("Points d’entrée touchés").await;
        browser
            .shows("3 chemins que nomme le périmètre ne sont pas parmi")
            .await;
        browser.shows("Ils sont peut-être parmi").await;
        browser.look("coverage").await;
        browser.press("Voir le tableau").await;
        browser.look("coverage-table").await;
        browser.fill("chemin", "usagers").await;
        browser.press("Filtrer").await;
        browser.shows("/api/v1/usagers/{email}").await;
        browser.look("coverage-narrowed").await;
        browser.press("Tout afficher").await;
        browser.press("Préproduction").await;
        browser.shows("Moins de 3 chasseurs sont passés par cette cible").await;
        browser.look("coverage-few").await;
        browser.open(&format!("{site}/campagnes/{}", told.campaign)).await;
        browser.press("Couverture des cibles").await;
        browser.shows("Rien n’a encore été touché").await;
        browser.look("coverage-empty").await;
        browser.end().await;
    });
}
