//! Candidacies, from the draft to the place.

use domain::Timestamp;
use domain::call::{Call, CallState};
use domain::candidacy::CandidacyState;
use domain::form::{Field, FieldKind, Form, Label, Section};
use domain::ids::{CallId, CandidacyId, OrganisationId, ProgrammeId, ProposalId};
use domain::organisation::OrganisationKind;
use domain::programme::{NoticeKind, Programme, ProgrammeKind, ProgrammeSettings};
use domain::role::Role;
use domain::time::{DAY, HOUR, Window};
use domain::two_people::ProposalKind;
use testkit::{Someone, TestApp, each_engine};
use use_cases::candidacy::{
    AnswerPaper, AnswerProposal, CandidacyView, ConfirmPlace, ContestProposal, DecideCall, DecideObjection, Deposit,
    ListCandidacies, ListReceipts, Offer, PaperForm, Part, Propose, Received, SaveDraft, SignatoryFacts,
    StartCandidacy, ViewCandidacy, ViewLetter, ViewReceipt, WithdrawCandidacy, attach_scan, enter_paper,
};
use use_cases::ports::CallRecord;
use use_cases::{Error, Outcome, perform, read};
use uuid::Uuid;

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

pub struct World {
    pub app: TestApp,
    pub call: CallId,
    pub organisers: [Someone; 3],
    pub communes: Vec<(OrganisationId, Someone)>,
}

fn form() -> Form {
    let label = |text: &str| Label {
        fr: text.to_owned(),
        en: text.to_owned(),
    };
    Form {
        sections: vec![Section {
            key: "commune".to_owned(),
            label: label("La commune"),
            fields: vec![
                Field {
                    key: "why".to_owned(),
                    label: label("Pourquoi"),
                    kind: FieldKind::LongText,
                    required: true,
                    max_len: None,
                },
                Field {
                    key: "email".to_owned(),
                    label: label("Adresse"),
                    kind: FieldKind::Email,
                    required: false,
                    max_len: None,
                },
            ],
        }],
    }
}

async fn call(app: &TestApp, owner: OrganisationId, places: i64) -> CallId {
    let now = testkit::START;
    let programme = Programme {
        id: ProgrammeId(Uuid::from_u128(10)),
        owner,
        slug: "bug-bounty".to_owned(),
        name: "Bug bounty pédagogique".to_owned(),
        summary: "Des étudiants testent.".to_owned(),
        kind: ProgrammeKind::Pedagogical,
        legal_basis: "la délibération BM2026/02/03/16".to_owned(),
        notice: NoticeKind::Pedagogical,
        settings: ProgrammeSettings {
            appeal_court: "le tribunal administratif de Paris".to_owned(),
            ..ProgrammeSettings::default()
        },
        revision: 1,
    };
    let id = CallId(Uuid::from_u128(11));
    let record = CallRecord {
        call: Call {
            id,
            programme: programme.id,
            title: "Six communes".to_owned(),
            summary: String::new(),
            places,
            max_waiting: None,
            window: Window {
                opens_at: now,
                closes_at: now.plus_days(30),
            },
            form_version: 1,
            state: CallState::Published,
            confirm_within_days: 10,
            last_order: 0,
            last_received_at: None,
            eligibility: domain::eligibility::Eligibility {
                kinds: vec![OrganisationKind::Commune],
                ..Default::default()
            },
            revision: 1,
        },
        form: form(),
        form_frozen_at: None,
        owner,
        programme_slug: programme.slug.clone(),
        programme_name: programme.name.clone(),
        notice: programme.notice,
        programme_published: true,
        created_at: now,
        published_at: Some(now),
        decided_at: None,
        ended_at: None,
        end_reason: None,
    };
    let mut session = app.store.begin().await.unwrap();
    session.insert_programme(&programme, now).await.unwrap();
    session.insert_call(&record).await.unwrap();
    session.commit().await.unwrap();
    app.tamper("UPDATE programme SET published_at = 1").await;
    app.tamper("UPDATE call SET published_at = 1").await;
    id
}

pub async fn world(app: TestApp, communes: usize, places: i64) -> World {
    let owner = app.organisation(OrganisationKind::Epci, "Métropole de la Baie").await;
    let organisers = [
        app.person("Ana Un", Role::Organiser, owner).await,
        app.person("Bea Deux", Role::Organiser, owner).await,
        app.person("Chloé Trois", Role::Organiser, owner).await,
    ];
    let call = call(&app, owner, places).await;
    let mut all = Vec::new();
    for n in 1..=communes {
        let commune = app
            .organisation(OrganisationKind::Commune, &format!("Commune {n}"))
            .await;
        all.push((
            commune,
            app.person(&format!("Officier {n}"), Role::SecurityOfficer, commune)
                .await,
        ));
    }
    World {
        app,
        call,
        organisers,
        communes: all,
    }
}

