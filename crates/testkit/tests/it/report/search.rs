//! The search box finds what its reader may read, and nothing else has a part in its answers.

use super::alike::{OTHERS, TOLD, node, told};
use super::world::World;
use super::*;
use domain::search::Part;
use story::Told;
use use_cases::Context;
use use_cases::organisation::EndGrant;
use use_cases::search::{Results, Search};
use use_cases::vulnerability::{Layer, ViewVulnerability};

async fn search(context: &Context, text: &str) -> Results {
    let search = Search {
        text: text.to_owned(),
        part: None,
        product: None,
    };
    read(context, search).await.unwrap()
}

/// Gives the titles of the reports and vulnerabilities that somebody finds.
async fn titles(context: &Context, text: &str) -> Vec<String> {
    let found = search(context, text).await;
    let reports = found.reports.lines.into_iter().map(|line| line.title);
    reports
        .chain(found.vulnerabilities.lines.into_iter().map(|line| line.title))
        .collect()
}

/// Ends every right of somebody.
async fn end_all(app: &TestApp, administrator: Someone, who: Someone) {
    let now = app.app.clock.now();
    let grants = app.store.snapshot().await.unwrap().grants(who.id, now).await.unwrap();
    for grant in grants {
        perform(&administrator.context(app), EndGrant(grant.id)).await.unwrap();
    }
}

each_engine! {
    async fn each_finds_what_they_read_and_nobody_else_does(app: TestApp) {
        let world = World::open(&app).await;
        for (other, cwe) in OTHERS.into_iter().zip(["CWE-613", "CWE-79"]) {
            told(&app, &world, other, cwe).await;
        }
        told(&app, &world, TOLD[0], "CWE-89").await;
        let beside = world.beside(&app).await;
        let stranger = app.stranger("Sam Neuf").await;
        for reader in [world.verifier, world.second, world.organiser, world.hunter] {
            let context = reader.context(&app);
            assert_eq!(titles(&context, "nom_usager").await, [TOLD[0].0], "by a name");
            assert_eq!(titles(&context, "USAGERS injections").await, [TOLD[0].0], "by other forms of its words");
            assert_eq!(titles(&context, "déconnexion").await, [OTHERS[0].0]);
            assert!(titles(&context, "chaudière").await.is_empty());
        }
        for reader in [world.rival, world.observer, world.vendor, beside.hunter, beside.verifier, stranger] {
            let alone = node(&app, reader, 1 << 20);
            assert!(titles(&alone, "nom_usager").await.is_empty());
            assert_eq!(alone.app.search.len(), 0, "nothing was opened for them");
        }
        let alone = node(&app, world.hunter, 1 << 20);
        assert_eq!(titles(&alone, "nom_usager").await.len(), 1);
        assert_eq!(alone.app.search.len(), 0, "of the campaign, a hunter's own reports alone are opened");
        told(&app, &beside, TOLD[1], "CWE-89").await;
        assert_eq!(titles(&beside.verifier.context(&app), "concatenated").await, [TOLD[1].0]);
        assert!(titles(&world.verifier.context(&app), "concatenated").await.is_empty());
        assert_eq!(titles(&world.organiser.context(&app), "concatenated").await, [TOLD[1].0], "both campaigns are theirs");
    }

    async fn a_vulnerability_is_found_by_whom_it_is_told_and_follows_its_texts(app: TestApp) {
        let world = World::open(&app).await;
        let report = told(&app, &world, TOLD[0], "CWE-89").await;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        let flaw = perform(&verifier, verified(report)).await.unwrap();
        let found = search(&verifier, "nom_usager").await;
        assert_eq!(found.vulnerabilities.lines[0].record.vulnerability.id, flaw);
        let vendor = world.vendor.context(&app);
        assert!(titles(&vendor, "nom_usager").await.is_empty(), "it was not told yet");
        perform(&verifier, use_cases::vulnerability::NotifyVendor(flaw)).await.unwrap();
        assert_eq!(titles(&vendor, "nom_usager").await, [TOLD[0].0]);
        for reader in [world.observer, world.rival, world.hunter] {
            assert!(search(&reader.context(&app), "nom_usager").await.vulnerabilities.lines.is_empty());
        }
        let product = found.vulnerabilities.lines[0].record.vulnerability.product;
        let within = |product| Search { text: "nom_usager".to_owned(), part: Some(Part::Vulnerabilities), product };
        assert_eq!(read(&vendor, within(Some(product))).await.unwrap().vulnerabilities.lines.len(), 1);
        let other = domain::ids::ProductId(uuid::Uuid::from_u128(7));
        assert!(read(&vendor, within(Some(other))).await.unwrap().vulnerabilities.lines.is_empty());
    }

    async fn a_right_that_ended_finds_nothing_more(app: TestApp) {
        let world = World::open(&app).await;
        told(&app, &world, TOLD[0], "CWE-89").await;
        let administrator = app.person("Anne Administre", Role::Administrator, world.owner).await;
        for reader in [world.verifier, world.hunter, world.organiser] {
            let context = reader.context(&app);
            assert_eq!(titles(&context, "nom_usager").await.len(), 1);
            end_all(&app, administrator, reader).await;
            assert!(titles(&context, "nom_usager").await.is_empty());
            let alone = node(&app, reader, 1 << 20);
            assert!(titles(&alone, "nom_usager").await.is_empty());
            assert_eq!(alone.app.search.len(), 0);
        }
    }

    async fn names_are_found_by_their_beginnings_and_a_bad_search_says_why(app: TestApp) {
        let world = World::open(&app).await;
        let verifier = world.verifier.context(&app);
        let found = search(&verifier, "guich").await;
        assert_eq!(found.products.lines[0].product.name, "Guichet");
        let found = search(&world.organiser.context(&app), "campag").await;
        assert_eq!(found.campaigns.lines[0].name, "Campagne");
        assert!(search(&world.rival.context(&app), "campagne").await.campaigns.lines.len() == 1);
        assert!(search(&app.stranger("Sam Neuf").await.context(&app), "campagne").await.campaigns.lines.is_empty());
        assert_eq!(search(&verifier, "métrop").await.organisations.lines[0].name, "Métropole");
        for (text, message) in [(" ?! ", "error-search-says-nothing"), ("é".repeat(201).as_str(), "error-too-long")] {
            let asked = Search { text: text.to_owned(), part: None, product: None };
            match read(&verifier, asked).await {
                Err(Error::Invalid(fields)) => assert_eq!((fields[0].field.as_str(), fields[0].message), ("q", message)),
                other => panic!("{text}: {other:?}"),
            }
        }
        let nobody = Search { text: "guichet".to_owned(), part: None, product: None };
        assert!(matches!(read(&app.nobody(), nobody).await, Err(Error::SignInFirst)));
    }
}

