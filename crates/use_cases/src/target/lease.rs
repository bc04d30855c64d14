//! Leases: a person's own way to a target, with a credential that is shown once.

use super::open_settings;
use crate::campaign::{entry, taken};
use crate::error::{Error, Outcome};
use crate::perform::UseCase;
use crate::ports::{CampaignRecord, LeaseRow};
use crate::unit::Unit;
use authorization::Permitted;
use authorization::action::{ReachTarget, SuspendCampaign};
use domain::Timestamp;
use domain::access::may_reach_target;
use domain::ids::{CampaignId, LeaseId, PersonId, TargetId};
use domain::programme::NoticeKind;
use domain::target::{Lease, lease_label};
use serde_json::json;

/// A lease with its credential, which is shown this once.
#[derive(Clone, Debug)]
pub struct GivenLease {
    /// The lease.
    pub id: LeaseId,
    /// The first label of its host name.
    pub label: String,
    /// The credential.
    pub credential: String,
    /// What the target is called.
    pub target: String,
    /// The name of the campaign.
    pub campaign: String,
    /// Until when what is recorded is kept.
    pub recorded_until: Timestamp,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
}

/// Takes a way to a target; whoever has one gets a new credential for it, and the old one ends.
#[derive(Clone, Debug)]
pub struct TakeLease {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
}

impl UseCase for TakeLease {
    type Output = GivenLease;

    async fn run(&self, unit: &mut Unit) -> Outcome<GivenLease> {
        let proof = taken::<ReachTarget>(unit, self.campaign).await?;
        let person = unit.person()?;
        may_reach_target(&proof.access_facts(person, unit.now)).map_err(|_| Error::Conflict("error-target-closed"))?;
        if unit.app.settings.gateway.is_none() {
            return Err(Error::Conflict("target-error-no-gateway"));
        }
        let there = unit.store.targets(self.campaign).await?;
        let row = there.into_iter().find(|row| row.target.id == self.target);
        let row = row.ok_or(Error::NotFound)?;
        let acting = proof.acting().clone();
        super::instance::wanted_for(unit, &acting, &row, person).await?;
        // Whoever is led to a target is recorded there: what they send is sealed from the first byte on.
        crate::exchange::begin(unit, &proof).await?;
        let settings = open_settings(unit, &proof, &row).await?;
        let secret = unit.app.chance.bytes32();
        let hash = sealing::token_hash(&secret);
        let lease = match held(unit, self.campaign, person, self.target).await? {
            Some(lease) => self.renew(unit, &proof, lease, hash).await?,
            None => self.make(unit, &proof, person, hash).await?,
        };
        Ok(GivenLease {
            id: lease.id,
            label: lease.label,
            credential: sealing::token_text(secret),
            target: settings.name,
            campaign: proof.campaign.name.clone(),
            recorded_until: proof.recordings_until(),
            notice: proof.frame.notice,
        })
    }
}

impl TakeLease {
    async fn renew(
        &self,
        unit: &mut Unit,
        proof: &Permitted<ReachTarget, CampaignRecord>,
        lease: Lease,
        hash: [u8; 32],
    ) -> Outcome<Lease> {
        unit.store.renew_lease(lease.id, hash, unit.now).await?;
        let body = json!({"lease": lease.id, "target": self.target});
        unit.record(proof.acting(), entry(self.campaign, "campaign.lease_renewed", body))
            .await?;
        Ok(lease)
    }

    async fn make(
        &self,
        unit: &mut Unit,
        proof: &Permitted<ReachTarget, CampaignRecord>,
        person: PersonId,
        hash: [u8; 32],
    ) -> Outcome<Lease> {
        let mut random = [0; 10];
        unit.app.chance.fill(&mut random);
        let lease = Lease {
            id: LeaseId(unit.fresh_id()),
            target: self.target,
            campaign: self.campaign,
            person,
            label: lease_label(random),
            from: unit.now,
            ended_at: None,
        };
        let row = LeaseRow {
            lease: lease.clone(),
            token_hash: hash,
            renewed_at: None,
        };
        unit.store.insert_lease(&row).await?;
        let body = json!({"lease": lease.id, "target": self.target, "person": person});
        unit.record(proof.acting(), entry(self.campaign, "campaign.lease_taken", body))
            .await?;
        Ok(lease)
    }
}

/// Gives a person's lease to a target, where they hold one.
pub(super) async fn held(
    unit: &mut Unit,
    campaign: CampaignId,
    person: PersonId,
    target: TargetId,
) -> Outcome<Option<Lease>> {
    let leases = unit.store.leases_of(campaign, person).await?;
    let mut held = leases.into_iter().map(|row| row.lease);
    Ok(held.find(|lease| lease.target == target && lease.ended_at.is_none()))
}

/// Gives one's own way to a target back.
#[derive(Clone, Debug)]
pub struct GiveBackLease {
    /// The campaign.
    pub campaign: CampaignId,
    /// The target.
    pub target: TargetId,
}

impl UseCase for GiveBackLease {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<ReachTarget>(unit, self.campaign).await?;
        let person = unit.person()?;
        let lease = held(unit, self.campaign, person, self.target)
            .await?
            .ok_or(Error::NotFound)?;
        unit.store.end_lease(lease.id, unit.now).await?;
        let acting = proof.acting().clone();
        let body = json!({"lease": lease.id, "person": person});
        unit.record(&acting, entry(self.campaign, "campaign.lease_ended", body))
            .await?;
        Ok(())
    }
}

/// Ends somebody's way to a target; they may take another unless they are suspended.
#[derive(Clone, Debug)]
pub struct EndLease {
    /// The campaign.
    pub campaign: CampaignId,
    /// The lease.
    pub lease: LeaseId,
}

impl UseCase for EndLease {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = taken::<SuspendCampaign>(unit, self.campaign).await?;
        let leases = unit.store.leases_held(self.campaign).await?;
        let mut held = leases.into_iter().map(|row| row.lease);
        let lease = held.find(|lease| lease.id == self.lease).ok_or(Error::NotFound)?;
        unit.store.end_lease(lease.id, unit.now).await?;
        let acting = proof.acting().clone();
        let body = json!({"lease": lease.id, "person": lease.person});
        unit.record(&acting, entry(self.campaign, "campaign.lease_ended", body))
            .await?;
        Ok(())
    }
}