pub fn offer() -> Offer {
    Offer {
        product: None,
        name: "Portail citoyen".to_owned(),
        vendor: "Arpège fictif".to_owned(),
        version: "4.2".to_owned(),
        host: "Hébergeur fictif".to_owned(),
    }
}

pub fn mayor() -> SignatoryFacts {
    SignatoryFacts {
        name: "Claire Morel".to_owned(),
        function: "Maire".to_owned(),
        delegation: String::new(),
    }
}

impl World {
    async fn start(&self, n: usize) -> CandidacyId {
        let (organisation, officer) = self.communes[n];
        let start = StartCandidacy {
            call: self.call,
            organisation,
        };
        perform(&officer.context(&self.app), start).await.unwrap()
    }

    async fn save(&self, n: usize, candidacy: CandidacyId, part: Part) -> use_cases::candidacy::Saved {
        perform(&self.communes[n].1.context(&self.app), SaveDraft { candidacy, part })
            .await
            .unwrap()
    }

    async fn fill(&self, n: usize, id: CandidacyId) {
        let answers = [("why".to_owned(), "Pour la sécurité.".to_owned())]
            .into_iter()
            .collect();
        self.save(n, id, Part::Answers(answers)).await;
        self.save(n, id, Part::Offers(vec![offer()])).await;
        self.save(n, id, Part::Signatory(mayor())).await;
    }

    async fn sign(&self, n: usize, id: CandidacyId) {
        let context = self.communes[n].1.context(&self.app);
        attach_scan(&context, id, "formulaire.pdf", PDF.to_vec()).await.unwrap();
    }

    async fn deposit(&self, n: usize, candidacy: CandidacyId) -> Outcome<Received> {
        perform(&self.communes[n].1.context(&self.app), Deposit { candidacy }).await
    }

    async fn received(&self, n: usize) -> CandidacyId {
        let id = self.start(n).await;
        self.fill(n, id).await;
        self.sign(n, id).await;
        self.deposit(n, id).await.unwrap();
        id
    }

    async fn propose(&self, candidacy: CandidacyId, kind: ProposalKind) -> ProposalId {
        let propose = Propose {
            candidacy,
            kind,
            reason: "La page signée manque.".to_owned(),
        };
        perform(&self.organisers[0].context(&self.app), propose).await.unwrap()
    }

    async fn confirm(&self, by: usize, candidacy: CandidacyId, proposal: ProposalId) -> Outcome<()> {
        let answer = AnswerProposal {
            candidacy,
            proposal,
            confirm: true,
        };
        perform(&self.organisers[by].context(&self.app), answer).await
    }

    async fn decide(&self) {
        self.app.clock.set(testkit::START.plus_days(31));
        perform(&self.organisers[0].context(&self.app), DecideCall { call: self.call })
            .await
            .unwrap();
    }

    async fn view(&self, id: CandidacyId) -> CandidacyView {
        read(&self.organisers[0].context(&self.app), ViewCandidacy(id))
            .await
            .unwrap()
    }

    async fn state(&self, id: CandidacyId) -> CandidacyState {
        self.view(id).await.row.candidacy.state
    }
}

fn missing(outcome: Outcome<Received>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(errors)) => errors.into_iter().map(|e| e.field).collect(),
        other => panic!("{other:?}"),
    }
}

