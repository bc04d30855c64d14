//! Invitations by link: single use, expiring, for one role.

use crate::app::App;
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, perform};
use crate::ports::{InvitationRow, JobRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::InviteToOrganisation;
use authorization::{Acting, SystemKind};
use domain::contact::email_is_plausible;
use domain::ids::{InvitationId, OrganisationId};
use domain::role::{GrantScope, Role};
use serde_json::json;

/// Invites somebody to a role of an organisation.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The role.
    pub role: Role,
    /// How far the role reaches.
    pub scope: GrantScope,
    /// What tells it from others in a list, never a person's name.
    pub label: String,
    /// Where to send it; without an address the link is handed over by hand.
    pub email: Option<String>,
}

/// What the inviter gets: the link is shown once.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The invitation.
    pub id: InvitationId,
    /// The token of the link.
    pub token: String,
}

/// The roles that an organisation's own people may give within it.
pub(crate) const GIVEN: &[Role] = &[
    Role::Organiser,
    Role::SecurityOfficer,
    Role::Signatory,
    Role::Verifier,
    Role::VendorContact,
    Role::SchoolSupervisor,
    Role::Member,
    Role::Observer,
];

impl UseCase for Invite {
    type Output = Invited;

    async fn run(&self, unit: &mut Unit) -> Outcome<Invited> {
        let found = unit.store.organisation(self.organisation).await?;
        let proof = unit.permit_found::<InviteToOrganisation, _>(found)?;
        let administrator =
            proof.acting().role() == Some(Role::Administrator) || matches!(proof.acting(), Acting::System(_));
        let mut fields = Fields::new();
        let label = fields.optional("label", &self.label, unit.app.settings.limits.title);
        if self
            .email
            .as_ref()
            .is_some_and(|email| !email_is_plausible(email.trim()))
        {
            fields.add("email", "error-not-an-email");
        }
        let organisation_wide = self.scope == GrantScope::Organisation;
        if !organisation_wide || !(GIVEN.contains(&self.role) || administrator) {
            fields.add("role", "error-choose");
        }
        fields.done()?;
        let acting = proof.acting().clone();
        create(unit, &acting, self, label).await
    }
}

/// Keeps an invitation whose right was proven, and enqueues its mail.
pub(crate) async fn create(unit: &mut Unit, acting: &Acting, command: &Invite, label: String) -> Outcome<Invited> {
    let token = unit.app.chance.bytes32();
    let text = sealing::token_text(token);
    let id = InvitationId(unit.fresh_id());
    let email = match &command.email {
        Some(email) => {
            let mail = format!("{}\n{text}", email.trim());
            Some(
                unit.seal(
                    KeyHolder::Instance,
                    place("invitation", "email_sealed", id.0),
                    mail.as_bytes(),
                )
                .await?,
            )
        }
        None => None,
    };
    let row = InvitationRow {
        id,
        token_hmac: sealing::token_hash(&token),
        organisation: command.organisation,
        role: command.role,
        scope: command.scope,
        label,
        kind: "link".to_owned(),
        created_by: acting.person(),
        created_at: unit.now,
        expires_at: unit.now.plus_days(unit.app.settings.limits.invitation_days),
        used_at: None,
        ended_at: None,
        email,
    };
    unit.store.insert_invitation(&row).await?;
    if row.email.is_some() {
        let key = format!("mail.invitation/{id}");
        unit.enqueue("mail.invitation", key, Some(id.0), None, unit.now).await?;
        let key = format!("invitation.forget/{id}");
        unit.enqueue("invitation.forget", key, Some(id.0), None, row.expires_at)
            .await?;
    }
    let (scope_kind, scope_id) = command.scope.parts();
    let entry = NewEntry {
        stream_kind: "organisation",
        stream_id: command.organisation.0,
        kind: "organisation.invited",
        log: Log::Sealed,
        holder: KeyHolder::Organisation(command.organisation),
        body: json!({"invitation": id, "role": command.role, "scope": [scope_kind, scope_id]}),
    };
    unit.record(acting, entry).await?;
    Ok(Invited { id, token: text })
}

/// Forgets to whom an invitation was sent, once it has expired.
struct ForgetInvited(InvitationId);

impl UseCase for ForgetInvited {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        Ok(unit.store.forget_invited(self.0, unit.now).await?)
    }
}

/// Does the job that forgets to whom an invitation was sent.
pub(crate) async fn forget_invitation(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a job without an invitation".to_owned()))?;
    perform(
        &Context::system(app, SystemKind::Clock),
        ForgetInvited(InvitationId(id)),
    )
    .await
}
