//! An organisation's invitations: listed, and withdrawn.

use crate::error::{Error, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::UseCase;
use crate::ports::InvitationRow;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::action::InviteToOrganisation;
use domain::ids::{InvitationId, OrganisationId};
use domain::role::{GrantScope, Role};
use domain::{NoticeKind, Timestamp};
use serde_json::json;

/// One invitation in a list.
#[derive(Clone, Debug)]
pub struct InvitationLine {
    /// Its identifier.
    pub id: InvitationId,
    /// What tells it from others.
    pub label: String,
    /// The role.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// `waiting`, `used`, `withdrawn` or `expired`.
    pub state: &'static str,
}

/// Lists an organisation's invitations.
pub struct ListInvitations(pub OrganisationId);

impl UseCase for ListInvitations {
    type Output = Vec<InvitationLine>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Vec<InvitationLine>> {
        let found = unit.store.organisation(self.0).await?;
        unit.permit_found::<InviteToOrganisation, _>(found)?;
        let now = unit.now;
        let rows = unit.store.invitations(self.0).await?;
        Ok(rows
            .into_iter()
            .map(|row| InvitationLine {
                state: state(&row, now),
                id: row.id,
                label: row.label,
                role: row.role,
                created_at: row.created_at,
                expires_at: row.expires_at,
            })
            .collect())
    }
}

pub(crate) fn state(row: &InvitationRow, now: Timestamp) -> &'static str {
    if row.used_at.is_some() {
        "used"
    } else if row.ended_at.is_some() {
        "withdrawn"
    } else if row.expires_at <= now {
        "expired"
    } else {
        "waiting"
    }
}

/// Withdraws an invitation that was not used.
pub struct WithdrawInvitation(pub InvitationId);

impl UseCase for WithdrawInvitation {
    type Output = OrganisationId;

    async fn run(&self, unit: &mut Unit) -> Outcome<OrganisationId> {
        let row = unit.store.invitation(self.0).await?.ok_or(Error::NotFound)?;
        let found = unit.store.organisation(row.organisation).await?;
        let proof = unit.permit_found::<InviteToOrganisation, _>(found)?;
        unit.store
            .end_invitation(self.0, unit.now)
            .await
            .map_err(|_| Error::Conflict("error-not-in-this-state"))?;
        let acting = proof.acting().clone();
        let entry = NewEntry {
            stream_kind: "organisation",
            stream_id: row.organisation.0,
            kind: "organisation.invitation_withdrawn",
            log: Log::Sealed,
            holder: KeyHolder::Organisation(row.organisation),
            body: json!({"invitation": self.0}),
        };
        unit.record(&acting, entry).await?;
        Ok(row.organisation)
    }
}

/// Gives the notice of the programme that a role is for; none for one of a whole organisation.
pub(crate) async fn notice_of(unit: &mut Unit, scope: GrantScope) -> Outcome<NoticeKind> {
    let notice = match scope {
        GrantScope::Organisation => None,
        GrantScope::Programme(id) => unit
            .store
            .programme(id, unit.now)
            .await?
            .map(|found| found.peek().programme.notice),
        GrantScope::Campaign(id) => unit
            .store
            .campaign(id, &unit.reader)
            .await?
            .map(|found| found.peek().frame.notice),
    };
    Ok(notice.unwrap_or(NoticeKind::None))
}