each_engine! {
    async fn six_of_nine_are_selected_by_order_of_receipt(app: TestApp) {
        let w = world(app, 9, 6).await;
        let mut ids = Vec::new();
        for n in 0..9 {
            ids.push(w.received(n).await);
        }
        let proposal = w.propose(ids[1], ProposalKind::Ineligible).await;
        w.confirm(1, ids[1], proposal).await.unwrap();
        let proposal = w.propose(ids[2], ProposalKind::Return).await;
        w.confirm(2, ids[2], proposal).await.unwrap();
        assert_eq!(w.view(ids[3]).await.rank, Some(2));
        let again = w.deposit(2, ids[2]).await.unwrap();
        assert_eq!(again.order_number, 10);
        w.decide().await;
        let mut states = Vec::new();
        for id in &ids {
            states.push(w.state(*id).await);
        }
        use CandidacyState::{Ineligible, Selected, Waiting};
        assert_eq!(states, [Selected, Ineligible, Waiting, Selected, Selected, Selected, Selected, Selected, Waiting]);

        // A withdrawal promotes the first waiting at once.
        let withdraw = WithdrawCandidacy { candidacy: ids[0], reason: String::new() };
        perform(&w.communes[0].1.context(&w.app), withdraw).await.unwrap();
        assert_eq!(w.state(ids[8]).await, Selected);
        for n in [3, 4, 5, 6, 7] {
            perform(&w.communes[n].1.context(&w.app), ConfirmPlace { candidacy: ids[n] }).await.unwrap();
        }
        // What is not confirmed in time lapses by the clock's job, and the next is promoted.
        w.app.clock.advance(11 * DAY);
        w.app.settle().await;
        assert_eq!(w.state(ids[8]).await, CandidacyState::Lapsed);
        assert_eq!(w.state(ids[2]).await, Selected);
        assert_eq!(w.view(ids[2]).await.rank, Some(6));

        let letter = read(&w.communes[8].1.context(&w.app), ViewLetter(ids[8], 1)).await.unwrap();
        assert!(letter.paragraphs.iter().any(|p| p.contains("deux mois") || p.contains("2 mois")), "{:?}", letter.paragraphs);
        let (_, lines, _) = read(&w.app.nobody(), ListReceipts { call: w.call, after: 0 }).await.unwrap();
        let numbers: Vec<_> = lines.iter().map(|line| line.order_number).collect();
        assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
        assert!(lines.windows(2).all(|pair| pair[0].received_at < pair[1].received_at));
        let receipt = read(&w.communes[3].1.context(&w.app), ViewReceipt(ids[3], None)).await.unwrap();
        assert!(receipt.proof.is_some());
    }

    async fn what_is_incomplete_or_unsigned_is_refused_and_nothing_typed_is_lost(app: TestApp) {
        let w = world(app, 1, 1).await;
        let id = w.start(0).await;
        assert_eq!(missing(w.deposit(0, id).await), ["answer.why", "offers", "signatory.name", "signatory.function", "scan"]);
        let answers = [("email".to_owned(), "pas une adresse".to_owned())].into_iter().collect();
        let saved = w.save(0, id, Part::Answers(answers)).await;
        assert_eq!(saved.problems.len(), 1);
        let view = read(&w.communes[0].1.context(&w.app), ViewCandidacy(id)).await.unwrap();
        assert_eq!(view.content.answers["email"], "pas une adresse");
        let answers = [("email".to_owned(), "dsi@example.org".to_owned())].into_iter().collect();
        w.save(0, id, Part::Answers(answers)).await;
        w.fill(0, id).await;
        assert_eq!(missing(w.deposit(0, id).await), ["scan"]);
        w.sign(0, id).await;
        // A change after signing drops the scan.
        let signatory = SignatoryFacts { name: "Autre".to_owned(), ..mayor() };
        assert!(w.save(0, id, Part::Signatory(signatory)).await.scan_dropped);
        assert_eq!(missing(w.deposit(0, id).await), ["scan"]);
        w.sign(0, id).await;
        w.deposit(0, id).await.unwrap();
        assert!(matches!(w.deposit(0, id).await, Err(Error::Conflict(_))));
        w.app.settle().await;
    }

    async fn many_in_the_same_instant_never_share_a_number(app: TestApp) {
        let w = world(app, 12, 6).await;
        let mut ids = Vec::new();
        for n in 0..12 {
            let id = w.start(n).await;
            w.fill(n, id).await;
            w.sign(n, id).await;
            ids.push(id);
        }
        let tasks: Vec<_> = ids
            .iter()
            .enumerate()
            .map(|(n, id)| {
                let context = w.communes[n].1.context(&w.app);
                let deposit = Deposit { candidacy: *id };
                w.app.tasks.spawn(async move {
                    loop {
                        match perform(&context, deposit).await {
                            Err(Error::Busy) => {}
                            other => return other.unwrap().order_number,
                        }
                    }
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.push(task.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
        w.decide().await;
        let list = ListCandidacies { call: w.call, state: Some(CandidacyState::Selected), after: 0 };
        let list = read(&w.organisers[0].context(&w.app), list).await.unwrap();
        let ranks: Vec<_> = list.lines.iter().filter_map(|line| line.rank).collect();
        assert_eq!(ranks, [1, 2, 3, 4, 5, 6]);
        assert_eq!(list.taken, 6);
        // Several who leave together free several places, each given once.
        let leaving: Vec<_> = list.lines.iter().take(3).map(|line| line.line.id).collect();
        let tasks: Vec<_> = leaving
            .iter()
            .map(|id| {
                let n = ids.iter().position(|other| other == id).unwrap();
                let context = w.communes[n].1.context(&w.app);
                let withdraw = WithdrawCandidacy { candidacy: *id, reason: String::new() };
                w.app.tasks.spawn(async move {
                    loop {
                        match perform(&context, withdraw.clone()).await {
                            Err(Error::Busy) => {}
                            other => return other.unwrap(),
                        }
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let list = ListCandidacies { call: w.call, state: Some(CandidacyState::Selected), after: 0 };
        let list = read(&w.organisers[0].context(&w.app), list).await.unwrap();
        assert_eq!((list.lines.len(), list.taken), (6, 6));
        w.app.settle().await;
    }

    async fn returns_take_two_people_and_objections_a_third(app: TestApp) {
        let w = world(app, 2, 1).await;
        let (first, second) = (w.received(0).await, w.received(1).await);
        let proposal = w.propose(first, ProposalKind::Return).await;
        assert!(matches!(w.confirm(0, first, proposal).await, Err(Error::Conflict("candidacy-error-same-person"))));
        // A decision waits for the second person.
        w.app.clock.set(testkit::START.plus_days(31));
        let early = perform(&w.organisers[0].context(&w.app), DecideCall { call: w.call }).await;
        assert!(matches!(early, Err(Error::Conflict("candidacy-error-undecided"))));
        w.confirm(1, first, proposal).await.unwrap();
        assert_eq!(w.view(second).await.rank, Some(1));
        w.decide().await;
        assert_eq!(w.state(second).await, CandidacyState::Selected);

        let contest = ContestProposal { candidacy: first, proposal, grounds: "La page y était.".to_owned() };
        perform(&w.communes[0].1.context(&w.app), contest.clone()).await.unwrap();
        let twice = perform(&w.communes[0].1.context(&w.app), contest).await;
        assert!(matches!(twice, Err(Error::Conflict("candidacy-error-contested-once"))));
        let decision = DecideObjection { candidacy: first, proposal, upheld: true, reason: "Elle y était.".to_owned() };
        let same = perform(&w.organisers[1].context(&w.app), decision.clone()).await;
        assert!(matches!(same, Err(Error::Conflict("candidacy-error-third-person"))));
        perform(&w.organisers[2].context(&w.app), decision).await.unwrap();
        // The old number lives again; nobody loses a place that was given meanwhile.
        let view = w.view(first).await;
        assert_eq!((view.row.candidacy.state, view.rank), (CandidacyState::Waiting, Some(1)));
        assert_eq!(w.state(second).await, CandidacyState::Selected);
        w.app.settle().await;
    }

    async fn paper_is_entered_by_two_people_and_both_instants_are_public(app: TestApp) {
        let w = world(app, 1, 1).await;
        w.app.clock.advance(HOUR);
        let paper = PaperForm {
            call: w.call,
            organisation: w.communes[0].0,
            stated_arrival: Timestamp(testkit::START.0 + HOUR / 2),
            answers: [("why".to_owned(), "Sur papier.".to_owned())].into_iter().collect(),
            offers: vec![offer()],
            signatory: mayor(),
        };
        let id = enter_paper(&w.organisers[0].context(&w.app), paper, "scan.pdf", PDF.to_vec()).await.unwrap();
        let same = perform(&w.organisers[0].context(&w.app), AnswerPaper { paper: id, confirm: true }).await;
        assert!(matches!(same, Err(Error::Conflict("candidacy-error-same-person"))));
        perform(&w.organisers[1].context(&w.app), AnswerPaper { paper: id, confirm: true }).await.unwrap();
        let (_, lines, _) = read(&w.app.nobody(), ListReceipts { call: w.call, after: 0 }).await.unwrap();
        assert_eq!(lines[0].stated_arrival, Some(Timestamp(testkit::START.0 + HOUR / 2)));
        assert!(lines[0].received_at > Timestamp(testkit::START.0 + HOUR));
        w.app.settle().await;
    }

    async fn a_candidacy_is_read_by_its_candidate_and_the_organisers_only(app: TestApp) {
        let w = world(app, 2, 1).await;
        let id = w.start(0).await;
        let draft = read(&w.organisers[0].context(&w.app), ViewCandidacy(id)).await;
        assert!(matches!(draft, Err(Error::NotFound)));
        w.fill(0, id).await;
        w.sign(0, id).await;
        w.deposit(0, id).await.unwrap();
        read(&w.organisers[0].context(&w.app), ViewCandidacy(id)).await.unwrap();
        for context in [w.app.nobody(), w.communes[1].1.context(&w.app)] {
            assert!(matches!(read(&context, ViewCandidacy(id)).await, Err(Error::NotFound)));
            let withdraw = WithdrawCandidacy { candidacy: id, reason: String::new() };
            assert!(matches!(perform(&context, withdraw).await, Err(Error::NotFound)));
        }
        w.app.settle().await;
    }
}
