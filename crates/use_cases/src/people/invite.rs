//! Invitations by link: single use, expiring, for one role.

use super::password::{check_new, hash_password};
use super::sign_in::{EnterAs, Token};
use super::{PersonDraft, add_person};
use crate::app::App;
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, Who, perform, read};
use crate::ports::{InvitationRow, JobRow};
use crate::unit::{Unit, place};
use crate::vault::KeyHolder;
use authorization::action::InviteToOrganisation;
use authorization::{Acting, SystemKind};
use domain::NoticeKind;
use domain::Timestamp;
use domain::campaign::CampaignState;
use domain::contact::email_is_plausible;
use domain::ids::{GrantId, InvitationId, OrganisationId, PersonId};
use domain::role::{Grant, GrantScope, Role};
use i18n::Lang;
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

/// Letters and digits of a code: no vowel that makes words, nothing that looks like another.
const CODE_ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters of a code: 100 random bits.
const CODE_LENGTH: usize = 20;

/// Writes a code as it is printed: groups of five.
#[must_use]
pub fn code_text(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters
        .chunks(5)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// Reads a code as people type it: case, spaces and dashes do not count.
fn code_token(typed: &str) -> Option<[u8; 32]> {
    let letters: Vec<u8> = typed
        .bytes()
        .filter(|b| !matches!(b, b' ' | b'-'))
        .map(|b| b.to_ascii_uppercase())
        .collect();
    let known = letters.len() == CODE_LENGTH && letters.iter().all(|b| CODE_ALPHABET.contains(b));
    known.then(|| {
        let mut token = [0; 32];
        token[..CODE_LENGTH].copy_from_slice(&letters);
        token
    })
}

/// Makes a one-time code for a hunter whose right to be enrolled was proven; gives it as printed.
pub(crate) async fn create_code(
    unit: &mut Unit,
    acting: &Acting,
    organisation: OrganisationId,
    scope: GrantScope,
    label: &str,
    expires_at: Timestamp,
) -> Outcome<String> {
    let random = unit.app.chance.bytes32();
    let letter = |byte: &u8| char::from(CODE_ALPHABET[usize::from(byte % 32)]);
    let code: String = random.iter().take(CODE_LENGTH).map(letter).collect();
    let token = code_token(&code).ok_or_else(|| Error::Internal("a code that cannot be read".to_owned()))?;
    let row = InvitationRow {
        id: InvitationId(unit.fresh_id()),
        token_hmac: sealing::token_hash(&token),
        organisation,
        role: Role::Hunter,
        scope,
        label: label.to_owned(),
        kind: "code".to_owned(),
        created_by: acting.person(),
        created_at: unit.now,
        expires_at,
        used_at: None,
        ended_at: None,
        email: None,
    };
    unit.store.insert_invitation(&row).await?;
    Ok(code_text(&code))
}

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

/// What an invited person sees before taking a role up.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The organisation's name.
    pub organisation: String,
    /// The role.
    pub role: Role,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// Whether pupils come in by it: a pseudonym and no address.
    pub code: bool,
    /// Whether a pseudonym is asked: who hunts needs one, once.
    pub asks_pseudonym: bool,
    /// The notice of the programme that the role is for.
    pub notice: NoticeKind,
}

/// Shows an invitation to whoever holds its link.
pub struct ViewInvitation(pub String);

impl UseCase for ViewInvitation {
    type Output = Invitation;

    async fn run(&self, unit: &mut Unit) -> Outcome<Invitation> {
        let row = living(unit, &self.0).await?;
        let organisations = unit.store.organisations(&[row.organisation]).await?;
        Ok(Invitation {
            organisation: organisations.into_iter().next().map(|o| o.name).unwrap_or_default(),
            role: row.role,
            expires_at: row.expires_at,
            code: row.kind == "code",
            asks_pseudonym: asks_pseudonym(unit, row.role).await?,
            notice: notice_of(unit, row.scope).await?,
        })
    }
}

