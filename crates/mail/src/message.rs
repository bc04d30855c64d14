//! A mail as the relay takes it.

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use std::error::Error;
use use_cases::ports::{Mail, MailTrouble, StoreError, Stored};

/// Where mails like this one are ended (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

/// Says that one request to that address ends them (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

/// Writes a header as it stands: an address is neither folded nor encoded.
fn as_it_stands(name: HeaderName, value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        as_it_stands(Self::name(), self.0.clone())
    }
}

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        as_it_stands(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// Reads an address, with or without a name before it.
pub(crate) fn mailbox(address: &str) -> Stored<Mailbox> {
    // The address itself is not repeated: errors go to the log.
    address
        .parse()
        .map_err(|_| StoreError::Failed("this is not a mail address".to_owned()))
}

/// Writes a mail; the same mail sent twice carries the same identifier.
pub(crate) fn write(from: &Mailbox, mail: Mail) -> Result<Message, MailTrouble> {
    let id = format!("<{}@{}>", mail.message_id, from.email.domain());
    let mut builder = Message::builder()
        .from(from.clone())
        .to(mailbox(&mail.to).map_err(|_| MailTrouble::Unwritable)?)
        .subject(mail.subject)
        .message_id(Some(id));
    if let Some(link) = mail.unsubscribe {
        if !link.chars().all(|c| c.is_ascii_graphic() && c != '>') {
            return Err(MailTrouble::Unwritable);
        }
        builder = builder
            .header(ListUnsubscribe(format!("<{link}>")))
            .header(ListUnsubscribePost);
    }
    builder
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text)
        .map_err(|_| MailTrouble::Unwritable)
}
