//! How the vulnerabilities of the story end: one at each phase of sharing.

use crate::cast::{Cast, Part};
use crate::reports::Filed;
use crate::{Teller, nth, texts};
use domain::ids::{RetestId, VulnerabilityId};
use domain::position::PositionEvent;
use domain::sharing::{Phase, Tlp};
use i18n::Lang;
use use_cases::authorisation::Signature;
use use_cases::sharing::{AnswerPosition, AskOpinion, ChangeTlp, GiveOpinion, MarkRead, MovePhase, sign_risk};
use use_cases::vulnerability::{
    Acknowledge, AnnounceFix, AnswerRetest, AnswerVersions, JudgeRetest, NotifyVendor, PublishAdvisory, ReportRetest,
    RequestRetest, TypedAnswer, ViewTexts, ViewVendorWords, ViewVulnerability, WriteTexts,
};
use use_cases::{Error, Outcome, perform, read};

/// The vulnerability that is corrected while the campaign goes on.
const EARLY: usize = 4;

impl Teller<'_> {
    /// Has one vulnerability corrected while the campaign goes on: what gets around its fix can still be reported.
    pub(crate) async fn corrected_early(&self, cast: &Cast, filed: &Filed) -> Outcome<()> {
        let vulnerability = *nth(&filed.vulnerabilities, EARLY)?;
        self.day(15, 8).await?;
        self.notified(cast, vulnerability, EARLY).await?;
        self.day(14, 9).await?;
        perform(&cast.vendor_contact.context(self.app), Acknowledge(vulnerability)).await?;
        self.day(12, 8).await?;
        self.fixed(cast, filed, vulnerability, EARLY).await
    }

    /// Writes what each circle shall read of a vulnerability, and hands it to its vendor.
    async fn notified(&self, cast: &Cast, vulnerability: VulnerabilityId, index: usize) -> Outcome<()> {
        let verifier = nth(&cast.verifiers, 0)?.context(self.app);
        let lang = Lang::Fr;
        let shown = read(&verifier, ViewTexts { vulnerability, lang }).await?;
        let texts = WriteTexts {
            vulnerability,
            lang,
            revision: shown.revision,
            texts: texts::layers(index),
        };
        perform(&verifier, texts).await?;
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        perform(&organiser, NotifyVendor(vulnerability)).await
    }

    /// Lets the vendor say in its own words what to do, and answer of each of its versions.
    async fn vendor_words(&self, cast: &Cast, vulnerability: VulnerabilityId) -> Outcome<()> {
        self.minutes(90);
        let vendor = cast.vendor_contact.context(self.app);
        let advisory = PublishAdvisory {
            vulnerability,
            lang: Lang::Fr,
            seen: None,
            text: texts::ADVISORY.to_owned(),
        };
        perform(&vendor, advisory).await?;
        let known = read(&vendor, ViewVendorWords(vulnerability)).await?;
        let answers = known.words.versions.iter().map(|version| {
            let (status, reason) = texts::version(&version.name);
            TypedAnswer {
                version: version.id,
                seen: version.mark,
                status: status.to_owned(),
                reason: reason.to_owned(),
            }
        });
        let answers = answers.collect();
        perform(&vendor, AnswerVersions { vulnerability, answers }).await
    }

    /// Lets the vendor correct, a retest confirm, and each commune learn and answer.
    ///
    /// The vulnerabilities are, in order: restricted, alert, measures, details, public.
    pub(crate) async fn sharing(&self, cast: &Cast, filed: &Filed) -> Outcome<Vec<VulnerabilityId>> {
        let all = filed.vulnerabilities.clone();
        for (index, vulnerability) in all.iter().enumerate().take(EARLY) {
            self.minutes(20);
            self.notified(cast, *vulnerability, index).await?;
        }
        self.day(9, 8).await?;
        for vulnerability in all.iter().take(EARLY).skip(1) {
            self.minutes(15);
            perform(&cast.vendor_contact.context(self.app), Acknowledge(*vulnerability)).await?;
        }
        self.day(7, 8).await?;
        self.fixed(cast, filed, *nth(&all, 3)?, 3).await?;
        for corrected in all.iter().skip(3) {
            self.vendor_words(cast, *corrected).await?;
        }
        self.shared(cast, &all).await?;
        self.positions(cast, &all).await?;
        Ok(all)
    }

    /// Brings one vulnerability from acknowledged to fixed, the first round only in part.
    async fn fixed(&self, cast: &Cast, filed: &Filed, vulnerability: VulnerabilityId, index: usize) -> Outcome<()> {
        let rounds: &[(&str, &str)] = if index == 4 {
            &[("4.2.1", "partial"), ("4.2.2", "fixed")]
        } else {
            &[("4.2.2", "fixed")]
        };
        let vendor = cast.vendor_contact.context(self.app);
        let verifier = nth(&cast.verifiers, 1)?.context(self.app);
        for (version, outcome) in rounds {
            self.minutes(60);
            let announce = AnnounceFix {
                vulnerability,
                version: (*version).to_owned(),
                note: "Contrôle d’accès ajouté sur chaque dossier.".to_owned(),
            };
            perform(&vendor, announce).await?;
            let retest = perform(&vendor, RequestRetest(vulnerability)).await?;
            self.minutes(240);
            self.retest(nth(&filed.students, index % 4)?, retest, outcome).await?;
            self.minutes(120);
            let judge = JudgeRetest {
                retest,
                confirm: true,
                reason: "Preuve rejouée.".to_owned(),
            };
            perform(&verifier, judge).await?;
        }
        Ok(())
    }

    async fn retest(&self, student: &Part, retest: RetestId, outcome: &str) -> Outcome<()> {
        let context = student.context(self.app);
        perform(&context, AnswerRetest { retest, accept: true }).await?;
        self.minutes(45);
        let report = ReportRetest {
            retest,
            outcome: outcome.to_owned(),
            evidence: "Même requête, même compte : voir la réponse jointe.".to_owned(),
        };
        perform(&context, report).await
    }

    /// Moves each vulnerability, step by step, to the phase it has at the end of the story.
    async fn shared(&self, cast: &Cast, all: &[VulnerabilityId]) -> Outcome<()> {
        self.day(5, 8).await?;
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let vendor = cast.vendor_contact.context(self.app);
        let ways: [&[Phase]; 5] = [
            &[],
            &[Phase::Alert],
            &[Phase::Alert, Phase::Measures],
            &[Phase::Alert, Phase::Measures, Phase::Details],
            &[Phase::Alert, Phase::Measures, Phase::Details, Phase::Public],
        ];
        for (vulnerability, way) in all.iter().zip(ways) {
            if way.len() >= 3 {
                let tlp = if way.len() == 4 { Tlp::Clear } else { Tlp::Green };
                let change = ChangeTlp {
                    vulnerability: *vulnerability,
                    tlp: Some(tlp),
                    reason: "Le correctif est disponible.".to_owned(),
                };
                perform(&organiser, change).await?;
            }
            for phase in way {
                self.minutes(45);
                perform(
                    &organiser,
                    AskOpinion {
                        vulnerability: *vulnerability,
                    },
                )
                .await?;
                let opinion = GiveOpinion {
                    vulnerability: *vulnerability,
                    favourable: Some(true),
                    reason: "Nos clients sont prévenus en même temps.".to_owned(),
                    allows_details: true,
                };
                perform(&vendor, opinion).await?;
                let step = MovePhase {
                    vulnerability: *vulnerability,
                    to: *phase,
                    reason: "Les communes doivent pouvoir agir.".to_owned(),
                };
                perform(&organiser, step).await?;
                self.settle().await?;
            }
        }
        Ok(())
    }

    /// Lets several communes say where they stand; some do not answer, and that shows. The mayor signs one of
    /// the two risks that her town would accept; the other waits for her.
    async fn positions(&self, cast: &Cast, all: &[VulnerabilityId]) -> Outcome<()> {
        self.day(3, 8).await?;
        let answers: &[(usize, usize, &[PositionEvent])] = &[
            (0, 4, &[PositionEvent::DeclareAffected, PositionEvent::Update]),
            (1, 4, &[PositionEvent::DeclareNotAffected]),
            (2, 4, &[PositionEvent::DeclareAffected, PositionEvent::Mitigate]),
            (3, 4, &[PositionEvent::DeclareUnknown]),
            (0, 3, &[PositionEvent::DeclareAffected, PositionEvent::AcceptRisk]),
            (1, 3, &[PositionEvent::DeclareAffected, PositionEvent::Mitigate]),
            (0, 2, &[PositionEvent::DeclareAffected, PositionEvent::AcceptRisk]),
        ];
        for (town, vulnerability, events) in answers {
            self.minutes(70);
            let town = nth(&cast.towns, *town)?;
            let vulnerability = *nth(all, *vulnerability)?;
            let context = town.officer.context(self.app);
            read(&context, ViewVulnerability(vulnerability)).await?;
            let mark = MarkRead {
                vulnerability,
                organisation: town.id,
            };
            perform(&context, mark).await?;
            for event in *events {
                let accepts = *event == PositionEvent::AcceptRisk;
                let answer = AnswerPosition {
                    vulnerability,
                    organisation: town.id,
                    revision: None,
                    answer: Some(*event),
                    reason: texts::reason(*event).to_owned(),
                    until: accepts.then(|| self.at(-90, 12)),
                };
                perform(&context, answer).await?;
            }
        }
        self.minutes(70);
        let (vulnerability, organisation) = (*nth(all, 3)?, nth(&cast.towns, 0)?.id);
        let signature = Signature {
            function: "Maire".to_owned(),
            ..Signature::default()
        };
        let mayor = cast.mayor.context(self.app);
        sign_risk(&mayor, vulnerability, organisation, None, signature, crate::PASSWORD).await?;
        if all.len() == 5 {
            Ok(())
        } else {
            Err(Error::Internal("the story has five vulnerabilities".to_owned()))
        }
    }
}
