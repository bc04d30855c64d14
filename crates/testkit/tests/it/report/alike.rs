//! What a verifier is told that a report may repeat: ranked, with reasons, and only of what they may read.

use super::world::{VECTOR, World};
use super::*;
use crate::finding;
use domain::ids::FindingId;
use domain::search::Reason;
use std::sync::Arc;
use use_cases::finding::{FindingDecision, FindingView};
use use_cases::report::{Alike, AlikeThing, ReportText, SaveDraft, SubmitReport};
use use_cases::search::OpenTexts;
use use_cases::vulnerability::{Layer, ViewTexts, WriteTexts};
use use_cases::{Context, Outcome, Unit, UseCase};

/// A flaw told three times: in other words, and in the other language.
pub(super) const TOLD: [(&str, &str); 3] = [
    (
        "Injection SQL dans la recherche d’usagers",
        "Le paramètre `nom_usager` de /agents/recherche est repris dans la requête : avec une apostrophe, une erreur \
         PostgreSQL s’affiche, et UNION SELECT rend la table des comptes.",
    ),
    (
        "SQL injection when an agent searches for a user",
        "The nom_usager parameter of /agents/recherche is concatenated into the database query; sqlmap dumps all accounts.",
    ),
    (
        "La recherche des agents laisse lire toute la base",
        "Une apostrophe dans le nom de l’usager cherché provoque une erreur de la base de données ; on en extrait ensuite \
         les comptes de tous.",
    ),
];
/// Other flaws of the product.
pub(super) const OTHERS: [(&str, &str); 2] = [
    (
        "Session conservée après la déconnexion",
        "Le témoin reste valable après la déconnexion : rejoué, il ouvre encore l’espace de l’agent.",
    ),
    (
        "Script stocké dans le nom d’une pièce jointe",
        "Le nom du fichier déposé est affiché sans échappement dans le dossier : <script> s’exécute chez l’agent.",
    ),
];

/// Hands in a report of a flaw.
pub(super) async fn told(app: &TestApp, world: &World, (title, text): (&str, &str), cwe: &str) -> ReportId {
    let draft = SaveDraft {
        bypass_of: None,
        report: None,
        campaign: world.campaign,
        title: title.to_owned(),
        product: None,
        asset: None,
        text: ReportText {
            steps: text.to_owned(),
            impact: "Lecture de données personnelles.".to_owned(),
            proof: String::new(),
        },
        cwe: cwe.to_owned(),
        vector: VECTOR.to_owned(),
        collaborators: Vec::new(),
        seen: None,
    };
    let hunter = world.hunter.context(app);
    let report = perform(&hunter, draft).await.unwrap();
    perform(&hunter, SubmitReport { report }).await.unwrap();
    app.clock.advance(MINUTE);
    report
}

async fn others(app: &TestApp, world: &World) {
    for (other, cwe) in OTHERS.into_iter().zip(["CWE-613", "CWE-79"]) {
        told(app, world, other, cwe).await;
    }
}

/// Gives what is proposed: titles and reasons.
async fn proposed(context: &Context, report: ReportId) -> Vec<(String, Vec<Reason>)> {
    let view = read(context, ViewReport(report)).await.unwrap();
    let title = |one: &Alike| match &one.thing {
        AlikeThing::Report { report, .. } => report.title.clone(),
        AlikeThing::Vulnerability(vulnerability) => vulnerability.label.clone(),
        AlikeThing::Finding { finding, .. } => finding.title.clone(),
    };
    view.alike.iter().map(|one| (title(one), one.reasons.clone())).collect()
}

/// Gives another node of the same instance, which holds nothing open yet.
pub(super) fn node(app: &TestApp, who: Someone, bytes: usize) -> Context {
    let mut context = who.context(app);
    context.app.search = Arc::new(OpenTexts::new(bytes));
    context
}

struct DestroyKey(domain::ids::CampaignId);

impl UseCase for DestroyKey {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        unit.store.destroy_keys("campaign", self.0.0, unit.now).await?;
        Ok(())
    }
}

