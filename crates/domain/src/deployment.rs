//! Deployments: which organisation runs which product, in which version.

use crate::ids::{DeploymentId, OrganisationId, ProductId, VersionId};
use crate::time::Timestamp;
use crate::{coded, transitions};

coded! {
    /// Where a deployment stands.
    pub enum DeploymentState {
        /// Its organisation says so; worth an alert at most.
        Declared = "declared",
        /// Somebody who knows has confirmed it.
        Confirmed = "confirmed",
        /// It no longer runs; its rights have ended.
        Ended = "ended",
    }
}

coded! {
    /// What may happen to a deployment.
    pub enum DeploymentEvent {
        /// The vendor, the group, the organiser or a proof confirms it.
        Confirm = "confirm",
        /// It no longer runs.
        End = "end",
    }
}

transitions! { DeploymentState on DeploymentEvent as "deployment" {
    Declared, Confirm => Confirmed;
    Declared | Confirmed, End => Ended;
}}

coded! {
    /// Who or what confirmed a deployment.
    pub enum ConfirmedBy {
        /// The product's vendor.
        Vendor = "vendor",
        /// The group that administers the organisation.
        Group = "group",
        /// The organiser of a programme.
        Organiser = "organiser",
        /// A proof that was accepted.
        Proof = "proof",
    }
}

/// Fewer organisations than this are not counted in public: a small number points at somebody.
pub const FEWEST_COUNTED: i64 = 5;

/// Gives how many organisations run a product as the public may know it; none where they are few.
#[must_use]
pub const fn public_count(deployers: i64) -> Option<i64> {
    if deployers >= FEWEST_COUNTED {
        Some(deployers)
    } else {
        None
    }
}

/// A product as one organisation runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Its identifier.
    pub id: DeploymentId,
    /// Who runs it.
    pub organisation: OrganisationId,
    /// What it runs.
    pub product: ProductId,
    /// What tells it from the organisation's others of the same product; may be empty.
    pub label: String,
    /// The version it runs, where known.
    pub version: Option<VersionId>,
    /// Who hosts it, where another does.
    pub host: Option<OrganisationId>,
    /// Where it stands.
    pub state: DeploymentState,
    /// Since when it is declared.
    pub from: Timestamp,
    /// Until when, where it has ended.
    pub until: Option<Timestamp>,
    /// Who or what confirmed it.
    pub confirmed_by: Option<ConfirmedBy>,
    /// The revision of its row.
    pub revision: i64,
}

coded! {
    /// What a deployment is worth to its reader; ordered.
    pub enum Standing {
        /// Nothing: there is none, or it has ended.
        None = "none",
        /// An alert at most.
        Declared = "declared",
        /// All that the phase gives.
        Confirmed = "confirmed",
    }
}

impl Deployment {
    /// Gives what the deployment is worth at `now`; one that has ended is worth nothing at once.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.from > now || self.until.is_some_and(|until| until <= now) {
            return Standing::None;
        }
        match self.state {
            DeploymentState::Declared => Standing::Declared,
            DeploymentState::Confirmed => Standing::Confirmed,
            DeploymentState::Ended => Standing::None,
        }
    }

    /// Says whether it was declared after the vulnerability was opened; such ones are flagged.
    #[must_use]
    pub fn is_late_for(&self, vulnerability_opened_at: Timestamp) -> bool {
        self.from > vulnerability_opened_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn few_deployers_are_not_counted_in_public() {
        assert_eq!(public_count(0), None);
        assert_eq!(public_count(FEWEST_COUNTED - 1), None);
        assert_eq!(public_count(FEWEST_COUNTED), Some(5));
    }

    #[test]
    fn the_end_of_a_deployment_ends_its_rights_at_once() {
        let mut d = Deployment {
            id: DeploymentId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            product: ProductId(Uuid::nil()),
            label: String::new(),
            version: None,
            host: None,
            state: DeploymentState::Confirmed,
            from: Timestamp(10),
            until: Some(Timestamp(20)),
            confirmed_by: Some(ConfirmedBy::Vendor),
            revision: 0,
        };
        assert_eq!(d.standing(Timestamp(9)), Standing::None);
        assert_eq!(d.standing(Timestamp(19)), Standing::Confirmed);
        assert_eq!(d.standing(Timestamp(20)), Standing::None);
        d.state = DeploymentState::Declared;
        assert_eq!(d.standing(Timestamp(10)), Standing::Declared);
        assert!(d.is_late_for(Timestamp(9)) && !d.is_late_for(Timestamp(10)));
    }
}
