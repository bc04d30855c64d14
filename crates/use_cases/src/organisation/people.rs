//! Who holds which role for an organisation.

use crate::error::Outcome;
use crate::history::{HistoryLine, lines};
use crate::people::{GIVEN, InvitationLine, ListInvitations};
use crate::perform::UseCase;
use crate::unit::Unit;
use authorization::action::{EndGrant, InviteToOrganisation, ReadOrganisationPeople};
use domain::Timestamp;
use domain::ids::{GrantId, OrganisationId};
use domain::organisation::Organisation;
use domain::role::{GrantScope, Role};

/// The most lines of history that the page shows.
const HISTORY: usize = 30;

/// Shows who holds which role for an organisation, and its invitations.
pub struct ViewOrganisationPeople(pub OrganisationId);

/// One role that somebody holds.
#[derive(Clone, Debug)]
pub struct GrantLine {
    /// Its identifier.
    pub id: GrantId,
    /// Who holds it.
    pub name: String,
    /// The role.
    pub role: Role,
    /// `organisation`, `programme` or `campaign`.
    pub reach: &'static str,
    /// Since when.
    pub from: Timestamp,
    /// Whether the reader may end it.
    pub may_end: bool,
}

/// What the page of an organisation's people shows.
#[derive(Clone, Debug)]
pub struct OrganisationPeople {
    /// The organisation.
    pub organisation: Organisation,
    /// The roles that are held, hunters left out.
    pub grants: Vec<GrantLine>,
    /// How many hunters it has in campaigns.
    pub hunters: usize,
    /// Its invitations, newest first; none for whoever may not invite.
    pub invitations: Vec<InvitationLine>,
    /// Whether the reader may invite.
    pub may_invite: bool,
    /// The roles that the reader may give, the likeliest first.
    pub roles: Vec<Role>,
    /// What happened, newest first.
    pub history: Vec<HistoryLine>,
}

impl UseCase for ViewOrganisationPeople {
    type Output = OrganisationPeople;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationPeople> {
        let found = unit.store.organisation(self.0).await?;
        let proof = unit.permit_found::<ReadOrganisationPeople, _>(found)?;
        let may_invite = unit.may::<InviteToOrganisation, _>(&*proof);
        let may_end = unit.may::<EndGrant, _>(&*proof);
        let administrator = super::platform::administers(unit);
        let held = unit.store.grants_of_organisation(self.0, unit.now).await?;
        let (hunters, others): (Vec<_>, Vec<_>) = held.into_iter().partition(|grant| grant.role == Role::Hunter);
        let mut grants = Vec::new();
        for grant in others {
            grants.push(GrantLine {
                id: grant.id,
                name: unit.name_of(grant.person).await?,
                role: grant.role,
                reach: match grant.scope {
                    GrantScope::Organisation => "organisation",
                    GrantScope::Programme(_) => "programme",
                    GrantScope::Campaign(_) => "campaign",
                },
                from: grant.from,
                may_end: may_end && (administrator || grant.role != Role::Administrator),
            });
        }
        let mut history = lines(unit, "organisation", self.0.0).await?;
        history.truncate(HISTORY);
        let organisation = proof.into_value().organisation;
        Ok(OrganisationPeople {
            grants,
            hunters: hunters.len(),
            invitations: if may_invite {
                ListInvitations(self.0).run(unit).await?
            } else {
                Vec::new()
            },
            may_invite,
            roles: roles(&organisation, administrator),
            history,
            organisation,
        })
    }
}

/// Gives the roles to choose from: those usual for the kind first, then every other that may be given.
fn roles(organisation: &Organisation, administrator: bool) -> Vec<Role> {
    let mut roles = Role::usual_for(organisation.kind).to_vec();
    if administrator {
        roles.extend(
            GIVEN
                .iter()
                .filter(|role| !Role::usual_for(organisation.kind).contains(role)),
        );
        roles.push(Role::Administrator);
    }
    roles
}
