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

/// What a line of a file says of an installation; it keeps what it does not speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The version.
    pub version: Option<VersionId>,
    /// Who hosts it; whoever runs it stands for nobody else.
    pub host: Option<OrganisationId>,
}

/// What a line of a file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FromFile {
    /// It declares an installation.
    Declare,
    /// It changes the version or host of one.
    Change,
    /// The installation is as it says.
    Same,
    /// It names another host of an installation that was confirmed with its host.
    HostConfirmed,
}

/// Compares what a line says with the installation that is there.
#[must_use]
pub fn from_file(said: Said, present: Option<&Deployment>) -> FromFile {
    let Some(present) = present else {
        return FromFile::Declare;
    };
    let host = said
        .host
        .map(|host| Some(host).filter(|host| *host != present.organisation));
    let other_host = host.is_some_and(|host| host != present.host);
    let other_version = said.version.is_some() && said.version != present.version;
    if other_host && present.state == DeploymentState::Confirmed {
        FromFile::HostConfirmed
    } else if other_host || other_version {
        FromFile::Change
    } else {
        FromFile::Same
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

    #[test]
    fn a_file_changes_only_what_it_says_otherwise() {
        let id = |n| Uuid::from_u128(n);
        let (old, new) = (VersionId(id(1)), VersionId(id(2)));
        let (own, host, other) = (OrganisationId(id(3)), OrganisationId(id(4)), OrganisationId(id(5)));
        let there = |state| Deployment {
            id: DeploymentId(id(9)),
            organisation: own,
            product: ProductId(id(8)),
            label: String::new(),
            version: Some(old),
            host: Some(host),
            state,
            from: Timestamp(10),
            until: None,
            confirmed_by: None,
            revision: 1,
        };
        use DeploymentState::{Confirmed, Declared};
        let rows = [
            (None, None, Declared, FromFile::Same),
            (Some(old), Some(host), Confirmed, FromFile::Same),
            (Some(new), None, Confirmed, FromFile::Change),
            (None, Some(other), Declared, FromFile::Change),
            (None, Some(own), Declared, FromFile::Change),
            (Some(new), Some(other), Confirmed, FromFile::HostConfirmed),
        ];
        for (version, host, state, expected) in rows {
            let said = Said { version, host };
            assert_eq!(from_file(said, Some(&there(state))), expected, "{said:?} {state:?}");
            assert_eq!(from_file(said, None), FromFile::Declare);
        }
        let alone = Deployment {
            host: None,
            ..there(Confirmed)
        };
        let said = Said {
            version: None,
            host: Some(own),
        };
        assert_eq!(
            from_file(said, Some(&alone)),
            FromFile::Same,
            "who runs it is no host of its own"
        );
    }
}
