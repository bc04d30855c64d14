//! Ports of what concerns one organisation: one row for each vulnerability of what it runs.

use super::{PositionRow, Stored};
use async_trait::async_trait;
use domain::concern::Rated;
use domain::disclosure::{Disclosure, ReaderFacts, RunBy, SharingFacts, disclosure};
use domain::ids::{OrganisationId, PersonId, ProductId, VulnerabilityId};
use domain::position::PositionState;
use domain::programme::NoticeKind;
use domain::sharing::{Embargo, Phase, Tlp};
use domain::vulnerability::{Origin, Reach, VulnerabilityState, stands};
use domain::{Correction, Standing, Timestamp};

/// A vulnerability of what an organisation runs, with where the organisation stands: only what a
/// list needs, and never a text.
#[derive(Clone, Debug)]
pub struct ConcernRow {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The product that it is of.
    pub product: ProductId,
    /// The product's name.
    pub product_name: String,
    /// The product's name, as names are sorted.
    pub product_sort: String,
    /// The notice that follows its programme.
    pub notice: NoticeKind,
    /// Days that the programme gives a deployer to say where it stands.
    pub position_days: i64,
    /// How far it reaches.
    pub reach: Reach,
    /// Where it stands.
    pub state: VulnerabilityState,
    /// By what it was opened.
    pub origin: Origin,
    /// How many verified reports support it, counted to one.
    pub reports: i64,
    /// How severe it is for everybody.
    pub base: Rated,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The version announced last as corrected.
    pub announced_version: Option<String>,
    /// Whether a retest of this round confirmed that version.
    pub retest_confirmed: bool,
    /// How far it is shared.
    pub phase: Phase,
    /// Since when.
    pub phase_at: Timestamp,
    /// Who may read it at most.
    pub tlp: Tlp,
    /// What holds it back.
    pub embargo: Embargo,
    /// Since when it is known to be exploited.
    pub exploited_at: Option<Timestamp>,
    /// Whether the reader is named for it in person.
    pub named: bool,
    /// What the organisation's best deployment is worth.
    pub standing: Standing,
    /// Since when it runs what is affected.
    pub since: Timestamp,
    /// Its position, where it has one.
    pub position: Option<ConcernPosition>,
}

/// Where an organisation stands, as a list shows it.
#[derive(Clone, Debug)]
pub struct ConcernPosition {
    /// Its stored state.
    pub state: PositionState,
    /// When it was informed.
    pub informed_at: Option<Timestamp>,
    /// When it last answered.
    pub answered_at: Option<Timestamp>,
    /// Until when it accepts the risk.
    pub acceptance_until: Option<Timestamp>,
    /// Whether its deployment was declared after the vulnerability was opened.
    pub declared_late: bool,
    /// How severe it is for the organisation, where it said so.
    pub own: Option<Rated>,
}

impl ConcernRow {
    fn facts(&self) -> SharingFacts {
        SharingFacts {
            reach: self.reach,
            stands: stands(self.state, self.origin, self.reports),
            phase: self.phase,
            tlp: self.tlp,
            embargo: self.embargo,
            exploited_at: self.exploited_at,
            // Only members who do not run the product learn by a campaign's end.
            campaign_ended: false,
            restitution_shared: false,
        }
    }

    /// Gives the phase that counts at `now`.
    #[must_use]
    pub fn phase_now(&self, now: Timestamp) -> Phase {
        self.facts().phase_at(now)
    }

    /// Gives how much the organisation learns at `now`.
    #[must_use]
    pub fn level(&self, organisation: OrganisationId, now: Timestamp) -> Disclosure {
        let reader = ReaderFacts {
            deployments: vec![RunBy {
                organisation,
                standing: self.standing,
            }],
            is_named: self.named,
            ..ReaderFacts::default()
        };
        if stands(self.state, self.origin, self.reports) {
            disclosure(&reader, &self.facts(), now)
        } else {
            Disclosure::None
        }
    }

    /// Gives where the correction stands.
    #[must_use]
    pub const fn correction(&self) -> Correction {
        Correction::of(self.state, self.retest_confirmed)
    }
}

/// What concerns one organisation.
#[async_trait]
pub trait Concerns {
    /// Lists the positions of a vulnerability whose organisations say how severe it is for them, the newest
    /// first, at most `limit`.
    async fn rated_positions(&mut self, vulnerability: VulnerabilityId, limit: i64) -> Stored<Vec<PositionRow>>;
    /// Lists what was told of what an organisation runs, newest first, as a reader would be let through TLP:RED.
    async fn concerns(&mut self, organisation: OrganisationId, reader: Option<PersonId>) -> Stored<Vec<ConcernRow>>;
}
