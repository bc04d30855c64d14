//! Taking a role up by an invitation's link, or a code.

use super::code::code_token;
use super::invitations::{notice_of, state};
use super::password::{check_new, hash_password};
use super::sign_in::{EnterAs, Token};
use super::{PersonDraft, add_person};
use crate::error::{Error, Fields, Outcome};
use crate::journal::{Log, NewEntry};
use crate::perform::{Context, UseCase, Who, perform, read};
use crate::ports::InvitationRow;
use crate::unit::Unit;
use crate::vault::KeyHolder;
use authorization::Acting;
use domain::campaign::CampaignState;
use domain::contact::email_is_plausible;
use domain::ids::{GrantId, PersonId};
use domain::role::{Grant, GrantScope, Role};
use domain::{NoticeKind, Timestamp};
use i18n::Lang;
use serde_json::json;

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
