//! Who may answer a call.

use crate::coded;
use crate::ids::OrganisationId;
use crate::organisation::OrganisationKind;
use serde::{Deserialize, Serialize};

/// What a call asks of its candidates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// The key of a course that the candidate must have completed.
    #[serde(default)]
    pub completed: Option<String>,
    /// The kinds of organisation that may answer; any where it is empty.
    #[serde(default)]
    pub kinds: Vec<OrganisationKind>,
    /// The organisation within whose territory the candidate must lie.
    #[serde(default)]
    pub territory: Option<OrganisationId>,
}

/// What is known about a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateFacts {
    /// The candidate.
    pub organisation: OrganisationId,
    /// Its kind.
    pub kind: OrganisationKind,
    /// The keys of the courses it has completed.
    pub completed: Vec<String>,
    /// The organisations it lies within by territory, at the instant of the check.
    pub within: Vec<OrganisationId>,
    /// Whether another organisation has taken its place.
    pub merged: bool,
}

coded! {
    /// Why a candidate is not eligible.
    pub enum IneligibilityReason {
        /// It has not completed the course that is asked.
        CourseNotCompleted = "course_not_completed",
        /// Its kind may not answer.
        KindNotAllowed = "kind_not_allowed",
        /// It lies outside the territory.
        OutsideTerritory = "outside_territory",
        /// It no longer exists: another took its place.
        Merged = "merged",
    }
}

impl Eligibility {
    /// Gives every reason why the candidate is not eligible, none where it is.
    #[must_use]
    pub fn check(&self, facts: &CandidateFacts) -> Vec<IneligibilityReason> {
        let mut reasons = Vec::new();
        if facts.merged {
            reasons.push(IneligibilityReason::Merged);
        }
        if !self.kinds.is_empty() && !self.kinds.contains(&facts.kind) {
            reasons.push(IneligibilityReason::KindNotAllowed);
        }
        let inside = |t: OrganisationId| t == facts.organisation || facts.within.contains(&t);
        if self.territory.is_some_and(|t| !inside(t)) {
            reasons.push(IneligibilityReason::OutsideTerritory);
        }
        if self
            .completed
            .as_ref()
            .is_some_and(|key| !facts.completed.contains(key))
        {
            reasons.push(IneligibilityReason::CourseNotCompleted);
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_reason_is_named() {
        let (metropole, commune) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        let rule = Eligibility {
            completed: Some("parcours".into()),
            kinds: vec![OrganisationKind::Commune],
            territory: Some(metropole),
        };
        let good = CandidateFacts {
            organisation: commune,
            kind: OrganisationKind::Commune,
            completed: vec!["parcours".into()],
            within: vec![metropole],
            merged: false,
        };
        assert!(rule.check(&good).is_empty());
        let bad = CandidateFacts {
            kind: OrganisationKind::School,
            completed: vec![],
            within: vec![],
            merged: true,
            ..good
        };
        assert_eq!(rule.check(&bad).len(), 4);
        assert_eq!(Eligibility::default().check(&bad), [IneligibilityReason::Merged]);
    }
}
