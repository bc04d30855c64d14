//! A campaign's moves by its organiser: plan, cancel, suspend, resume, close, archive.

use super::{clock, entry, missing, settle, taken};
use crate::error::{Error, Fields, Outcome};
use crate::perform::UseCase;
use crate::ports::CampaignRecord;
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::Acting;
use authorization::action::{ManageCampaign, SuspendCampaign};
use domain::campaign::{CampaignEvent, CampaignState};
use domain::ids::CampaignId;
use domain::machine::Machine;
use domain::party::PersonPart;
use domain::readiness::Missing;
use serde_json::json;

/// A move that an organiser may want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveWanted {
    /// Announce it to its parties.
    Plan,
    /// Give it up.
    Cancel,
    /// Stop it.
    Suspend,
    /// Let it go on.
    Resume,
    /// Say that the last report is settled.
    Close,
    /// Put it away.
    Archive,
}

/// Moves a campaign.
#[derive(Clone, Debug)]
pub struct MoveCampaign {
    /// The campaign.
    pub campaign: CampaignId,
    /// The move.
    pub wanted: MoveWanted,
    /// Why; demanded for cancelling, suspending and resuming.
    pub reason: String,
}

impl UseCase for MoveCampaign {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        use MoveWanted::{Archive, Cancel, Close, Plan, Resume, Suspend};
        let (record, acting) = match self.wanted {
            Suspend => split(taken::<SuspendCampaign>(unit, self.campaign).await?),
            _ => split(taken::<ManageCampaign>(unit, self.campaign).await?),
        };
        let mut fields = Fields::new();
        let demanded = matches!(self.wanted, Cancel | Suspend | Resume);
        let reason = if demanded {
            fields.required("reason", &self.reason, 2_000)
        } else {
            fields.optional("reason", &self.reason, 2_000)
        };
        fields.done()?;
        match self.wanted {
            Plan => self.plan(unit, &record, &acting).await,
            Suspend => suspend(unit, &record, &acting, &reason, "campaign.suspended").await,
            Resume => self.resume(unit, &record, &acting, &reason).await,
            Cancel => self.step(unit, &record, &acting, CampaignEvent::Cancel, &reason).await,
            Close => self.step(unit, &record, &acting, CampaignEvent::Close, &reason).await,
            Archive => self.step(unit, &record, &acting, CampaignEvent::Archive, &reason).await,
        }
    }
}

fn split<A: authorization::Action>(proof: authorization::Permitted<A, CampaignRecord>) -> (CampaignRecord, Acting) {
    let acting = proof.acting().clone();
    (proof.into_value(), acting)
}

impl MoveCampaign {
    async fn plan(&self, unit: &mut Unit, record: &CampaignRecord, acting: &Acting) -> Outcome<()> {
        let state = record.campaign.state.after(CampaignEvent::Plan)?;
        let blocks = |m: &Missing| {
            matches!(
                m,
                Missing::Products | Missing::Window | Missing::Party(_) | Missing::Signer(..) | Missing::Reason(_)
            )
        };
        if missing(unit, record).await?.iter().any(blocks) {
            return Err(Error::Conflict("error-campaign-plan-missing"));
        }
        let products: Vec<_> = record.products.iter().map(|one| one.product).collect();
        super::duplicate::note(unit, record, &products).await?;
        unit.store.set_campaign_state(self.campaign, state, None, None).await?;
        unit.record(acting, entry(self.campaign, "campaign.planned", json!({})))
            .await?;
        clock::mail_parties(unit, record, "mail.campaign-planned").await?;
        super::members::tell(unit, self.campaign, "mail.campaign-group-planned").await?;
        settle(unit, self.campaign).await
    }

    async fn resume(&self, unit: &mut Unit, record: &CampaignRecord, acting: &Acting, reason: &str) -> Outcome<()> {
        if record.state_at(unit.now) != CampaignState::Suspended {
            return Err(Error::Conflict("error-not-in-this-state"));
        }
        if !record.authorised_at(unit.now) {
            return Err(Error::Conflict("error-campaign-not-authorised"));
        }
        let state = CampaignState::Suspended.after(CampaignEvent::Resume)?;
        unit.store.set_campaign_state(self.campaign, state, None, None).await?;
        unit.record(
            acting,
            entry(self.campaign, "campaign.resumed", json!({"reason": reason})),
        )
        .await?;
        clock::mail_people(unit, record, "mail.campaign-resumed").await
    }

    async fn step(
        &self,
        unit: &mut Unit,
        record: &CampaignRecord,
        acting: &Acting,
        event: CampaignEvent,
        reason: &str,
    ) -> Outcome<()> {
        let state = record.state_at(unit.now).after(event)?;
        unit.store.set_campaign_state(self.campaign, state, None, None).await?;
        // Nothing is reached any more after any of these: the gateway forgets the campaign.
        unit.store.end_leases(self.campaign, unit.now).await?;
        for target in unit.store.targets(self.campaign).await? {
            crate::target::let_go(unit, acting, target.target.id).await?;
        }
        // Retests go on where a campaign is closed.
        if state != CampaignState::Closed {
            crate::target::end_corrected(unit, acting, self.campaign).await?;
        }
        let kind = match state {
            CampaignState::Cancelled => "campaign.cancelled",
            CampaignState::Closed => "campaign.closed",
            _ => "campaign.archived",
        };
        unit.record(acting, entry(self.campaign, kind, json!({"reason": reason})))
            .await?;
        if state == CampaignState::Cancelled {
            tell_cancelled(unit, record).await?;
        }
        Ok(())
    }
}

/// Tells those who know of a campaign that it is cancelled: of a draft, those who prepare it and whom a group brought in.
async fn tell_cancelled(unit: &mut Unit, record: &CampaignRecord) -> Outcome<()> {
    let kind = "mail.campaign-cancelled";
    if record.announced {
        clock::mail_parties(unit, record, kind).await?;
        clock::mail_people(unit, record, kind).await?;
    } else {
        clock::mail_parts(unit, record, &[PersonPart::Pilot], kind).await?;
    }
    super::members::tell(unit, record.campaign.id, kind).await
}

/// Stops a campaign that is open at this instant, with the reason sealed.
pub(crate) async fn suspend(
    unit: &mut Unit,
    record: &CampaignRecord,
    acting: &Acting,
    reason: &str,
    kind: &'static str,
) -> Outcome<()> {
    let id = record.campaign.id;
    let now = match record.state_at(unit.now) {
        CampaignState::Suspended if record.campaign.state != CampaignState::Suspended => CampaignState::Open,
        state => state,
    };
    let state = now.after(CampaignEvent::Suspend)?;
    let sealed = unit
        .seal(
            KeyHolder::Campaign(id),
            place("campaign", "suspension_sealed", id.0),
            reason.as_bytes(),
        )
        .await?;
    unit.store
        .set_campaign_state(id, state, Some(unit.now), Some(sealed))
        .await?;
    unit.record(acting, entry(id, kind, json!({"reason": reason}))).await?;
    clock::mail_people(unit, record, "mail.campaign-suspended").await
}
