//! The programme, its call, and the nine communes that apply.

use crate::campaign::signed;
use crate::cast::{Cast, Part, Town};
use crate::{Teller, nth};
use domain::document::DocumentKind;
use domain::form::{Answers, FieldKind, Form};
use domain::ids::{CallId, CandidacyId, ProgrammeId};
use domain::organisation::{AffiliationKind, OrganisationKind};
use domain::programme::{NoticeKind, ProgrammeKind, ProgrammeSettings};
use domain::two_people::ProposalKind;
use use_cases::call::{CallDraft, PrepareCall, PublishCall};
use use_cases::candidacy::{
    AnswerProposal, ConfirmPlace, DecideCall, Deposit, Offer, Part as Step, Propose, SaveDraft, SignatoryFacts,
    StartCandidacy, ViewCandidacy, WithdrawCandidacy, attach_scan,
};
use use_cases::organisation::Affiliate;
use use_cases::programme::{
    AddCompletion, AddDocument, AddMember, AnswerMembership, DocumentDraft, OpenProgramme, ProgrammeDraft,
    PublishProgramme, ViewProgramme,
};
use use_cases::{Outcome, perform, read};

/// The programme's readable address.
pub const SLUG: &str = "bug-bounty-pedagogique";
const TRACK: &str = "parcours-cyber";

