//! The reports of the story: one in every state.

use crate::cast::{Cast, Part};
use crate::{Teller, nth, texts};
use domain::ids::{CampaignId, ProductId, ReportId, VulnerabilityId};
use domain::report::ReportState;
use domain::vulnerability::Reach;
use use_cases::report::{
    AddComment, AnswerInformation, AppealClosing, AskInformation, ClaimReport, CloseReport, ConfirmProposal,
    DiscardDraft, Joining, KeepTemplate, ProposeAbusive, RecordReproduction, ReportText, SaveDraft, SubmitReport,
    VerifyReport, WithdrawReport,
};
use use_cases::{Outcome, perform};

/// The reports that were filed, and what the verified ones established.
#[derive(Clone, Debug, Default)]
pub struct Filed {
    states: Vec<(ReportId, &'static str)>,
    pub(crate) vulnerabilities: Vec<VulnerabilityId>,
    pub(crate) students: Vec<Part>,
}

impl Filed {
    /// Gives each report with the state it was brought to.
    #[must_use]
    pub fn states(&self) -> Vec<(ReportId, &'static str)> {
        self.states.clone()
    }
}

impl Teller<'_> {
    /// Lets students report and verifiers judge, until there is a report in every state.
    pub(crate) async fn reports(&self, cast: &Cast, campaign: CampaignId, product: ProductId) -> Outcome<Filed> {
        self.day(42, 9).await?;
        let students = self.students(cast, campaign, product).await?;
        let mut filed = Filed {
            students: students.clone(),
            ..Filed::default()
        };
        self.templates(cast, campaign).await?;
        self.unanswered(cast, campaign, product, &mut filed).await?;
        self.verified(cast, campaign, product, &mut filed).await?;
        self.closed(cast, campaign, product, &mut filed).await?;
        self.abusive(cast, campaign, product, &mut filed).await?;
        self.corrected_early(cast, &filed).await?;
        self.open_ones(cast, campaign, product, &mut filed).await?;
        Ok(filed)
    }

    /// Writes the answers that verifiers give often.
    async fn templates(&self, cast: &Cast, campaign: CampaignId) -> Outcome<()> {
        let verifier = nth(&cast.verifiers, 0)?.context(self.app);
        for (purpose, title, text) in texts::TEMPLATES {
            self.minutes(15);
            let template = KeepTemplate {
                campaign,
                template: None,
                purpose: (*purpose).to_owned(),
                title: (*title).to_owned(),
                text: (*text).to_owned(),
            };
            perform(&verifier, template).await?;
        }
        Ok(())
    }

    /// Writes and submits a report of the story by its number among the texts.
    async fn file(
        &self,
        student: &Part,
        campaign: CampaignId,
        product: ProductId,
        text: &texts::Finding,
    ) -> Outcome<ReportId> {
        let report = self.draft(student, campaign, product, (text, None)).await?;
        self.minutes(35);
        perform(&student.context(self.app), SubmitReport { report }).await?;
        Ok(report)
    }

    /// Reports what gets around the fix of a vulnerability.
    async fn bypass(
        &self,
        student: &Part,
        (campaign, product): (CampaignId, ProductId),
        of: VulnerabilityId,
    ) -> Outcome<ReportId> {
        let report = self
            .draft(student, campaign, product, (&texts::BYPASS, Some(of)))
            .await?;
        self.minutes(35);
        perform(&student.context(self.app), SubmitReport { report }).await?;
        Ok(report)
    }

    async fn draft(
        &self,
        student: &Part,
        campaign: CampaignId,
        product: ProductId,
        (text, bypass_of): (&texts::Finding, Option<VulnerabilityId>),
    ) -> Outcome<ReportId> {
        self.minutes(50);
        let context = student.context(self.app);
        let form = use_cases::read(&context, use_cases::report::ViewReportForm::New(campaign)).await?;
        let draft = SaveDraft {
            bypass_of,
            report: None,
            campaign,
            title: text.title.to_owned(),
            product: Some(product),
            asset: form.assets.first().map(|asset| asset.id),
            text: ReportText {
                steps: text.steps.to_owned(),
                impact: text.impact.to_owned(),
                proof: text.proof.to_owned(),
            },
            cwe: text.cwe.to_owned(),
            vector: text.vector.to_owned(),
            collaborators: Vec::new(),
            seen: None,
        };
        perform(&context, draft).await
    }

