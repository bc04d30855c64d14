//! A call with organisers and communes, for the stories of candidacies.

use domain::call::{Call, CallState};
use domain::candidacy::CandidacyState;
use domain::form::{Field, FieldKind, Form, Label, Section};
use domain::ids::{CallId, CandidacyId, OrganisationId, ProgrammeId, ProposalId};
use domain::organisation::OrganisationKind;
use domain::programme::{NoticeKind, Programme, ProgrammeKind, ProgrammeSettings};
use domain::role::Role;
use domain::time::Window;
use domain::two_people::ProposalKind;
use testkit::{Someone, TestApp};
use use_cases::candidacy::{
    AnswerProposal, CandidacyView, DecideCall, Deposit, Offer, Part, Propose, Received, SaveDraft, SignatoryFacts,
    StartCandidacy, ViewCandidacy, attach_scan,
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

pub fn form() -> Form {
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

pub async fn call(app: &TestApp, owner: OrganisationId, places: i64) -> CallId {
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
    pub async fn start(&self, n: usize) -> CandidacyId {
        let (organisation, officer) = self.communes[n];
        let start = StartCandidacy {
            call: self.call,
            organisation,
        };
        perform(&officer.context(&self.app), start).await.unwrap()
    }

    pub async fn save(&self, n: usize, candidacy: CandidacyId, part: Part) -> use_cases::candidacy::Saved {
        perform(
            &self.communes[n].1.context(&self.app),
            SaveDraft {
                candidacy,
                part,
                seen: None,
            },
        )
        .await
        .unwrap()
    }

    pub async fn fill(&self, n: usize, id: CandidacyId) {
        let answers = [("why".to_owned(), "Pour la sécurité.".to_owned())]
            .into_iter()
            .collect();
        self.save(n, id, Part::Answers(answers)).await;
        self.save(n, id, Part::Offers(vec![offer()])).await;
        self.save(n, id, Part::Signatory(mayor())).await;
    }

    pub async fn sign(&self, n: usize, id: CandidacyId) {
        let context = self.communes[n].1.context(&self.app);
        attach_scan(&context, id, "formulaire.pdf", PDF.to_vec()).await.unwrap();
    }

    pub async fn deposit(&self, n: usize, candidacy: CandidacyId) -> Outcome<Received> {
        perform(&self.communes[n].1.context(&self.app), Deposit { candidacy }).await
    }

    pub async fn received(&self, n: usize) -> CandidacyId {
        let id = self.start(n).await;
        self.fill(n, id).await;
        self.sign(n, id).await;
        self.deposit(n, id).await.unwrap();
        id
    }

    pub async fn propose(&self, candidacy: CandidacyId, kind: ProposalKind) -> ProposalId {
        let propose = Propose {
            candidacy,
            kind,
            reason: "La page signée manque.".to_owned(),
        };
        perform(&self.organisers[0].context(&self.app), propose).await.unwrap()
    }

    pub async fn confirm(&self, by: usize, candidacy: CandidacyId, proposal: ProposalId) -> Outcome<()> {
        let answer = AnswerProposal {
            candidacy,
            proposal,
            confirm: true,
        };
        perform(&self.organisers[by].context(&self.app), answer).await
    }

    pub async fn decide(&self) {
        self.app.clock.set(testkit::START.plus_days(31));
        perform(&self.organisers[0].context(&self.app), DecideCall { call: self.call })
            .await
            .unwrap();
    }

    pub async fn view(&self, id: CandidacyId) -> CandidacyView {
        read(&self.organisers[0].context(&self.app), ViewCandidacy(id))
            .await
            .unwrap()
    }

    pub async fn state(&self, id: CandidacyId) -> CandidacyState {
        self.view(id).await.row.candidacy.state
    }
}

pub fn missing(outcome: Outcome<Received>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(errors)) => errors.into_iter().map(|e| e.field).collect(),
        other => panic!("{other:?}"),
    }
}
