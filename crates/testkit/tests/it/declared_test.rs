//! Tests made elsewhere: declared, corrected, withdrawn, imported; counted for all, named for few, priced for one's own.

use domain::declared_test::DeclaredTestKind;
use domain::ids::{DeclaredTestId, OrganisationId, ProductId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::role::Role;
use domain::time::DAY;
use domain::{Estimate, Tally, TestPhase};
use testkit::{Someone, TestApp, each_engine};
use use_cases::declared_test::{
    CorrectDeclaredTest, DeclareTestOf, ImportTests, ListDeclaredTestsOf, PreviewTests, ReadReportOf, TestDraft,
    ViewDeclaredTest, WithdrawDeclaredTest, store_report,
};
use use_cases::files::sweep;
use use_cases::organisation::Affiliate;
use use_cases::register::{AddProduct, AddVersion, AlreadyTested, TestOf, ViewProduct};
use use_cases::{Context, Error, Outcome, perform, read};

struct Town {
    commune: OrganisationId,
    officer: Someone,
    mayor: Someone,
    contact: Someone,
    product: ProductId,
    slug: String,
}

async fn town(app: &TestApp) -> Town {
    let commune = app.organisation(OrganisationKind::Commune, "Bourg-la-Tour").await;
    let vendor = app.organisation(OrganisationKind::Vendor, "Logiciels du Beffroi").await;
    let officer = app.person("Awa Diallo", Role::SecurityOfficer, commune).await;
    let mayor = app.person("Ana Maire", Role::Signatory, commune).await;
    let contact = app.person("Jean Vidal", Role::VendorContact, vendor).await;
    let add = AddProduct {
        vendor,
        name: "Guichet Famille".to_owned(),
        description: String::new(),
        purl: String::new(),
        cpe: String::new(),
    };
    let (product, slug) = perform(&contact.context(app), add).await.unwrap();
    let version = AddVersion {
        product,
        version: "4.2".to_owned(),
        released_on: String::new(),
        supported_until: String::new(),
    };
    perform(&contact.context(app), version).await.unwrap();
    Town {
        commune,
        officer,
        mayor,
        contact,
        product,
        slug,
    }
}

/// Gives the day so many days from now.
fn days_from_now(days: i64) -> String {
    let (year, month, day) = i18n::local_day(testkit::START.plus(days * DAY).0);
    format!("{year:04}-{month:02}-{day:02}")
}

fn draft(days: i64) -> TestDraft {
    TestDraft {
        version: None,
        kind: Some(DeclaredTestKind::Pentest),
        from: days_from_now(days),
        until: days_from_now(days + 4),
        cost: "12 500 €".to_owned(),
    }
}

impl Town {
    async fn declares(&self, app: &TestApp, days: i64) -> Outcome<DeclaredTestId> {
        declared(app, self.officer, self.commune, self.product, days).await
    }

    async fn seen(&self, context: &Context) -> AlreadyTested {
        read(context, ViewProduct(self.slug.clone())).await.unwrap().tested
    }

    fn import(&self, text: &str) -> ImportTests {
        ImportTests {
            organisation: self.commune,
            text: text.to_owned(),
        }
    }
}

async fn declared(
    app: &TestApp,
    by: Someone,
    organisation: OrganisationId,
    product: ProductId,
    days: i64,
) -> Outcome<DeclaredTestId> {
    let declare = DeclareTestOf {
        organisation,
        product,
        draft: draft(days),
        report: None,
        refused: Vec::new(),
    };
    perform(&by.context(app), declare).await
}

fn missing<T>(outcome: Outcome<T>) -> bool {
    matches!(outcome, Err(Error::NotFound))
}

fn fields<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|one| one.field).collect(),
        other => panic!("{other:?}"),
    }
}

/// Says how a reader knows the first test: `page`, a name, `months` or nothing.
fn first(seen: &AlreadyTested) -> &str {
    match seen.lines.first().map(|line| &line.of) {
        Some(TestOf::Organisation { page: Some(_), .. }) => "page",
        Some(TestOf::Organisation { name, .. }) => name,
        Some(TestOf::Unnamed) => "months",
        Some(TestOf::Campaign(_)) => "campaign",
        None => "",
    }
}

