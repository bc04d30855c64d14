//! Mails: written from identifiers when they are sent; never with a flaw's content, always with
//! the notice of their programme (`product.md` §5.9).

mod choice;
mod digest;

pub use choice::{ChooseMails, Ended, Unsubscribe, ViewMailChoices, ViewUnsubscribe};
pub(crate) use digest::send as send_digest;

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{JobRow, Mail};
use crate::unit::{Unit, place};
use authorization::SystemKind;
use domain::ids::{InvitationId, PersonId, VulnerabilityId};
use domain::role::Role;
use domain::{NoticeKind, Timestamp};
use i18n::{Arg, Lang, t, ta};
use uuid::Uuid;

/// Sends a person a mail made of two keys, `<key>-subject` and `<key>-text`.
///
/// # Errors
/// [`Error`] where the relay fails; somebody without an address left is sent nothing, which is no error.
pub async fn to_person(app: &App, job: &JobRow, key: &str, notice: NoticeKind, args: &[(&str, Arg)]) -> Outcome<()> {
    to_person_in(app, job, key, notice, |_| args.to_vec()).await
}

/// Sends a person a mail that says something, a date for example, in the words of their language.
///
/// # Errors
/// As [`to_person`].
pub async fn to_person_in<'a>(
    app: &App,
    job: &JobRow,
    key: &str,
    notice: NoticeKind,
    args: impl FnOnce(Lang) -> Vec<(&'a str, Arg)> + Send,
) -> Outcome<()> {
    let person = job
        .person
        .ok_or_else(|| Error::Internal("a mail without a person".to_owned()))?;
    let Some((email, lang)) = addressed(app, person).await? else {
        return Ok(());
    };
    let context = Context::system(app, SystemKind::Mailer);
    let unsubscribe = match perform(&context, digest::Decide::new(job, person, notice)).await? {
        digest::Fate::Sent(unsubscribe) => unsubscribe,
        digest::Fate::PutOff => return Ok(()),
    };
    let args = args(lang);
    let letter = Letter {
        email,
        lang,
        notice,
        legal: unsubscribe.is_none(),
        unsubscribe,
    };
    letter.send(app, job, key, &args).await
}

/// Gives the address and language of a person; none for whoever has no address.
async fn addressed(app: &App, person: PersonId) -> Outcome<Option<(String, Lang)>> {
    read(&Context::system(app, SystemKind::Mailer), AddressOf(person)).await
}

/// To whom a mail goes, and what every mail of its programme says.
struct Letter {
    email: String,
    lang: Lang,
    notice: NoticeKind,
    /// The token of the link that ends mails like it, for somebody who may end them.
    unsubscribe: Option<String>,
    /// Whether somebody with an account gets it whatever they chose.
    legal: bool,
}

impl Letter {
    async fn send(self, app: &App, job: &JobRow, key: &str, args: &[(&str, Arg)]) -> Outcome<()> {
        let mut all = vec![("url", Arg::Text(app.settings.public_url.clone()))];
        all.extend(args.iter().cloned());
        let mut parts = vec![ta(self.lang, &format!("{key}-text"), &all)];
        if self.notice.is_shown() {
            parts.push(t(self.lang, "common-notice-pedagogical"));
        }
        let link = self
            .unsubscribe
            .map(|token| format!("{}{}", app.settings.public_url, addresses::people::unsubscribe(&token)));
        if let Some(link) = &link {
            let args = [all.as_slice(), &[("end", Arg::Text(link.clone()))]].concat();
            parts.push(ta(self.lang, "mail-foot-choice", &args));
        } else if self.legal {
            parts.push(t(self.lang, "mail-foot-legal"));
        }
        parts.push(ta(self.lang, "mail-foot", &all));
        let mail = Mail {
            to: self.email,
            subject: ta(self.lang, &format!("{key}-subject"), &all),
            text: parts.join("\n\n") + "\n",
            message_id: job.id.to_string(),
            unsubscribe: link,
        };
        Ok(app.mailer.send(mail).await?)
    }
}

