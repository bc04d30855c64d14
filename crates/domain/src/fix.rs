//! Fixes: the versions in which vendors correct vulnerabilities, round by round.

use crate::ids::{VersionId, VulnerabilityId};
use crate::time::Timestamp;

/// A version that a vendor announces as fixed, in one round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The vulnerability.
    pub vulnerability: VulnerabilityId,
    /// The round, from one.
    pub round: i64,
    /// The version that is said to be fixed.
    pub version: VersionId,
    /// When the vendor announced it.
    pub announced_at: Timestamp,
}

/// Gives the fix that counts: that of the last round announced.
#[must_use]
pub fn latest(fixes: &[Fix]) -> Option<&Fix> {
    fixes.iter().max_by_key(|fix| fix.round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_last_round_counts() {
        let fix = |round| Fix {
            vulnerability: VulnerabilityId(Uuid::nil()),
            round,
            version: VersionId(Uuid::from_u128(round as u128)),
            announced_at: Timestamp(round),
        };
        assert_eq!(latest(&[fix(2), fix(3), fix(1)]), Some(&fix(3)));
        assert_eq!(latest(&[]), None);
    }
}
