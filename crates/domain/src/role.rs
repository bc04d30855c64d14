//! The roles that people hold for organisations, and what a role reaches.

use crate::coded;
use crate::ids::{CampaignId, GrantId, OrganisationId, PersonId, ProgrammeId};
use crate::organisation::OrganisationKind;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

coded! {
    /// What a person does for an organisation.
    pub enum Role {
        /// Installs and connects the platform.
        Administrator = "administrator",
        /// Runs programmes, calls and campaigns.
        Organiser = "organiser",
        /// Answers for the security of an authority's applications (RSSI, DSI).
        SecurityOfficer = "security_officer",
        /// Signs for an organisation within a delegation.
        Signatory = "signatory",
        /// Leads a campaign for the others.
        Pilot = "pilot",
        /// Looks for flaws within a campaign.
        Hunter = "hunter",
        /// Reproduces and rates reports for the operator.
        Verifier = "verifier",
        /// Answers for a vendor's products.
        VendorContact = "vendor_contact",
        /// Enrols and follows a school's cohort.
        SchoolSupervisor = "school_supervisor",
        /// Reads what a working group shares.
        Member = "member",
        /// Supervises without changing anything (ANSSI, CSIRT).
        Observer = "observer",
    }
}

coded! {
    /// A list that somebody comes back to, whether anything waits there or not.
    pub enum Workplace {
        /// The reports that they wrote.
        OwnReports = "own_reports",
        /// The reports that they verify.
        Verification = "verification",
        /// The reports that they follow.
        Reports = "reports",
        /// The vulnerabilities that they handle, run or supervise.
        Vulnerabilities = "vulnerabilities",
        /// What concerns their organisation, and what it answers.
        Situations = "situations",
        /// The vulnerabilities of the products that they make.
        VendorDesk = "vendor_desk",
    }
}

impl Role {
    /// Gives the lists that a role works on, the main one first.
    #[must_use]
    pub const fn workplaces(self) -> &'static [Workplace] {
        match self {
            Self::Hunter => &[Workplace::OwnReports],
            Self::Verifier => &[Workplace::Verification, Workplace::Vulnerabilities],
            Self::VendorContact => &[Workplace::VendorDesk],
            Self::Organiser | Self::Pilot | Self::Observer => &[Workplace::Reports, Workplace::Vulnerabilities],
            Self::SecurityOfficer => &[Workplace::Situations, Workplace::Vulnerabilities],
            Self::Administrator | Self::Signatory | Self::SchoolSupervisor | Self::Member => &[],
        }
    }

    /// Gives the roles that people usually hold for organisations of a kind, the likeliest first.
    #[must_use]
    pub const fn usual_for(kind: OrganisationKind) -> &'static [Self] {
        match kind {
            OrganisationKind::Commune
            | OrganisationKind::Epci
            | OrganisationKind::Ept
            | OrganisationKind::Departement
            | OrganisationKind::Region
            | OrganisationKind::Group => &[Self::SecurityOfficer, Self::Signatory, Self::Organiser, Self::Member],
            OrganisationKind::Association => &[Self::Organiser, Self::Signatory, Self::Member, Self::SecurityOfficer],
            OrganisationKind::School => &[Self::SchoolSupervisor, Self::Signatory, Self::SecurityOfficer],
            OrganisationKind::Vendor => &[Self::VendorContact, Self::Signatory],
            OrganisationKind::Operator => &[Self::Verifier, Self::Signatory, Self::SecurityOfficer],
            OrganisationKind::StateAgency => &[Self::Observer, Self::Signatory, Self::Organiser],
            OrganisationKind::Company => &[Self::SecurityOfficer, Self::Signatory, Self::Member],
        }
    }
}

/// How far a grant reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GrantScope {
    /// Everything of the organisation.
    Organisation,
    /// One programme.
    Programme(ProgrammeId),
    /// One campaign.
    Campaign(CampaignId),
}

impl GrantScope {
    /// Gives the scope's kind and identifier as stored; the organisation's scope has the nil id.
    #[must_use]
    pub fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Organisation => ("organisation", Uuid::nil()),
            Self::Programme(id) => ("programme", id.0),
            Self::Campaign(id) => ("campaign", id.0),
        }
    }

    /// Finds the scope of its stored parts.
    #[must_use]
    pub fn from_parts(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "organisation" => Some(Self::Organisation),
            "programme" => Some(Self::Programme(ProgrammeId(id))),
            "campaign" => Some(Self::Campaign(CampaignId(id))),
            _ => None,
        }
    }
}

/// A role that a person holds for an organisation, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its identifier; the journal names it for every act.
    pub id: GrantId,
    /// Who holds it.
    pub person: PersonId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// What they do.
    pub role: Role,
    /// How far it reaches.
    pub scope: GrantScope,
    /// From when.
    pub from: Timestamp,
    /// Until when, where it ends or has ended.
    pub until: Option<Timestamp>,
}

impl Grant {
    /// Says whether the grant holds at `now`.
    #[must_use]
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_finds_its_lists() {
        use Workplace as W;
        for (role, places) in [
            (Role::Hunter, &[W::OwnReports][..]),
            (Role::Verifier, &[W::Verification, W::Vulnerabilities]),
            (Role::VendorContact, &[W::VendorDesk]),
            (Role::Observer, &[W::Reports, W::Vulnerabilities]),
            (Role::SecurityOfficer, &[W::Situations, W::Vulnerabilities]),
            (Role::Signatory, &[]),
        ] {
            assert_eq!(role.workplaces(), places, "{role:?}");
        }
    }
}
