//! A mail as the relay takes it.

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use use_cases::ports::{Mail, MailTrouble, StoreError, Stored};

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
    Message::builder()
        .from(from.clone())
        .to(mailbox(&mail.to).map_err(|_| MailTrouble::Unwritable)?)
        .subject(mail.subject)
        .message_id(Some(id))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text)
        .map_err(|_| MailTrouble::Unwritable)
}