/// The notice of the programme that a sharing belongs to; the job names the vulnerability or a
/// deployer's position on it.
struct NoticeOfSharing(Uuid);

impl UseCase for NoticeOfSharing {
    type Output = NoticeKind;

    async fn run(&self, unit: &mut Unit) -> Outcome<NoticeKind> {
        let id = match unit.store.position_by_id(self.0).await? {
            Some(position) => position.peek().vulnerability,
            None => VulnerabilityId(self.0),
        };
        let case = unit.store.sharing_case(id).await?;
        Ok(case.ok_or(Error::NotFound)?.peek().notice)
    }
}

/// Sends a mail about a sharing, which only says that something waits.
pub(crate) async fn sharing(app: &App, job: &JobRow, key: &str) -> Outcome<()> {
    let subject = job
        .subject
        .ok_or_else(|| Error::Internal("a mail without what is shared".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let notice = read(&context, NoticeOfSharing(subject)).await?;
    to_person(app, job, key, notice, &[]).await
}

/// The address and language of a person; none for whoever has no address.
struct AddressOf(PersonId);

impl UseCase for AddressOf {
    type Output = Option<(String, Lang)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let Some(person) = unit.store.person(self.0).await? else {
            return Ok(None);
        };
        let lang = Lang::from_code(&person.peek().language);
        match person.peek().email.clone() {
            None => Ok(None),
            Some(sealed) => {
                let email = unit
                    .open_text_unnoted(place("person", "email_sealed", self.0.0), &sealed)
                    .await?;
                Ok(Some((email, lang)))
            }
        }
    }
}

/// What the mail of an invitation needs; none once it cannot be used any more.
struct InvitationMail(InvitationId);

struct InvitationFacts {
    email: String,
    token: String,
    organisation: String,
    role: Role,
    expires_at: Timestamp,
    /// The inviter's language: nobody knows that of the invited person yet.
    lang: Lang,
    notice: NoticeKind,
}

impl UseCase for InvitationMail {
    type Output = Option<InvitationFacts>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let row = unit.store.invitation(self.0).await?.ok_or(Error::NotFound)?;
        let Some(sealed) = row
            .email
            .as_ref()
            .filter(|_| crate::people::invitation_state(&row, unit.now) == "waiting")
        else {
            return Ok(None);
        };
        let inviter = match row.created_by {
            Some(person) => unit.store.person(person).await?,
            None => None,
        };
        let lang = inviter.map_or(Lang::Fr, |person| Lang::from_code(&person.peek().language));
        let text = unit
            .open_text_unnoted(place("invitation", "email_sealed", self.0.0), sealed)
            .await?;
        let organisations = unit.store.organisations(&[row.organisation]).await?;
        let name = organisations.into_iter().next().map(|o| o.name).unwrap_or_default();
        let notice = crate::people::notice_of(unit, row.scope).await?;
        Ok(text.split_once('\n').map(|(email, token)| InvitationFacts {
            email: email.to_owned(),
            token: token.to_owned(),
            organisation: name,
            role: row.role,
            expires_at: row.expires_at,
            lang,
            notice,
        }))
    }
}

/// Sends an invitation's link.
pub(crate) async fn invitation(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a mail without an invitation".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let Some(facts) = read(&context, InvitationMail(InvitationId(id))).await? else {
        return Ok(());
    };
    let link = format!(
        "{}{}",
        app.settings.public_url,
        addresses::people::invitation(&facts.token)
    );
    let role = facts.role.code().replace('_', "-");
    let args = [
        ("organisation", Arg::Text(facts.organisation)),
        ("role", Arg::Text(t(facts.lang, &format!("role-{role}")))),
        ("meaning", Arg::Text(t(facts.lang, &format!("role-meaning-{role}")))),
        ("until", Arg::Text(i18n::long_datetime(facts.lang, facts.expires_at.0))),
        ("link", Arg::Text(link)),
    ];
    let letter = Letter {
        email: facts.email,
        lang: facts.lang,
        notice: facts.notice,
        unsubscribe: None,
        legal: false,
    };
    letter.send(app, job, "mail-invitation", &args).await
}
