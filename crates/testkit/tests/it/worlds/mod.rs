//! Small random worlds: every list shows what single readings allow, and both what
//! `product.md` §5.1 says; no order of events gives two ranks.
//!
//! `BEFFROI_WORLDS` says how many worlds are drawn on each engine, `BEFFROI_SEED` from which on.

mod authorisations;
mod candidacies;
mod candidacy_checks;
mod deployments;
mod dice;
mod draw;
mod model;
mod oracle;
mod others;
mod retests;
mod rows;
mod store;

use dice::Dice;
use domain::disclosure::Disclosure;
use domain::ids::VulnerabilityId;
use domain::role::{GrantScope, Role};
use domain::search::Part;
use model::{Flaw, KINDS, Reader, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use testkit::{START, TestApp, each_engine};
use use_cases::ports::VulnerabilityFilter;
use use_cases::search::Search;
use use_cases::sharing::{ViewMembersPage, ViewPublicPage, ViewSituation};
use use_cases::vulnerability::{Layer, ListVulnerabilities, ViewVulnerability};
use use_cases::{Context, Error, perform, read};

/// Gives a number from the environment.
pub fn from_environment(name: &str, usual: u64) -> u64 {
    std::env::var_os(name)
        .and_then(|value| value.to_str()?.parse().ok())
        .unwrap_or(usual)
}

/// Gives a fresh instance on the same engine.
pub async fn another(app: &TestApp) -> TestApp {
    if app.store.engine_name() == "SQLite" {
        TestApp::sqlite().await
    } else {
        TestApp::postgres().await
    }
}

impl World {
    async fn build(app: &TestApp, seed: u64) -> Arc<Self> {
        let mut organisations = Vec::new();
        for (n, kind) in KINDS.into_iter().enumerate() {
            organisations.push(app.organisation(kind, &format!("Organisation {n}")).await);
        }
        let mut people = Vec::new();
        for n in 0..9 {
            people.push(app.stranger(&format!("Personne {n}")).await);
        }
        let world = Arc::new(Self::draw(&mut Dice::new(seed), &organisations, &people));
        perform(&app.nobody(), store::Keep(world.clone())).await.unwrap();
        app.tamper("UPDATE programme SET published_at = 1 WHERE slug <> 'cache'")
            .await;
        app.settle().await;
        world
    }
}

/// Gives what the list of vulnerabilities shows, page after page.
async fn listed(context: &Context) -> BTreeMap<VulnerabilityId, Disclosure> {
    let mut all = BTreeMap::new();
    let mut after = None;
    loop {
        let list = ListVulnerabilities {
            filter: VulnerabilityFilter::default(),
            after,
            whole: false,
        };
        let page = read(context, list).await.unwrap();
        all.extend(
            page.lines
                .into_iter()
                .map(|line| (line.record.vulnerability.id, line.level)),
        );
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Gives how much the page of one vulnerability shows, and checks that its texts are cut to that.
async fn single(context: &Context, flaw: &Flaw) -> Disclosure {
    let view = match read(context, ViewVulnerability(flaw.id)).await {
        Ok(view) => view,
        Err(Error::NotFound) => return Disclosure::None,
        Err(other) => panic!("{other:?}"),
    };
    let shown: Vec<Layer> = view.texts.keys().map(|(layer, _)| *layer).collect();
    let due: Vec<Layer> = Layer::ALL
        .iter()
        .copied()
        .filter(|layer| layer.needs() <= view.level)
        .collect();
    assert_eq!(shown, due, "the layers of {:?}", view.level);
    let reports = if view.level == Disclosure::Exploit {
        flaw.supported.len()
    } else {
        0
    };
    assert_eq!(view.evidence.len(), reports);
    view.level
}

async fn vulnerabilities_agree(app: &TestApp, world: &World, reader: Option<&Reader>, seed: u64) {
    let context = reader.map_or_else(|| app.nobody(), |reader| reader.who.context(app));
    let listed = listed(&context).await;
    for flaw in &world.flaws {
        let told = format!(
            "world {seed}, {:?}, {:?} {:?} {:?} {:?}",
            reader.map(|r| &r.grants),
            flaw.id,
            flaw.phase,
            flaw.tlp,
            flaw.state
        );
        let oracle = world.level(reader, flaw);
        assert_eq!(single(&context, flaw).await, oracle, "the page: {told}");
        let line = listed.get(&flaw.id).copied().unwrap_or(Disclosure::None);
        assert_eq!(line, oracle, "the list: {told}");
    }
}

/// What a layer says is found by those who get the layer, and by nobody else.
async fn searches_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    for layer in [Layer::Title, Layer::Exploit] {
        let search = Search {
            text: layer.code().to_owned(),
            part: Some(Part::Vulnerabilities),
            product: None,
        };
        let results = read(&context, search).await.unwrap();
        let group = results.vulnerabilities;
        assert!(!group.more, "a world has less than a page");
        let found: BTreeSet<_> = group.lines.iter().map(|line| line.record.vulnerability.id).collect();
        let gets = |flaw: &&Flaw| world.level(Some(reader), flaw) >= layer.needs();
        let due: BTreeSet<_> = world.flaws.iter().filter(gets).map(|flaw| flaw.id).collect();
        assert_eq!(found, due, "world {seed}, {layer:?}, {:?}", reader.grants);
    }
}

async fn situations_agree(app: &TestApp, world: &World, reader: &Reader, seed: u64) {
    let context = reader.who.context(app);
    for organisation in &world.organisations {
        let answers = reader.grants.iter().any(|grant| {
            grant.role == Role::SecurityOfficer
                && grant.scope == GrantScope::Organisation
                && grant.organisation == *organisation
                && grant.holds_at(START)
        });
        let seen = match read(&context, crate::sharing::concerns(*organisation)).await {
            Ok(seen) => seen.lines,
            Err(Error::NotFound) => {
                assert!(!answers, "world {seed}: situations of {organisation} are hidden");
                continue;
            }
            Err(other) => panic!("{other:?}"),
        };
        assert!(answers, "world {seed}: situations of {organisation} are shown");
        for flaw in &world.flaws {
            let own = world.by_deployment(*organisation, flaw, flaw.named.contains(&reader.who.id));
            let level = if own == Disclosure::None {
                own
            } else {
                own.max(World::by_everybody(flaw))
            };
            let line = seen.iter().find(|line| line.row.vulnerability == flaw.id);
            assert_eq!(
                line.map_or(Disclosure::None, |line| line.level),
                level,
                "world {seed}: {:?}",
                flaw.id
            );
            let one = ViewSituation {
                organisation: *organisation,
                vulnerability: flaw.id,
            };
            match read(&context, one).await {
                Ok(view) => assert_eq!(view.line.level, level),
                Err(Error::NotFound) => assert_eq!(level, Disclosure::None, "world {seed}: {:?}", flaw.id),
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

async fn outcomes_agree(app: &TestApp, world: &World, reader: Option<&Reader>, seed: u64) {
    let context = reader.map_or_else(|| app.nobody(), |reader| reader.who.context(app));
    for programme in &world.programmes {
        let slug = programme.slug.to_owned();
        let of = |flaw: &&Flaw| {
            let campaigns = world
                .campaigns
                .iter()
                .filter(|campaign| flaw.found.contains(&campaign.id));
            flaw.programme == programme.id || campaigns.clone().any(|campaign| campaign.programme == programme.id)
        };
        if let Ok(page) = read(&context, ViewMembersPage { slug: slug.clone() }).await {
            for (campaign, products) in page.campaigns {
                let found: Vec<&Flaw> = world
                    .flaws
                    .iter()
                    .filter(|flaw| flaw.found.contains(&campaign.id))
                    .collect();
                let counted = found.iter().filter(|flaw| world.in_summary(flaw)).count();
                assert_eq!(
                    products.iter().map(|product| product.total).sum::<usize>(),
                    counted,
                    "world {seed}, {slug}"
                );
                let mut shown: Vec<_> = products
                    .iter()
                    .flat_map(|p| p.restitution.iter().map(|case| case.id))
                    .collect();
                shown.sort_unstable();
                let told = found.iter().filter(|flaw| world.for_members(flaw) > Disclosure::None);
                assert_eq!(
                    shown,
                    told.map(|flaw| flaw.id).collect::<Vec<_>>(),
                    "world {seed}, members of {slug}"
                );
                for id in shown {
                    let page = read(&context, ViewVulnerability(id)).await;
                    assert!(
                        page.is_ok(),
                        "world {seed}, {slug}: a link of the members' page leads nowhere"
                    );
                }
            }
        }
        match read(&context, ViewPublicPage { slug: slug.clone() }).await {
            Err(error) => assert!(!programme.published, "world {seed}, {slug}: {error:?}"),
            Ok(page) => {
                assert!(programme.published);
                let mut shown: Vec<_> = page.advisories.iter().map(|case| case.id).collect();
                shown.sort_unstable();
                let told = world
                    .flaws
                    .iter()
                    .filter(of)
                    .filter(|flaw| World::by_everybody(flaw) > Disclosure::None);
                assert_eq!(
                    shown,
                    told.map(|flaw| flaw.id).collect::<Vec<_>>(),
                    "world {seed}, public page of {slug}"
                );
            }
        }
    }
}

each_engine! {
    async fn lists_and_single_readings_agree_on_random_worlds(app: TestApp) {
        let (first, many) = (from_environment("BEFFROI_SEED", 1), from_environment("BEFFROI_WORLDS", 3));
        for seed in first..first + many {
            let app = another(&app).await;
            let world = World::build(&app, seed).await;
            vulnerabilities_agree(&app, &world, None, seed).await;
            outcomes_agree(&app, &world, None, seed).await;
            others::nobody_reads_the_rest(&app, &world, seed).await;
            for reader in &world.readers {
                vulnerabilities_agree(&app, &world, Some(reader), seed).await;
                searches_agree(&app, &world, reader, seed).await;
                situations_agree(&app, &world, reader, seed).await;
                outcomes_agree(&app, &world, Some(reader), seed).await;
                others::campaigns_agree(&app, &world, reader, seed).await;
                others::reports_agree(&app, &world, reader, seed).await;
                deployments::deployments_agree(&app, &world, reader, seed).await;
                authorisations::authorisations_agree(&app, &world, reader, seed).await;
                retests::retests_agree(&app, &world, reader, seed).await;
                others::desks_lead_somewhere(&app, reader, seed).await;
            }
            app.settle().await;
        }
        eprintln!("{many} worlds from seed {first} on {}", app.store.engine_name());
    }
}
