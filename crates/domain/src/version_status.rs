//! What a vendor answers of each version of its product, in the words of VEX (CISA, minimum requirements, 2023).

use crate::coded;
use crate::fix::FixStanding;
use crate::refusals;

coded! {
    /// What a vendor says of one version.
    pub enum VersionStatus {
        /// The flaw is in it.
        Affected = "affected",
        /// The flaw is not in it, or cannot be reached in it.
        NotAffected = "not_affected",
        /// It corrects the flaw.
        Fixed = "fixed",
        /// The vendor does not know yet.
        UnderInvestigation = "under_investigation",
    }
}

refusals! {
    /// Why a vendor's answer of a version cannot stand.
    pub enum StatusRefusal {
        /// A version is said to be free of the flaw without a reason.
        ReasonMissing = "reason_missing",
        /// A retest found the flaw in the version that is said to correct it or to be free of it.
        Refuted = "refuted",
    }
}

impl VersionStatus {
    /// Says whether the answer can stand, given its reason and what retests found in the version.
    ///
    /// # Errors
    /// [`StatusRefusal`] for the first rule that does not hold.
    pub fn check(self, reason: &str, retested: Option<FixStanding>) -> Result<(), StatusRefusal> {
        let free = matches!(self, Self::Fixed | Self::NotAffected);
        if free && retested == Some(FixStanding::Refuted) {
            return Err(StatusRefusal::Refuted);
        }
        if self == Self::NotAffected && reason.trim().is_empty() {
            return Err(StatusRefusal::ReasonMissing);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_needs_its_reason_and_does_not_speak_against_a_retest() {
        use FixStanding as F;
        use StatusRefusal as R;
        use VersionStatus as V;
        let table = [
            (V::Affected, "", None, Ok(())),
            (V::UnderInvestigation, "", Some(F::Refuted), Ok(())),
            (V::NotAffected, " ", None, Err(R::ReasonMissing)),
            (V::NotAffected, "le module est absent", None, Ok(())),
            (
                V::NotAffected,
                "le module est absent",
                Some(F::Refuted),
                Err(R::Refuted),
            ),
            (V::Fixed, "", None, Ok(())),
            (V::Fixed, "", Some(F::Announced), Ok(())),
            (V::Fixed, "", Some(F::Confirmed), Ok(())),
            (V::Fixed, "", Some(F::Refuted), Err(R::Refuted)),
            (V::Affected, "", Some(F::Refuted), Ok(())),
        ];
        for (status, reason, retested, wanted) in table {
            assert_eq!(
                status.check(reason, retested),
                wanted,
                "{status:?} {reason:?} {retested:?}"
            );
        }
    }
}
