//! What an earlier test found, imported into the campaign that is being prepared.

use crate::texts::EARLIER_TEST;
use crate::{Cast, Teller, nth};
use domain::ids::CampaignId;
use use_cases::finding::{DecideOnFinding, FindingDecision, ImportFindingsOf, ListFindingsOf};
use use_cases::{Outcome, perform, read};

impl Teller<'_> {
    /// Imports three findings, of which the operator refuses one; the others wait for a decision.
    pub(crate) async fn earlier_test(&self, cast: &Cast, campaign: CampaignId) -> Outcome<()> {
        let organiser = nth(&cast.organisers, 0)?.context(self.app);
        let import = ImportFindingsOf {
            campaign,
            source: "Test d’intrusion 2025, ville d’Orvanne".to_owned(),
            text: EARLIER_TEST.to_owned(),
        };
        perform(&organiser, import).await?;
        self.minutes(50);
        let verifier = nth(&cast.verifiers, 0)?.context(self.app);
        let list = read(&verifier, ListFindingsOf { campaign, after: 0 }).await?;
        let refuse = DecideOnFinding {
            finding: nth(&list.lines, 2)?.id,
            decision: FindingDecision::Refuse,
            vector: String::new(),
            reason: "La version testée aujourd’hui n’affiche plus ce message : l’éditeur l’a retiré.".to_owned(),
        };
        perform(&verifier, refuse).await?;
        Ok(())
    }
}
