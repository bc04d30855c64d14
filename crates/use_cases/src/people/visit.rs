//! Who comes with a request: the session of its cookie, and the person's roles.

use super::sign_in::Token;
use crate::error::Outcome;
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::SessionRow;
use crate::unit::Unit;
use domain::ids::{OrganisationId, PersonId, SessionId};
use domain::role::{Grant, Role};
use domain::time::{DAY, HOUR, MINUTE};
use i18n::Lang;

/// A signed-in person, as pages show them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// By which session.
    pub session: SessionId,
    /// Their name.
    pub name: String,
    /// The language they chose.
    pub lang: Lang,
    /// Their roles with each organisation and its name.
    pub roles: Vec<(Role, OrganisationId, String)>,
    /// Their grants that hold now.
    pub grants: Vec<Grant>,
}

struct Find(Token);

impl UseCase for Find {
    type Output = Option<(SessionRow, SignedIn)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let Some(token) = sealing::token_from_text(&self.0.0) else {
            return Ok(None);
        };
        let found = unit.store.session_by_token(&sealing::token_hash(&token)).await?;
        let Some(session) = found.filter(|s| s.ended_at.is_none() && unit.now < s.expires_at) else {
            return Ok(None);
        };
        let Some(person) = unit.store.person(session.person).await? else {
            return Ok(None);
        };
        let grants = unit.store.grants(session.person, unit.now).await?;
        let ids: Vec<_> = grants.iter().map(|grant| grant.organisation).collect();
        let organisations = unit.store.organisations(&ids).await?;
        let mut roles: Vec<(Role, OrganisationId, String)> = Vec::new();
        for grant in &grants {
            let name = organisations.iter().find(|o| o.id == grant.organisation);
            let line = (
                grant.role,
                grant.organisation,
                name.map(|o| o.name.clone()).unwrap_or_default(),
            );
            if !roles.contains(&line) {
                roles.push(line);
            }
        }
        let signed_in = SignedIn {
            person: session.person,
            session: session.id,
            name: unit.name_in(person.peek()).await?,
            lang: Lang::from_code(&person.peek().language),
            roles,
            grants,
        };
        Ok(Some((session, signed_in)))
    }
}

struct Touch(SessionRow);

impl UseCase for Touch {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let limits = &unit.app.settings.limits;
        let idle = unit.now.plus(limits.session_idle_hours * HOUR);
        let last = self.0.created_at.plus(limits.session_days * DAY);
        unit.store.touch_session(self.0.id, unit.now, idle.min(last)).await?;
        Ok(())
    }
}

/// Gives the signed-in person of a session's token, where the session holds.
///
/// A session that is used holds longer; this is noted at most once in ten minutes.
///
/// # Errors
/// [`crate::Error`] where the store fails.
pub async fn visit(context: &Context, token: &str) -> Outcome<Option<SignedIn>> {
    let Some((session, signed_in)) = read(context, Find(Token(token.to_owned()))).await? else {
        return Ok(None);
    };
    let now = context.app.clock.now();
    if now.since(session.seen_at) > 10 * MINUTE {
        perform(context, Touch(session)).await?;
    }
    Ok(Some(signed_in))
}
