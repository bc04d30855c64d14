//! Which mails a person chooses to get, and how often.

use crate::coded;

coded! {
    /// What a mail is about, as people choose.
    pub enum MailKind {
        /// What cannot wait: a critical or exploited vulnerability, an embargo lifted, a campaign suspended.
        Urgent = "urgent",
        /// What concerns what one's organisation runs.
        Sharing = "sharing",
        /// One's own reports.
        Reports = "reports",
        /// Reports that wait for a verifier.
        Verification = "verification",
        /// Vulnerabilities that one corrects, coordinates or tests again.
        Vulnerabilities = "vulnerabilities",
        /// Campaigns that one takes part in.
        Campaigns = "campaigns",
        /// Installations that one's organisation declared.
        Register = "register",
        /// Calls that one's organisation may answer.
        Calls = "calls",
        /// Receipts, decisions, signatures and the security of the account.
        Legal = "legal",
    }
}

coded! {
    /// How often mails of a kind are sent.
    pub enum MailPace {
        /// Each at once.
        AtOnce = "at_once",
        /// Together, once a day.
        Daily = "daily",
        /// Together, once a week.
        Weekly = "weekly",
        /// Not at all.
        Never = "never",
    }
}

/// The job of each mail that may be put off, with its kind; every other mail is a legal one.
const KINDS: &[(&str, MailKind)] = &[
    ("mail.position_urgent", MailKind::Urgent),
    ("mail.vulnerability_critical", MailKind::Urgent),
    ("mail.campaign-suspended", MailKind::Urgent),
    ("mail.campaign-you-suspended", MailKind::Urgent),
    ("mail.position", MailKind::Sharing),
    ("mail.position_reminder", MailKind::Sharing),
    ("mail.risk_expires", MailKind::Sharing),
    ("mail.report_closed", MailKind::Legal),
    ("mail.report_waiting", MailKind::Verification),
    ("mail.report_second", MailKind::Verification),
    ("mail.report_appeal", MailKind::Verification),
    ("mail.report_", MailKind::Reports),
    ("mail.vulnerability_", MailKind::Vulnerabilities),
    ("mail.retest_", MailKind::Vulnerabilities),
    ("mail.opinion", MailKind::Vulnerabilities),
    ("mail.campaign-", MailKind::Campaigns),
    ("mail.deployment_", MailKind::Register),
    ("mail.call_opened", MailKind::Calls),
];

/// Gives the kind of a mail by its job; one that nobody thought of cannot be turned off.
#[must_use]
pub fn kind_of(job: &str) -> MailKind {
    KINDS
        .iter()
        .find(|(name, _)| *name == job || (name.ends_with(['_', '-']) && job.starts_with(name)))
        .map_or(MailKind::Legal, |(_, kind)| *kind)
}

impl MailKind {
    /// Gives how often mails of this kind may be sent.
    #[must_use]
    pub const fn paces(self) -> &'static [MailPace] {
        match self {
            Self::Legal => &[MailPace::AtOnce],
            Self::Urgent => &[MailPace::AtOnce, MailPace::Never],
            _ => MailPace::ALL,
        }
    }

    /// Gives how often mails of this kind are sent to somebody who chose this, or nothing.
    #[must_use]
    pub fn pace(self, chosen: Option<MailPace>) -> MailPace {
        chosen
            .filter(|pace| self.paces().contains(pace))
            .unwrap_or(MailPace::AtOnce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_has_the_kind_that_people_expect() {
        for (job, kind) in [
            ("mail.position", MailKind::Sharing),
            ("mail.position_urgent", MailKind::Urgent),
            ("mail.position_reminder", MailKind::Sharing),
            ("mail.risk_expires", MailKind::Sharing),
            ("mail.risk_proposed", MailKind::Legal),
            ("mail.report_closed", MailKind::Legal),
            ("mail.report_news", MailKind::Reports),
            ("mail.report_waiting", MailKind::Verification),
            ("mail.vulnerability_critical", MailKind::Urgent),
            ("mail.vulnerability_notified", MailKind::Vulnerabilities),
            ("mail.campaign-suspended", MailKind::Urgent),
            ("mail.campaign-opened", MailKind::Campaigns),
            ("mail.authorisation-requested", MailKind::Legal),
            ("mail.candidacy_received", MailKind::Legal),
            ("mail.invitation", MailKind::Legal),
            ("mail.programme_membership", MailKind::Legal),
            ("mail.deployment_confirmed", MailKind::Register),
            ("mail.call_opened", MailKind::Calls),
            ("mail.something_new", MailKind::Legal),
        ] {
            assert_eq!(kind_of(job), kind, "{job}");
        }
    }

    #[test]
    fn what_is_legal_is_never_put_off_and_what_is_urgent_never_waits() {
        use MailPace as P;
        for (kind, chosen, pace) in [
            (MailKind::Legal, Some(P::Never), P::AtOnce),
            (MailKind::Legal, Some(P::Weekly), P::AtOnce),
            (MailKind::Urgent, Some(P::Daily), P::AtOnce),
            (MailKind::Urgent, Some(P::Never), P::Never),
            (MailKind::Urgent, None, P::AtOnce),
            (MailKind::Sharing, Some(P::Weekly), P::Weekly),
            (MailKind::Sharing, Some(P::Never), P::Never),
            (MailKind::Sharing, None, P::AtOnce),
        ] {
            assert_eq!(kind.pace(chosen), pace, "{kind:?} {chosen:?}");
        }
    }
}