each_engine! {
    async fn a_paraphrase_is_proposed_with_its_reasons_and_closed_as_a_duplicate(app: TestApp) {
        let world = World::open(&app).await;
        others(&app, &world).await;
        let first = told(&app, &world, TOLD[0], "CWE-89").await;
        let second = told(&app, &world, TOLD[1], "CWE-89").await;
        let verifier = world.verifier.context(&app);
        assert_eq!(proposed(&verifier, first).await, [], "nothing later is proposed, nor the report itself");
        let told_so = proposed(&verifier, second).await;
        assert_eq!(told_so.len(), 1, "{told_so:?}");
        let (title, reasons) = &told_so[0];
        assert_eq!(title, TOLD[0].0);
        assert!(matches!(&reasons[0], Reason::Names(names) if names.contains(&"nom_usager".to_owned())), "{reasons:?}");
        assert!(reasons.contains(&Reason::Weakness(89)), "{reasons:?}");
        assert!(matches!(reasons.last(), Some(Reason::Words(2.., _))), "{reasons:?}");
        perform(&verifier, closing(second, ReportState::Duplicate, Some(first))).await.unwrap();
        let third = told(&app, &world, TOLD[2], "CWE-89").await;
        let told_so = proposed(&verifier, third).await;
        assert_eq!(told_so.len(), 1, "a duplicate and its original are proposed once: {told_so:?}");
    }

    async fn a_vulnerability_is_proposed_in_place_of_its_reports_and_follows_its_texts(app: TestApp) {
        let world = World::open(&app).await;
        others(&app, &world).await;
        let first = told(&app, &world, TOLD[0], "CWE-89").await;
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report: first }).await.unwrap();
        reproduce(&app, world.verifier, first).await;
        let flaw = perform(&verifier, verified(first)).await.unwrap();
        assert_eq!(proposed(&verifier, first).await, [], "not what it was verified into");
        let second = told(&app, &world, TOLD[1], "CWE-89").await;
        let view = see(&app, world.verifier, second).await;
        assert_eq!(view.alike.len(), 1, "{:?}", view.alike);
        assert_eq!(view.alike[0].thing.vulnerability().map(|known| known.id), Some(flaw));
        assert!(view.originals.iter().any(|original| original.id == first));
        let session = ("Session encore ouverte après la déconnexion", OTHERS[0].1);
        let other = told(&app, &world, session, "CWE-613").await;
        let before = see(&app, world.verifier, other).await;
        assert!(before.alike.iter().all(|one| one.thing.vulnerability().is_none()));
        let lang = i18n::Lang::Fr;
        let revision = read(&verifier, ViewTexts { vulnerability: flaw, lang }).await.unwrap().revision;
        let written = WriteTexts {
            vulnerability: flaw,
            lang,
            revision,
            texts: vec![
                (Layer::Title, session.0.to_owned()),
                (Layer::Details, session.1.to_owned()),
            ],
        };
        perform(&verifier, written).await.unwrap();
        let after = see(&app, world.verifier, other).await;
        assert!(after.alike.iter().any(|one| one.thing.vulnerability().map(|known| known.id) == Some(flaw)));
    }

    async fn who_has_no_part_in_another_campaign_learns_nothing_of_its_texts(app: TestApp) {
        let world = World::open(&app).await;
        others(&app, &world).await;
        told(&app, &world, TOLD[2], "CWE-89").await;
        let beside = world.beside(&app).await;
        let mine = told(&app, &beside, TOLD[1], "CWE-89").await;
        let alone = node(&app, beside.verifier, 1 << 20);
        assert_eq!(proposed(&alone, mine).await, []);
        assert_eq!(alone.app.search.len(), 1, "only what may be read is opened");
        told(&app, &beside, OTHERS[0], "CWE-613").await;
        let known = told(&app, &beside, TOLD[0], "CWE-89").await;
        let before = proposed(&alone, known).await;
        assert_eq!(before.len(), 1, "{before:?}");
        for _ in 0..3 {
            told(&app, &world, TOLD[0], "CWE-89").await;
        }
        assert_eq!(proposed(&alone, known).await, before, "other campaigns change nothing");
        assert_eq!(proposed(&node(&app, beside.verifier, 1 << 20), known).await, before);
        let theirs = told(&app, &world, TOLD[1], "CWE-89").await;
        let all = proposed(&world.verifier.context(&app), theirs).await;
        assert_eq!(all.len(), 4, "{all:?}");
        assert_eq!(proposed(&world.organiser.context(&app), theirs).await, [], "they judge nothing");
    }

    async fn two_nodes_answer_alike_and_a_destroyed_key_leaves_nothing(app: TestApp) {
        let world = World::open(&app).await;
        others(&app, &world).await;
        told(&app, &world, TOLD[0], "CWE-89").await;
        let beside = world.beside(&app).await;
        app.grant(beside.verifier, Role::Verifier, operator(&app, &world).await, GrantScope::Organisation).await;
        let (one, other) = (node(&app, beside.verifier, 1 << 20), node(&app, beside.verifier, 1));
        let report = told(&app, &beside, TOLD[1], "CWE-89").await;
        let told_so = proposed(&one, report).await;
        assert_eq!((told_so.len(), &told_so), (1, &proposed(&other, report).await));
        told(&app, &world, TOLD[2], "CWE-89").await;
        let latest = told(&app, &beside, TOLD[1], "CWE-89").await;
        let told_so = proposed(&one, latest).await;
        assert_eq!(told_so.len(), 3, "it caught up: {told_so:?}");
        assert_eq!(proposed(&other, latest).await, told_so);
        assert_eq!((one.app.search.len(), other.app.search.len()), (2, 1), "each within its bound");
        perform(&app.nobody(), DestroyKey(world.campaign)).await.unwrap();
        for node in [&one, &other] {
            node.app.vault.forget_all();
            assert_eq!(proposed(node, latest).await.len(), 1, "only the other campaign's is left");
        }
    }
}