/// Says whether a pseudonym is asked for a role: of a hunter who has none yet.
async fn asks_pseudonym(unit: &mut Unit, role: Role) -> Outcome<bool> {
    if role != Role::Hunter {
        return Ok(false);
    }
    let known = match unit.actor.person() {
        Some(person) => unit.store.person(person).await?,
        None => None,
    };
    Ok(known.is_none_or(|person| person.peek().pseudonym.is_empty()))
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

/// Refuses a role for a campaign that was cancelled or has ended; whoever holds the link may know why.
async fn refuse_over(unit: &mut Unit, scope: GrantScope) -> Outcome<()> {
    use CampaignState::{Archived, Cancelled, Closed};
    let GrantScope::Campaign(id) = scope else {
        return Ok(());
    };
    let Some(campaign) = unit.store.campaign(id, &unit.reader).await? else {
        return Ok(());
    };
    match campaign.peek().state_at(unit.now) {
        Cancelled => Err(Error::Conflict("people-error-campaign-cancelled")),
        Closed | Archived => Err(Error::Conflict("people-error-campaign-ended")),
        _ => Ok(()),
    }
}

async fn living(unit: &mut Unit, token: &str) -> Outcome<InvitationRow> {
    let token = code_token(token)
        .or_else(|| sealing::token_from_text(token.trim()))
        .ok_or(Error::NotFound)?;
    let row = unit.store.invitation_by_token(&sealing::token_hash(&token)).await?;
    let now = unit.now;
    let row = row.filter(|row| state(row, now) == "waiting").ok_or(Error::NotFound)?;
    refuse_over(unit, row.scope).await?;
    Ok(row)
}

/// What a new person types of themselves.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// The name that others see where names are not shown; only of those who hunt.
    pub pseudonym: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// Refuses an address, or for a code a pseudonym, under which somebody already signs in.
async fn refuse_known(unit: &mut Unit, new: &NewPerson, code: bool) -> Outcome<()> {
    let (field, message, sign_in) = match new.email.trim() {
        "" if code => ("pseudonym", "error-pseudonym-known", new.pseudonym.as_str()),
        _ => ("email", "error-email-known", new.email.as_str()),
    };
    let hash = super::email_hash(&unit.app.keys, sign_in);
    match unit.store.person_by_email(&hash).await? {
        Some(_) => Err(Error::field(field, message)),
        None => Ok(()),
    }
}

struct TakeUp {
    token: String,
    new: Option<(NewPerson, String)>,
    /// What somebody known who hunts for the first time is called.
    pseudonym: Option<String>,
    lang: Lang,
}

impl UseCase for TakeUp {
    type Output = PersonId;

    async fn run(&self, unit: &mut Unit) -> Outcome<PersonId> {
        let row = living(unit, &self.token).await?;
        let person = match &self.new {
            None => {
                let person = unit.person()?;
                if let Some(pseudonym) = &self.pseudonym {
                    unit.store.set_pseudonym(person, pseudonym).await?;
                }
                person
            }
            Some((new, hash)) => {
                let code = row.kind == "code";
                refuse_known(unit, new, code).await?;
                let name = if code { &new.pseudonym } else { &new.name };
                let draft = PersonDraft {
                    name: name.trim().to_owned(),
                    pseudonym: if row.role == Role::Hunter {
                        new.pseudonym.trim().to_owned()
                    } else {
                        String::new()
                    },
                    email: Some(new.email.trim().to_owned()).filter(|email| !email.is_empty()),
                    language: self.lang,
                    minor: false,
                    fictional: unit.store.instance().await?.is_some_and(|(_, demo, _)| demo),
                    password_hash: Some(hash.clone()),
                };
                add_person(unit, &draft).await?
            }
        };
        unit.store
            .use_invitation(row.id, person, unit.now)
            .await
            .map_err(|_| Error::NotFound)?;
        grant(unit, &row, person).await?;
        Ok(person)
    }
}

async fn grant(unit: &mut Unit, row: &InvitationRow, person: PersonId) -> Outcome<()> {
    let grant = Grant {
        id: GrantId(unit.fresh_id()),
        person,
        organisation: row.organisation,
        role: row.role,
        scope: row.scope,
        from: unit.now,
        until: None,
    };
    let grant = Grant {
        id: unit.store.insert_grant(&grant, row.created_by).await?,
        ..grant
    };
    crate::campaign::grant_taken_up(unit, &grant).await?;
    crate::vulnerability::look_again(unit, &grant).await?;
    let entry = NewEntry {
        stream_kind: "organisation",
        stream_id: row.organisation.0,
        kind: "organisation.role_taken_up",
        log: Log::Sealed,
        holder: KeyHolder::Organisation(row.organisation),
        body: json!({"invitation": row.id, "grant": grant.id, "person": person, "role": row.role}),
    };
    unit.record(&Acting::Person(person), entry).await?;
    Ok(())
}

/// Takes a role up: as the person who has signed in, of whom only a pseudonym that they lack is read, or as a new one,
/// who is then signed in.
///
/// # Errors
/// [`Error::NotFound`] for a link that is unknown, used, withdrawn or expired;
/// [`Error::Invalid`] for what is missing.
pub async fn take_up(
    context: &Context,
    token: &str,
    new: Option<NewPerson>,
    lang: Lang,
    device: &str,
) -> Outcome<Option<Token>> {
    let invitation = read(context, ViewInvitation(token.to_owned())).await?;
    let known = !matches!(context.who, Who::Nobody);
    let (new, pseudonym) = match new {
        Some(new) if !known => {
            check(context, &new, &invitation).await?;
            let hash = hash_password(context, &new.password).await?;
            (Some((new, hash)), None)
        }
        new => {
            let mut fields = Fields::new();
            let typed = new.unwrap_or_default().pseudonym;
            let asked = invitation.asks_pseudonym;
            let pseudonym = asked.then(|| pseudonym(&mut fields, &typed, false));
            fields.done()?;
            (None, pseudonym)
        }
    };
    let entering = new.is_some();
    let person = perform(
        context,
        TakeUp {
            token: token.to_owned(),
            new,
            pseudonym,
            lang,
        },
    )
    .await?;
    if !entering {
        return Ok(None);
    }
    let context = Context {
        who: Who::Nobody,
        ..context.clone()
    };
    perform(&context, EnterAs::new(person, device)).await.map(Some)
}

/// Takes a pseudonym; one that signs its owner in looks like no address.
fn pseudonym(fields: &mut Fields, typed: &str, code: bool) -> String {
    let pseudonym = fields.required("pseudonym", typed, 60);
    if code && pseudonym.contains('@') {
        fields.add("pseudonym", "error-pseudonym-address");
    }
    pseudonym
}

/// Says whether somebody already signs in so, before anything is written.
struct Unknown(NewPerson, bool);

impl UseCase for Unknown {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        refuse_known(unit, &self.0, self.1).await
    }
}

async fn check(context: &Context, new: &NewPerson, invitation: &Invitation) -> Outcome<()> {
    let limits = &context.app.settings.limits;
    let code = invitation.code;
    let mut fields = Fields::new();
    if !code {
        fields.required("name", &new.name, limits.title);
    }
    if invitation.asks_pseudonym {
        pseudonym(&mut fields, &new.pseudonym, code);
    }
    let email = new.email.trim();
    if !(code && email.is_empty() || email_is_plausible(email)) {
        fields.add("email", "error-not-an-email");
    }
    check_new(&mut fields, limits, "password", &new.password);
    if fields.is_empty() {
        // Who is known here is only asked for a form that would be taken: an attempt costs its invitation.
        fields.gather(read(context, Unknown(new.clone(), code)).await)?;
    }
    fields.done_in(&["name", "pseudonym", "email", "password"])
}