    async fn claim(&self, verifier: &Part, report: ReportId) -> Outcome<()> {
        self.minutes(80);
        perform(&verifier.context(self.app), ClaimReport { report }).await
    }

    async fn verified(&self, cast: &Cast, campaign: CampaignId, product: ProductId, filed: &mut Filed) -> Outcome<()> {
        let verifier = nth(&cast.verifiers, 0)?;
        for (index, text) in texts::VERIFIED.iter().enumerate() {
            self.day(38 - i64::try_from(index).unwrap_or_default(), 9).await?;
            let student = nth(&filed.students, index % 4)?.clone();
            let report = self.file(&student, campaign, product, text).await?;
            self.claim(verifier, report).await?;
            let context = verifier.context(self.app);
            self.minutes(30);
            let reproduction = RecordReproduction {
                report,
                text: "Rejoué sur l’environnement de test avec le compte habitant-06 : même résultat.".to_owned(),
                made_at: None,
                on_campaign_target: true,
                succeeded: true,
                replay: None,
                unreplayed: String::new(),
                files: Vec::new(),
            };
            perform(&context, reproduction).await?;
            let verify = VerifyReport {
                regression: false,
                no_bypass: false,
                report,
                vector: text.vector.to_owned(),
                reason: "Cotation du chasseur confirmée par la reproduction.".to_owned(),
                joining: Joining::Open(Reach::Product),
            };
            filed.vulnerabilities.push(perform(&context, verify).await?);
            filed.states.push((report, "verified"));
        }
        Ok(())
    }

    async fn closed(&self, cast: &Cast, campaign: CampaignId, product: ProductId, filed: &mut Filed) -> Outcome<()> {
        let verifier = nth(&cast.verifiers, 1)?;
        let original = filed
            .states
            .iter()
            .find(|(_, state)| *state == "verified")
            .map(|(report, _)| *report);
        let closings = [
            (ReportState::NotReproduced, "not_reproduced"),
            (ReportState::OutOfScope, "out_of_scope"),
            (ReportState::Informative, "informative"),
            (ReportState::Duplicate, "duplicate"),
            (ReportState::Informative, "appealed"),
        ];
        for (index, (closing, state)) in closings.into_iter().enumerate() {
            self.day(22 - i64::try_from(index).unwrap_or_default(), 9).await?;
            let student = nth(&filed.students, (index + 1) % 5)?.clone();
            let text = nth(texts::CLOSED, index)?;
            let report = self.file(&student, campaign, product, text).await?;
            self.claim(verifier, report).await?;
            let close = CloseReport {
                report,
                closing,
                reason: text.closing.to_owned(),
                original: original.filter(|_| closing == ReportState::Duplicate),
            };
            perform(&verifier.context(self.app), close).await?;
            filed.states.push((report, state));
        }
        Ok(())
    }

    async fn abusive(&self, cast: &Cast, campaign: CampaignId, product: ProductId, filed: &mut Filed) -> Outcome<()> {
        self.day(16, 9).await?;
        let student = nth(&filed.students, 4)?.clone();
        let report = self.file(&student, campaign, product, &texts::ABUSIVE).await?;
        let first = nth(&cast.verifiers, 0)?;
        self.claim(first, report).await?;
        let propose = ProposeAbusive {
            report,
            reason: texts::ABUSIVE.closing.to_owned(),
        };
        perform(&first.context(self.app), propose).await?;
        self.minutes(120);
        perform(&nth(&cast.verifiers, 1)?.context(self.app), ConfirmProposal { report }).await?;
        filed.states.push((report, "abusive"));
        Ok(())
    }