/// Says of each report and vulnerability of the story whether somebody finds it by its title.
async fn agrees(context: &Context, told: &Told, known: &[(ReportId, String)], name: &str) {
    for (id, title) in known {
        let reads = match read(context, ViewReport(*id)).await {
            Ok(view) => !view.outline && view.title == *title,
            Err(_) => false,
        };
        let search = Search {
            text: title.clone(),
            part: Some(Part::Reports),
            product: None,
        };
        let found = read(context, search).await.unwrap().reports.lines;
        let finds = found.iter().any(|line| line.id == *id);
        // A vendor reads a report from the vulnerability that it was told of, and searches that one.
        let vendor = context.who == told.cast.vendor_contact.context(&context.app).who;
        assert_eq!(finds, reads && !vendor, "{name} and the report « {title} »");
    }
}

#[test]
fn everybody_of_the_story_finds_what_they_may_read() {
    testkit::run(async {
        let mut app = TestApp::sqlite().await;
        let told = app.told().await;
        let cast = &told.cast;
        let organiser = cast.organisers[0].context(&app);
        let mut known = Vec::new();
        for (id, _) in &told.reports {
            if let Ok(view) = read(&organiser, ViewReport(*id)).await {
                known.push((*id, view.title.clone()));
            }
        }
        assert!(known.len() > 5, "{known:?}");
        let mut titled = Vec::new();
        for id in &told.vulnerabilities {
            let view = read(&organiser, ViewVulnerability(*id)).await.unwrap();
            let title = view.texts.into_iter().find(|((layer, _), _)| *layer == Layer::Title);
            titled.push((*id, title.unwrap().1));
        }
        let people = [
            ("organiser", &cast.organisers[0]),
            ("officer and pilot", &cast.towns[0].officer),
            ("other officer", &cast.towns[8].officer),
            ("signatory", &cast.mayor),
            ("vendor", &cast.vendor_contact),
            ("supervisor", &cast.supervisor),
            ("verifier", &cast.verifiers[1]),
            ("observer", &cast.observer),
            ("hunter", &told.students[0]),
            ("other hunter", &told.students[1]),
            ("administrator", &cast.administrator),
        ];
        for (name, part) in people {
            let context = part.context(&app);
            agrees(&context, &told, &known, name).await;
            for (id, title) in &titled {
                let reads = read(&context, ViewVulnerability(*id)).await;
                let reads = reads.is_ok_and(|view| view.texts.keys().any(|(layer, _)| *layer == Layer::Title));
                let found = search(&context, title).await.vulnerabilities.lines;
                let finds = found.iter().any(|line| line.record.vulnerability.id == *id);
                assert_eq!(finds, reads, "{name} and « {title} »");
            }
        }
    });
}
