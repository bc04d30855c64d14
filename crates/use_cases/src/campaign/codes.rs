//! A school's one-time codes: made, printed once, ended, followed.

use super::people::{PeopleLine, lines};
use super::{entry, refuse_over, taken};
use crate::error::{Error, Outcome};
use crate::people::create_code;
use crate::perform::UseCase;
use crate::ports::CampaignRecord;
use crate::unit::Unit;
use authorization::action::EnrolHunters;
use domain::Timestamp;
use domain::ids::{CampaignId, InvitationId, OrganisationId};
use domain::role::GrantScope;
use serde_json::json;

pub use crate::people::code_text;

/// One code, as it is printed.
#[derive(Clone, Debug)]
pub struct Code {
    /// What tells it from others on the sheet.
    pub label: String,
    /// The code, in groups of five.
    pub text: String,
}

/// The codes that were just made; they are shown once.
#[derive(Clone, Debug)]
pub struct CodeSheet {
    /// The campaign.
    pub record: CampaignRecord,
    /// The school's name.
    pub school: String,
    /// The codes.
    pub codes: Vec<Code>,
    /// Until when they can be used.
    pub until: Timestamp,
}

/// Makes one-time codes for the hunters of a school.
#[derive(Clone, Debug)]
pub struct MakeCodes {
    /// The campaign.
    pub campaign: CampaignId,
    /// How many.
    pub count: i64,
}

fn school_of(acting: &authorization::Acting) -> Outcome<OrganisationId> {
    acting.organisation().ok_or(Error::NotFound)
}

impl UseCase for MakeCodes {
    type Output = CodeSheet;

    async fn run(&self, unit: &mut Unit) -> Outcome<CodeSheet> {
        let proof = taken::<EnrolHunters>(unit, self.campaign).await?;
        refuse_over(&proof, unit.now)?;
        let acting = proof.acting().clone();
        let school = school_of(&acting)?;
        let most = i64::try_from(unit.app.settings.limits.codes).unwrap_or(i64::MAX);
        if self.count < 1 || self.count > most {
            return Err(Error::field("count", "error-codes-count"));
        }
        let until = proof.campaign.window.closes_at;
        let stamp = unit.now.0 / domain::time::SECOND % 1_000_000;
        let mut codes = Vec::new();
        for number in 1..=self.count {
            let label = format!("{stamp}-{number}");
            let text = create_code(
                unit,
                &acting,
                school,
                GrantScope::Campaign(self.campaign),
                &label,
                until,
            )
            .await?;
            codes.push(Code { label, text });
        }
        let body = json!({"school": school, "codes": self.count});
        unit.record(&acting, entry(self.campaign, "campaign.codes_made", body))
            .await?;
        let name = unit.store.organisations(&[school]).await?;
        Ok(CodeSheet {
            record: proof.into_value(),
            school: name.into_iter().next().map(|o| o.name).unwrap_or_default(),
            codes,
            until,
        })
    }
}

/// Ends every code of a school that was not used.
pub struct EndCodes(pub CampaignId);

impl UseCase for EndCodes {
    type Output = usize;

    async fn run(&self, unit: &mut Unit) -> Outcome<usize> {
        let proof = taken::<EnrolHunters>(unit, self.0).await?;
        let acting = proof.acting().clone();
        let school = school_of(&acting)?;
        let open = open_codes(unit, school, self.0).await?;
        for id in &open {
            unit.store.end_invitation(*id, unit.now).await?;
        }
        let body = json!({"school": school, "codes": open.len()});
        unit.record(&acting, entry(self.0, "campaign.codes_ended", body))
            .await?;
        Ok(open.len())
    }
}

async fn open_codes(unit: &mut Unit, school: OrganisationId, campaign: CampaignId) -> Outcome<Vec<InvitationId>> {
    let now = unit.now;
    let all = unit.store.invitations(school).await?;
    Ok(all
        .into_iter()
        .filter(|i| i.kind == "code" && i.scope == GrantScope::Campaign(campaign))
        .filter(|i| i.used_at.is_none() && i.ended_at.is_none() && i.expires_at > now)
        .map(|i| i.id)
        .collect())
}

/// The page where a school follows its hunters.
#[derive(Clone, Debug)]
pub struct CodesPage {
    /// The campaign.
    pub record: CampaignRecord,
    /// The school's name.
    pub school: String,
    /// How many codes wait to be used.
    pub waiting: usize,
    /// Who has joined, by pseudonym.
    pub joined: Vec<PeopleLine>,
    /// Whether codes may still be made.
    pub may_make: bool,
}

/// Shows a school its codes and who has joined.
pub struct ViewCodes(pub CampaignId);

impl UseCase for ViewCodes {
    type Output = CodesPage;

    async fn run(&self, unit: &mut Unit) -> Outcome<CodesPage> {
        let found = unit.store.campaign(self.0, &unit.reader).await?;
        let proof = unit.permit_found::<EnrolHunters, _>(found)?;
        let school = school_of(proof.acting())?;
        let record = proof.into_value();
        let joined = lines(unit, &record, Some(school)).await?;
        let waiting = open_codes(unit, school, self.0).await?.len();
        let name = unit.store.organisations(&[school]).await?;
        Ok(CodesPage {
            may_make: refuse_over(&record, unit.now).is_ok(),
            record,
            school: name.into_iter().next().map(|o| o.name).unwrap_or_default(),
            waiting,
            joined,
        })
    }
}