/// Gives the organisation that verifies in a world's campaign.
async fn operator(app: &TestApp, world: &World) -> domain::ids::OrganisationId {
    let mut session = app.store.snapshot().await.unwrap();
    let found = session.campaign_reports(world.campaign).await.unwrap().unwrap();
    found.peek().operators[0]
}

each_engine! {
    async fn a_finding_proposes_what_it_repeats_across_campaigns_and_a_person_decides(app: TestApp) {
        let world = World::open(&app).await;
        for (other, cwe) in OTHERS.into_iter().zip(["CWE-613", "CWE-79"]) {
            told(&app, &world, other, cwe).await;
        }
        let report = told(&app, &world, TOLD[0], "CWE-89").await;
        let lines: String = [TOLD[1], TOLD[2]].iter().map(|(title, text)| format!("{title};\"{text}\";CWE-89\n")).collect();
        let file = format!("titre;description;cwe\n{lines}");
        // Who verifies both campaigns compares both; who verifies one learns nothing of the other.
        let beside = world.beside(&app).await;
        perform(&world.organiser.context(&app), finding::import(&beside, &file)).await.unwrap();
        app.settle().await;
        let found: Vec<FindingId> = finding::list(&app, &beside, beside.verifier).await.unwrap().lines.iter().map(|line| line.id).collect();
        let things = |view: &FindingView| -> Vec<String> {
            let title = |thing: &AlikeThing| match thing {
                AlikeThing::Report { report, .. } => report.title.clone(),
                AlikeThing::Vulnerability(known) => known.label.clone(),
                AlikeThing::Finding { finding, .. } => finding.title.clone(),
            };
            view.alike.iter().map(|one| title(&one.thing)).collect()
        };
        let alone = finding::view(&app, beside.verifier, found[0]).await.unwrap();
        assert_eq!(things(&alone), [TOLD[2].0], "the other finding alone");
        assert!(alone.joinable.is_empty() && !alone.alike[0].reasons.is_empty());
        assert!(finding::view(&app, world.organiser, found[0]).await.unwrap().alike.is_empty(), "they decide nothing");
        let exploits = operator(&app, &world).await;
        app.grant(beside.verifier, Role::Verifier, exploits, GrantScope::Organisation).await;
        let both = finding::view(&app, beside.verifier, found[0]).await.unwrap();
        let mut titles = things(&both);
        titles.sort_unstable();
        assert_eq!(titles, [TOLD[0].0, TOLD[2].0], "{titles:?}");

        // Verified, the report offers its vulnerability, under which the finding is told.
        let verifier = world.verifier.context(&app);
        perform(&verifier, ClaimReport { report }).await.unwrap();
        reproduce(&app, world.verifier, report).await;
        let flaw = perform(&verifier, verified(report)).await.unwrap();
        let seen = finding::view(&app, beside.verifier, found[0]).await.unwrap();
        let offered: Vec<_> = seen.alike.iter().filter_map(|one| one.thing.vulnerability()).map(|known| known.id).collect();
        assert_eq!(offered, [flaw], "once, whatever tells it");
        assert!(seen.joinable.iter().any(|known| known.id == flaw));
        let joined = perform(&beside.verifier.context(&app), finding::decide(found[0], FindingDecision::Join(flaw))).await;
        assert_eq!(joined.unwrap(), Some(flaw));
        assert!(finding::view(&app, beside.verifier, found[0]).await.unwrap().alike.is_empty(), "it is decided");
        let next = finding::view(&app, beside.verifier, found[1]).await.unwrap();
        let offered: Vec<_> = next.alike.iter().filter_map(|one| one.thing.vulnerability()).map(|known| known.id).collect();
        assert_eq!(offered, [flaw]);
    }
}