impl Teller<'_> {
    /// Opens the programme with its documents and members, and publishes its call.
    ///
    /// # Errors
    /// [`use_cases::Error`] where a use case refuses.
    pub async fn programme_and_call(&self, cast: &Cast) -> Outcome<(ProgrammeId, CallId)> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let open = OpenProgramme {
            owner: cast.metropole,
            draft: programme(),
        };
        perform(&organiser, open).await?;
        for document in documents() {
            self.minutes(3);
            let add = AddDocument {
                slug: SLUG.to_owned(),
                draft: document,
                file: None,
                refused: Vec::new(),
            };
            perform(&organiser, add).await?;
        }
        perform(&organiser, PublishProgramme(SLUG.to_owned())).await?;
        for town in &cast.towns {
            self.join(cast, town).await?;
        }
        self.day(97, 9).await?;
        let prepare = PrepareCall {
            slug: SLUG.to_owned(),
            draft: self.call_draft(cast),
        };
        let call = perform(&organiser, prepare).await?;
        perform(&organiser, PublishCall { call, at_once: false }).await?;
        let view = read(&organiser, ViewProgramme(SLUG.to_owned())).await?;
        Ok((view.record.programme.id, call))
    }

    fn call_draft(&self, cast: &Cast) -> CallDraft {
        CallDraft {
            title: "Six communes volontaires pour le Bug Bounty pédagogique".to_owned(),
            summary: "Les six premières communes dont le dossier complet et signé nous parvient ouvrent une de leurs applications aux étudiants, sur une plateforme de test.".to_owned(),
            places: Some(6),
            waiting: None,
            opens_at: Some(self.at(95, 8)),
            closes_at: Some(self.at(75, 17)),
            confirm_within_days: Some(10),
            track: TRACK.to_owned(),
            kinds: vec![OrganisationKind::Commune],
            territory: Some(cast.metropole),
        }
    }

    async fn join(&self, cast: &Cast, town: &Town) -> Outcome<()> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let affiliate = Affiliate {
            organisation: town.id,
            within: Some(cast.metropole),
            kind: Some(AffiliationKind::Territory),
        };
        perform(&cast.administrator.context(self.app), affiliate).await?;
        let member = AddMember {
            slug: SLUG.to_owned(),
            organisation: town.id,
            until: None,
        };
        let member = perform(&organiser, member).await?;
        let answer = AnswerMembership {
            slug: SLUG.to_owned(),
            member,
            accept: true,
        };
        perform(&town.officer.context(self.app), answer).await?;
        let completion = AddCompletion {
            slug: SLUG.to_owned(),
            organisation: town.name.to_owned(),
            track: TRACK.to_owned(),
            completed_on: "2025-11-20".to_owned(),
        };
        perform(&organiser, completion).await
    }

    /// Lets the nine communes apply, one be returned and one found ineligible, and six be selected.
    pub(crate) async fn candidacies(&self, cast: &Cast, call: CallId) -> Outcome<Vec<CandidacyId>> {
        let mut all = Vec::new();
        for (index, town) in cast.towns.iter().enumerate() {
            self.day(95 - i64::try_from(index).unwrap_or_default(), 9).await?;
            all.push(self.apply(town, call).await?);
        }
        self.day(84, 10).await?;
        // The third commune's scan lacks a page: returned by two people, received again last.
        let (returned, town) = (*nth(&all, 2)?, nth(&cast.towns, 2)?);
        self.by_two(
            cast,
            returned,
            ProposalKind::Return,
            "La page des engagements manque au document scanné.",
        )
        .await?;
        self.day(82, 15).await?;
        self.deposit(town, returned).await?;
        // The seventh did not complete the course: the entry was a mistake.
        self.day(80, 11).await?;
        let reason =
            "Le parcours d’accompagnement n’est pas achevé : l’inscription au tableau de suivi était une erreur.";
        self.by_two(cast, *nth(&all, 6)?, ProposalKind::Ineligible, reason)
            .await?;
        self.day(74, 9).await?;
        perform(&nth(&cast.organisers, 0)?.context(self.app), DecideCall { call }).await?;
        self.confirmations(cast, &all).await?;
        Ok(all)
    }

    async fn apply(&self, town: &Town, call: CallId) -> Outcome<CandidacyId> {
        let context = town.officer.context(self.app);
        let start = StartCandidacy {
            call,
            organisation: town.id,
        };
        let candidacy = perform(&context, start).await?;
        let view = read(&context, ViewCandidacy(candidacy)).await?;
        let steps = [
            Step::Answers(answers(&view.frame.form, town)),
            Step::Offers(vec![Offer {
                product: None,
                name: "Guichet Clairval".to_owned(),
                vendor: "Galandrin Logiciels".to_owned(),
                version: "4.2.0".to_owned(),
                host: "Galandrin Logiciels".to_owned(),
            }]),
            Step::Signatory(SignatoryFacts {
                name: signatory(&town.officer),
                function: "Maire".to_owned(),
                delegation: String::new(),
            }),
        ];
        for part in steps {
            self.minutes(9);
            perform(
                &context,
                SaveDraft {
                    candidacy,
                    part,
                    seen: None,
                },
            )
            .await?;
        }
        self.deposit(town, candidacy).await?;
        Ok(candidacy)
    }

    async fn deposit(&self, town: &Town, candidacy: CandidacyId) -> Outcome<()> {
        self.minutes(30);
        let context = town.officer.context(self.app);
        let scan = signed("Formulaire de candidature, Bug Bounty pedagogique", town.name);
        attach_scan(&context, candidacy, "candidature-signee.pdf", scan).await?;
        perform(&context, Deposit { candidacy }).await?;
        Ok(())
    }

    async fn by_two(&self, cast: &Cast, candidacy: CandidacyId, kind: ProposalKind, reason: &str) -> Outcome<()> {
        let propose = Propose {
            candidacy,
            kind,
            reason: reason.to_owned(),
        };
        let proposal = perform(&nth(&cast.organisers, 0)?.context(self.app), propose).await?;
        self.minutes(150);
        let answer = AnswerProposal {
            candidacy,
            proposal,
            confirm: true,
        };
        perform(&nth(&cast.organisers, 1)?.context(self.app), answer).await
    }

    /// Lets the selected confirm; one withdraws, and the first who waits takes its place.
    async fn confirmations(&self, cast: &Cast, all: &[CandidacyId]) -> Outcome<()> {
        self.day(72, 9).await?;
        for index in [0, 1, 3, 4] {
            self.minutes(55);
            let candidacy = *nth(all, index)?;
            perform(
                &nth(&cast.towns, index)?.officer.context(self.app),
                ConfirmPlace { candidacy },
            )
            .await?;
        }
        let withdraw = WithdrawCandidacy {
            candidacy: *nth(all, 5)?,
            reason: "Changement d’éditeur en cours d’année.".to_owned(),
            sure: true,
        };
        perform(&nth(&cast.towns, 5)?.officer.context(self.app), withdraw).await?;
        self.day(70, 9).await?;
        for index in [7, 8, 2] {
            let (candidacy, town) = (*nth(all, index)?, nth(&cast.towns, index)?);
            let context = town.officer.context(self.app);
            let state = read(&context, ViewCandidacy(candidacy)).await?.row.candidacy.state;
            if state == domain::candidacy::CandidacyState::Selected {
                perform(&context, ConfirmPlace { candidacy }).await?;
            }
        }
        Ok(())
    }
}

