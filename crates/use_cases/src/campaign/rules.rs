//! Rules of engagement: versions of a programme, accepted by each hunter.

use super::{entry, taken};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::CampaignFrame;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::{AcceptRules, ManageCampaign, OpenCampaign};
use domain::Timestamp;
use domain::campaign::CampaignState;
use domain::ids::{CampaignId, RulesId};
use domain::scope::RulesOfEngagement;
use serde_json::json;

/// The rules of a programme, newest first.
#[derive(Clone, Debug)]
pub struct RulesPage {
    /// The programme.
    pub frame: CampaignFrame,
    /// Each version with the instant it was written.
    pub versions: Vec<(RulesOfEngagement, Timestamp)>,
}

/// Shows the rules of a programme, by its readable address, to its organisers.
pub struct ViewProgrammeRules(pub String);

impl UseCase for ViewProgrammeRules {
    type Output = RulesPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<RulesPage> {
        let found = unit.store.campaign_frame_by_slug(&self.0).await?;
        let frame = unit.permit_found::<OpenCampaign, _>(found)?.into_value();
        let versions = unit.store.rules_of_programme(frame.programme).await?;
        Ok(RulesPage { frame, versions })
    }
}

/// Writes a new version of a programme's rules; campaigns that are not over follow it.
#[derive(Clone, Debug)]
pub struct WriteRules {
    /// The programme's readable address.
    pub programme: String,
    /// The text, in Markdown.
    pub text: String,
}

impl UseCase for WriteRules {
    type Output = RulesId;

    async fn run(&self, unit: &mut Unit) -> Outcome<RulesId> {
        let found = unit.store.campaign_frame_by_slug(&self.programme).await?;
        let proof = unit.permit_found::<OpenCampaign, _>(found)?;
        let mut fields = Fields::new();
        let text = fields.required("text", &self.text, unit.app.settings.limits.text);
        fields.done()?;
        let acting = proof.acting().clone();
        let versions = unit.store.rules_of_programme(proof.programme).await?;
        let rules = RulesOfEngagement {
            id: RulesId(unit.fresh_id()),
            programme: proof.programme,
            version: versions.first().map_or(1, |(last, _)| last.version + 1),
            text,
        };
        unit.store.insert_rules(&rules, acting.person(), unit.now).await?;
        let body = json!({"rules": rules.id, "version": rules.version});
        let written = NewEntry {
            stream_kind: "programme",
            stream_id: proof.programme.0,
            kind: "programme.rules_written",
            log: Log::Sealed,
            holder: KeyHolder::Programme(proof.programme),
            body: body.clone(),
        };
        unit.record(&acting, written).await?;
        for line in unit.store.campaigns_of_programme(proof.programme).await? {
            let over = matches!(
                line.state,
                CampaignState::Closed | CampaignState::Archived | CampaignState::Cancelled
            );
            if !over {
                unit.store.set_campaign_rules(line.id, rules.id).await?;
                unit.record(&acting, entry(line.id, "campaign.rules_changed", body.clone()))
                    .await?;
                super::settle(unit, line.id).await?;
            }
        }
        Ok(rules.id)
    }
}

/// Gives a campaign the newest rules of its programme.
pub struct ChooseLatestRules(pub CampaignId);

impl UseCase for ChooseLatestRules {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ManageCampaign>(unit, self.0).await?;
        let acting = proof.acting().clone();
        let versions = unit.store.rules_of_programme(proof.frame.programme).await?;
        let (latest, _) = versions.first().ok_or(Error::Conflict("error-rules-none"))?;
        unit.store.set_campaign_rules(self.0, latest.id).await?;
        let body = json!({"rules": latest.id, "version": latest.version});
        unit.record(&acting, entry(self.0, "campaign.rules_changed", body))
            .await?;
        super::settle(unit, self.0).await
    }
}

/// Accepts the present rules of a campaign, as one of its hunters.
#[derive(Clone, Debug)]
pub struct AcceptRulesOf {
    /// The campaign.
    pub campaign: CampaignId,
    /// The rules that were read; a newer version must be read first.
    pub rules: RulesId,
    /// Whether the hunter ticked that they accept them.
    pub accepted: bool,
}

impl UseCase for AcceptRulesOf {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<AcceptRules>(unit, self.campaign).await?;
        if !self.accepted {
            return Err(Error::field("accepted", "error-rules-tick"));
        }
        if proof.campaign.rules != Some(self.rules) {
            return Err(Error::Conflict("error-rules-newer"));
        }
        let acting = proof.acting().clone();
        let person = unit.person()?;
        unit.store
            .accept_rules(self.rules, self.campaign, person, unit.now)
            .await?;
        let body = json!({"rules": self.rules, "person": person});
        unit.record(&acting, entry(self.campaign, "campaign.rules_accepted", body))
            .await?;
        Ok(())
    }
}