    async fn unanswered(
        &self,
        cast: &Cast,
        campaign: CampaignId,
        product: ProductId,
        filed: &mut Filed,
    ) -> Outcome<()> {
        self.day(41, 9).await?;
        let student = nth(&filed.students, 4)?.clone();
        let report = self.file(&student, campaign, product, nth(texts::OPEN, 0)?).await?;
        let verifier = nth(&cast.verifiers, 2)?;
        self.claim(verifier, report).await?;
        let ask = AskInformation {
            report,
            question: "Sur quelle page et avec quel compte avez-vous observé ce comportement ?".to_owned(),
        };
        perform(&verifier.context(self.app), ask).await?;
        filed.states.push((report, "closed_unanswered"));
        Ok(())
    }

    /// Leaves the last reports as a campaign's end finds them: drafted, waiting, asked, contested.
    async fn open_ones(&self, cast: &Cast, campaign: CampaignId, product: ProductId, filed: &mut Filed) -> Outcome<()> {
        self.day(10, 9).await?;
        let contested = filed
            .states
            .iter()
            .find(|(_, state)| *state == "appealed")
            .map(|(report, _)| *report);
        let verifier = nth(&cast.verifiers, 0)?;
        let students = filed.students.clone();
        let student = |index: usize| nth(&students, index);
        for (index, state) in [
            "submitted",
            "in_verification",
            "needs_information",
            "withdrawn",
            "discarded",
            "draft",
        ]
        .into_iter()
        .enumerate()
        {
            let who = student(index % 5)?;
            let text = nth(texts::OPEN, index + 1)?;
            let draft_only = state == "discarded" || state == "draft";
            let report = if draft_only {
                self.draft(who, campaign, product, (text, None)).await?
            } else if state == "submitted" {
                self.bypass(who, (campaign, product), *nth(&filed.vulnerabilities, 4)?)
                    .await?
            } else {
                self.file(who, campaign, product, text).await?
            };
            self.bring(verifier, who, report, state).await?;
            filed.states.push((report, state));
        }
        if let Some(report) = contested {
            let appeal = AppealClosing {
                report,
                grounds: "La réponse du serveur montre bien les données d’un autre dossier : voir la preuve, ligne 12."
                    .to_owned(),
            };
            // The author of the contested report is the fifth of the closed ones.
            perform(&student(0)?.context(self.app), appeal).await?;
        }
        Ok(())
    }

    async fn bring(&self, verifier: &Part, student: &Part, report: ReportId, state: &str) -> Outcome<()> {
        let (judge, author) = (verifier.context(self.app), student.context(self.app));
        match state {
            "in_verification" => {
                self.claim(verifier, report).await?;
                let comment = AddComment {
                    report,
                    internal: true,
                    text: "Je rejoue ce soir sur une session neuve.".to_owned(),
                };
                perform(&judge, comment).await
            }
            "needs_information" => {
                self.claim(verifier, report).await?;
                let ask = AskInformation {
                    report,
                    question: "Pouvez-vous joindre la requête complète ?".to_owned(),
                };
                perform(&judge, ask).await?;
                self.minutes(200);
                let answer = AnswerInformation {
                    report,
                    text: "La voici, avec ses en-têtes.".to_owned(),
                    files: Vec::new(),
                };
                perform(&author, answer).await?;
                let again = AskInformation {
                    report,
                    question: "Merci. Le comportement dépend-il du rôle du compte ?".to_owned(),
                };
                perform(&judge, again).await
            }
            "withdrawn" => {
                let withdraw = WithdrawReport {
                    report,
                    reason: "Je me suis trompé de page.".to_owned(),
                };
                perform(&author, withdraw).await
            }
            "discarded" => perform(&author, DiscardDraft { report }).await,
            _ => Ok(()),
        }
    }
}