/// Gives who signs for a commune of the story.
fn signatory(officer: &Part) -> String {
    format!("Pour la commune, {}", officer.name)
}

fn programme() -> ProgrammeDraft {
    ProgrammeDraft {
        name: "Bug Bounty pédagogique de la métropole".to_owned(),
        slug: SLUG.to_owned(),
        summary: "Des étudiants cherchent des failles dans les applications que les communes utilisent, sur une plateforme de test ; l’exploitant vérifie, l’éditeur corrige, et chaque commune apprend ce qui la concerne.".to_owned(),
        kind: Some(ProgrammeKind::Pedagogical),
        legal_basis: "Délibération du bureau métropolitain, sur le modèle de la délibération BM2026/02/03/16".to_owned(),
        notice: Some(NoticeKind::Pedagogical),
        settings: ProgrammeSettings {
            appeal_means: "Recours gracieux auprès de la présidence de la métropole, ou recours contentieux devant le tribunal administratif.".to_owned(),
            appeal_court: "Tribunal administratif compétent".to_owned(),
            appeal_months: 2,
            ..ProgrammeSettings::default()
        },
    }
}

fn documents() -> [DocumentDraft; 3] {
    let draft = |kind, title: &str, number: &str, dated: &str, public| DocumentDraft {
        kind: Some(kind),
        title: title.to_owned(),
        number: number.to_owned(),
        signatory: "Bernard Salvetat".to_owned(),
        function: "Président de la métropole".to_owned(),
        delegation: String::new(),
        dated_on: dated.to_owned(),
        transmitted_on: dated.to_owned(),
        published_on: dated.to_owned(),
        valid_from: dated.to_owned(),
        valid_until: String::new(),
        public,
    };
    [
        draft(
            DocumentKind::Deliberation,
            "Mise en place d’un programme métropolitain Bug Bounty",
            "BMO2026/02/03/16",
            "2026-02-03",
            true,
        ),
        draft(
            DocumentKind::Convention,
            "Convention avec l’École d’ingénieurs Ada-Bréguet",
            "CONV-2026-041",
            "2026-03-12",
            false,
        ),
        draft(
            DocumentKind::Contract,
            "Marché d’exploitation avec Vigie Opérations",
            "M26-118",
            "2026-03-20",
            false,
        ),
    ]
}

/// Answers a question in one line.
fn short_answer(key: &str, town: &Town) -> String {
    match key {
        "commune_adresse" => format!("1, place de la Mairie, {}", town.name),
        "commune_service" => "Direction des systèmes d’information".to_owned(),
        "elu_fonction" => "Maire adjoint au numérique".to_owned(),
        "technique_fonction" => "Responsable de la sécurité".to_owned(),
        _ => town.officer.name.to_owned(),
    }
}

/// Answers every question of the form for a commune.
fn answers(form: &Form, town: &Town) -> Answers {
    form.fields()
        .map(|field| {
            let answer = match &field.kind {
                FieldKind::YesNo | FieldKind::Commitment => "yes".to_owned(),
                FieldKind::Email => town.officer.email.clone(),
                FieldKind::Phone => "01 00 00 00 00".to_owned(),
                FieldKind::Date => "2026-05-04".to_owned(),
                FieldKind::Choice(options) => options.first().map(|option| option.key.clone()).unwrap_or_default(),
                FieldKind::Text => short_answer(&field.key, town),
                FieldKind::LongText => format!(
                    "{} utilise ce portail pour l’essentiel des démarches et souhaite le tester avec les autres communes.",
                    town.name
                ),
            };
            (field.key.clone(), answer)
        })
        .collect()
}