each_engine! {
    async fn a_test_is_declared_once_corrected_and_withdrawn(app: TestApp) {
        let town = town(&app).await;
        let officer = town.officer.context(&app);
        let empty = DeclareTestOf {
            organisation: town.commune,
            product: town.product,
            draft: TestDraft { cost: "cher".to_owned(), ..TestDraft::default() },
            report: None,
            refused: Vec::new(),
        };
        assert_eq!(fields(perform(&officer, empty).await), ["kind", "from", "until", "cost"], "all at once");
        let test = town.declares(&app, -60).await.unwrap();
        assert_eq!(fields(town.declares(&app, -60).await), ["from"], "the same one twice");
        for other in [town.mayor, town.contact] {
            assert!(missing(declared(&app, other, town.commune, town.product, -90).await));
        }
        let sheet = read(&officer, ViewDeclaredTest(test)).await.unwrap();
        assert_eq!((sheet.record.test.cost_cents, sheet.may_change), (Some(1_250_000), true));
        let read_only = read(&town.mayor.context(&app), ViewDeclaredTest(test)).await.unwrap();
        assert!(!read_only.may_change && read_only.record.test.cost_cents.is_some());
        assert!(missing(read(&town.contact.context(&app), ViewDeclaredTest(test)).await));

        let correct = CorrectDeclaredTest {
            test,
            revision: sheet.record.test.revision,
            draft: TestDraft { cost: String::new(), kind: Some(DeclaredTestKind::CodeReview), ..draft(-60) },
            report: None,
            refused: Vec::new(),
        };
        perform(&officer, correct.clone()).await.unwrap();
        assert!(matches!(perform(&officer, correct).await, Err(Error::Stale)));
        let sheet = read(&officer, ViewDeclaredTest(test)).await.unwrap();
        assert_eq!((sheet.record.test.kind, sheet.record.test.cost_cents), (DeclaredTestKind::CodeReview, None));
        assert_eq!(sheet.history.len(), 2);

        assert!(missing(perform(&town.mayor.context(&app), WithdrawDeclaredTest(test)).await));
        assert_eq!(town.seen(&officer).await.tally.declared, 1);
        perform(&officer, WithdrawDeclaredTest(test)).await.unwrap();
        assert_eq!(town.seen(&officer).await.tally.declared, 0);
        assert!(missing(read(&officer, ViewDeclaredTest(test)).await));
        town.declares(&app, -60).await.unwrap();
        app.settle().await;
    }

    async fn each_learns_of_a_declared_test_what_is_theirs(app: TestApp) {
        let town = town(&app).await;
        town.declares(&app, -60).await.unwrap();
        let other = app.organisation(OrganisationKind::Commune, "Val-d’Essai").await;
        let neighbour = app.person("Lou Martin", Role::SecurityOfficer, other).await;
        let group = app.organisation(OrganisationKind::Group, "Val-de-Tour").await;
        let organiser = app.person("Max Petit", Role::Organiser, group).await;
        let stranger = app.stranger("Paul Inconnu").await;
        for (who, expected) in [
            (town.officer, "page"),
            (town.mayor, "page"),
            (town.contact, "Bourg-la-Tour"),
            (neighbour, "months"),
            (organiser, "months"),
            (stranger, ""),
        ] {
            let seen = town.seen(&who.context(&app)).await;
            assert_eq!(first(&seen), expected);
            let expected = i64::from(!expected.is_empty());
            assert_eq!(seen.tally, Tally { counted: 0, declared: expected }, "figures obey the same rights");
        }
        let tie = Affiliate { organisation: town.commune, within: Some(group), kind: Some(AffiliationKind::Member) };
        perform(&app.system(authorization::SystemKind::Installer), tie).await.unwrap();
        assert_eq!(first(&town.seen(&organiser.context(&app)).await), "Bourg-la-Tour", "the group that answers for it");

        // Everybody learns once enough organisations declared, and of nothing that is to come.
        for number in 0..4 {
            let commune = app.organisation(OrganisationKind::Commune, &format!("Bourg {number}")).await;
            let officer = app.person(&format!("Awa {number}"), Role::SecurityOfficer, commune).await;
            assert!(town.seen(&app.nobody()).await.lines.is_empty(), "few would point at somebody");
            declared(&app, officer, commune, town.product, -30 - number).await.unwrap();
        }
        town.declares(&app, 20).await.unwrap();
        let seen = town.seen(&app.nobody()).await;
        assert_eq!((first(&seen), seen.lines.len(), seen.tally.declared), ("months", 5, 5));
        let told = |line: &use_cases::register::TestLine| {
            line.version.is_empty() && line.tested.version.is_none() && line.tested.from.day() == 1
        };
        assert!(seen.lines.iter().all(told), "months, and nothing that would point at somebody");
        assert_eq!(seen.lines.iter().filter(|line| line.tested.phase != TestPhase::Past).count(), 0);
        let cost_cents = app.settings.test_cost_cents;
        let repeated = Estimate::Repeated { made: 5, cost_cents, cents: 4 * cost_cents };
        assert_eq!(seen.estimate, Some(repeated));
        assert_eq!(town.seen(&neighbour.context(&app)).await.lines.len(), 6, "who could test it learns of what is intended");
        app.settle().await;
    }

    async fn a_report_is_sealed_and_its_organisations_alone(app: TestApp) {
        let town = town(&app).await;
        let officer = town.officer.context(&app);
        let pdf = b"%PDF-1.7\nrapport\n%%EOF".to_vec();
        assert!(missing(store_report(&town.contact.context(&app), town.commune, "r.pdf", pdf.clone()).await));
        let report = store_report(&officer, town.commune, "rapport.pdf", pdf.clone()).await.unwrap();
        let declare = DeclareTestOf {
            organisation: town.commune,
            product: town.product,
            draft: draft(-60),
            report: Some(report),
            refused: Vec::new(),
        };
        let test = perform(&officer, declare).await.unwrap();
        let group = app.organisation(OrganisationKind::Group, "Val-de-Tour").await;
        let organiser = app.person("Max Petit", Role::Organiser, group).await;
        assert!(missing(declared(&app, organiser, town.commune, town.product, -200).await));
        let tie = Affiliate { organisation: town.commune, within: Some(group), kind: Some(AffiliationKind::Delegated) };
        perform(&app.system(authorization::SystemKind::Installer), tie).await.unwrap();
        declared(&app, organiser, town.commune, town.product, -200).await.unwrap();

        let (leave, name) = read(&town.mayor.context(&app), ReadReportOf(test)).await.unwrap();
        assert_eq!((name.as_str(), use_cases::files::open_file(&app, &leave).await.unwrap()), ("rapport.pdf", pdf));
        for other in [organiser, town.contact] {
            assert!(missing(read(&other.context(&app), ReadReportOf(test)).await.map(|_| ())));
        }
        let sheet = read(&organiser.context(&app), ViewDeclaredTest(test)).await.unwrap();
        assert!(sheet.report.is_empty() && sheet.may_change, "administered, without the report");
        assert!(!sheet.may_replace_report);
        let other = b"%PDF-1.7\nautre\n%%EOF".to_vec();
        let another = |revision, report| CorrectDeclaredTest { test, revision, draft: draft(-60), report, refused: Vec::new() };
        let theirs = store_report(&organiser.context(&app), town.commune, "autre.pdf", other.clone()).await.unwrap();
        let refused = perform(&organiser.context(&app), another(1, Some(theirs))).await;
        assert_eq!(fields(refused), ["report"], "nobody replaces what they may not read");
        perform(&organiser.context(&app), another(1, None)).await.unwrap();

        // A report that was replaced or withdrawn is nobody's any more.
        let next = store_report(&officer, town.commune, "autre.pdf", other).await.unwrap();
        perform(&officer, another(2, Some(next))).await.unwrap();
        app.clock.advance(2 * DAY);
        assert_eq!(sweep(&app).await.unwrap(), 2, "the first, and the one that was refused");
        perform(&officer, WithdrawDeclaredTest(test)).await.unwrap();
        assert_eq!(sweep(&app).await.unwrap(), 1);
        app.settle().await;
    }

    async fn a_file_is_imported_whole_and_once(app: TestApp) {
        let town = town(&app).await;
        let officer = town.officer.context(&app);
        let days = [-300, -200, -100, 30].map(days_from_now);
        let head = "application;version;methode;debut;fin;cout\n";
        let good = format!("{head}Guichet famille;4.2;pentest;{};;9000\n{};;bug bounty;{};;\n", days[0], town.slug, days[1]);
        let wrong = format!("{good}Inconnue;;pentest;hier;;cher\n");
        let preview = PreviewTests { organisation: town.commune, text: wrong.clone() };
        let preview = read(&officer, preview).await.unwrap();
        assert_eq!((preview.lines.len(), preview.errors.len()), (2, 3), "{:?}", preview.errors);
        assert!(preview.errors.iter().all(|error| error.line == 4));
        assert_eq!(fields(perform(&officer, town.import(&wrong)).await), ["file"]);
        let list = || ListDeclaredTestsOf { organisation: town.commune, after: None };
        assert!(read(&officer, list()).await.unwrap().tests.is_empty(), "nothing by halves");

        assert_eq!(perform(&officer, town.import(&good)).await.unwrap(), 2);
        let more = format!("{good}{};;pentest;{};;\n{};;pentest;{};;\n", town.slug, days[2], town.slug, days[3]);
        assert_eq!(perform(&officer, town.import(&more)).await.unwrap(), 2, "the two are known");
        assert_eq!(perform(&officer, town.import(&more)).await.unwrap(), 0, "again adds nothing");
        let page = read(&officer, list()).await.unwrap();
        assert_eq!(page.tests.len(), 4);
        assert_eq!(page.tests[3].0.version_name, "4.2");
        let next = ListDeclaredTestsOf { organisation: town.commune, after: Some(page.tests[1].0.test.id) };
        assert_eq!(read(&officer, next).await.unwrap().tests.len(), 2);
        let seen = town.seen(&officer).await;
        assert_eq!((seen.tally.declared, seen.duplicate), (3, true));
        assert!(missing(perform(&town.contact.context(&app), town.import(&good)).await));
        app.settle().await;
    }
}
