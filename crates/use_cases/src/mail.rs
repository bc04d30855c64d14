//! Mails: written from identifiers when they are sent; never with a flaw's content.

use crate::app::App;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, read};
use crate::ports::{JobRow, Mail};
use crate::unit::{Unit, place};
use authorization::SystemKind;
use domain::ids::{InvitationId, PersonId};
use i18n::{Arg, Lang, ta};

/// Sends a person a mail made of two keys, `<key>-subject` and `<key>-text`.
///
/// # Errors
/// [`Error`] where the person has no address left (then nothing is sent and it is no error) or the relay fails.
pub async fn to_person(app: &App, job: &JobRow, key: &str, args: &[(&str, Arg)]) -> Outcome<()> {
    let person = job
        .person
        .ok_or_else(|| Error::Internal("a mail without a person".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let Some((email, lang)) = read(&context, AddressOf(person)).await? else {
        return Ok(());
    };
    send(app, job, &email, lang, key, args).await
}

async fn send(app: &App, job: &JobRow, email: &str, lang: Lang, key: &str, args: &[(&str, Arg)]) -> Outcome<()> {
    let mut all = vec![("url", Arg::Text(app.settings.public_url.clone()))];
    all.extend(args.iter().cloned());
    let mail = Mail {
        to: email.to_owned(),
        subject: ta(lang, &format!("{key}-subject"), &all),
        text: format!(
            "{}\n\n{}\n",
            ta(lang, &format!("{key}-text"), &all),
            ta(lang, "mail-foot", &all)
        ),
        message_id: job.id.to_string(),
    };
    Ok(app.mailer.send(mail).await?)
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

struct InvitationMail(InvitationId);

impl UseCase for InvitationMail {
    type Output = Option<(String, String, String)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let row = unit.store.invitation(self.0).await?.ok_or(Error::NotFound)?;
        let (Some(sealed), None, None) = (&row.email, row.used_at, row.ended_at) else {
            return Ok(None);
        };
        let text = unit
            .open_text_unnoted(place("invitation", "email_sealed", self.0.0), sealed)
            .await?;
        let organisations = unit.store.organisations(&[row.organisation]).await?;
        let name = organisations.into_iter().next().map(|o| o.name).unwrap_or_default();
        Ok(text
            .split_once('\n')
            .map(|(email, token)| (email.to_owned(), token.to_owned(), name)))
    }
}

/// Sends an invitation's link.
pub(crate) async fn invitation(app: &App, job: &JobRow) -> Outcome<()> {
    let id = job
        .subject
        .ok_or_else(|| Error::Internal("a mail without an invitation".to_owned()))?;
    let context = Context::system(app, SystemKind::Mailer);
    let Some((email, token, organisation)) = read(&context, InvitationMail(InvitationId(id))).await? else {
        return Ok(());
    };
    let link = format!("{}{}", app.settings.public_url, addresses::people::invitation(&token));
    let args = [("organisation", Arg::Text(organisation)), ("link", Arg::Text(link))];
    send(app, job, &email, Lang::Fr, "mail-invitation", &args).await
}
