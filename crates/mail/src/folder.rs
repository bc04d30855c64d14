//! A folder that takes mails as `.eml` files, for an instance without a relay.

use crate::message::{mailbox, write};
use async_trait::async_trait;
use lettre::message::Mailbox;
use std::path::{Path, PathBuf};
use use_cases::ports::{Mail, MailTrouble, Mailer, StoreError, Stored};

/// Writes each mail to a file of its own.
pub struct Folder {
    from: Mailbox,
    path: PathBuf,
}

impl Folder {
    /// Opens a folder, making it where it is missing.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where it cannot be made or the sender's address cannot be read.
    pub fn open(path: &Path, from: &str) -> Stored<Self> {
        std::fs::create_dir_all(path).map_err(|error| failed(path, &error))?;
        Ok(Self {
            from: mailbox(from)?,
            path: path.to_owned(),
        })
    }
}

fn failed(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Failed(format!("{}: {error}", path.display()))
}

#[async_trait]
impl Mailer for Folder {
    async fn send(&self, mail: Mail) -> Result<(), MailTrouble> {
        let path = self.path.join(format!("{}.eml", mail.message_id));
        let message = write(&self.from, mail)?;
        std::fs::write(&path, message.formatted()).map_err(|error| {
            tracing::warn!(%error, "the folder of mails cannot be written to");
            MailTrouble::Folder
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_becomes_a_file_with_its_headers() {
        let path = std::env::temp_dir().join(format!("beffroi-mail-{}", std::process::id()));
        let folder = Folder::open(&path, "Beffroi <beffroi@metropole.example>").unwrap();
        let mail = Mail {
            to: "rssi@commune.example".to_owned(),
            subject: "Récépissé".to_owned(),
            text: "Bonjour,\n\nvotre dossier est reçu.\n".to_owned(),
            message_id: "0197".to_owned(),
            unsubscribe: Some("https://metropole.example/desabonnement/abc".to_owned()),
        };
        let sent = folder.send(mail);
        now(sent).unwrap();
        let text = std::fs::read_to_string(path.join("0197.eml")).unwrap();
        assert!(text.contains("Message-ID: <0197@metropole.example>"), "{text}");
        assert!(text.contains("To: rssi@commune.example"), "{text}");
        let link = "List-Unsubscribe: <https://metropole.example/desabonnement/abc>\r\n";
        assert!(text.contains(link), "{text}");
        assert!(
            text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
            "{text}"
        );
        assert!(text.contains("text/plain; charset=utf-8"), "{text}");
        std::fs::remove_dir_all(path).unwrap();
    }

    /// Runs a future that never waits.
    fn now<T>(future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(value) => value,
            std::task::Poll::Pending => panic!("writing a mail waits for nothing"),
        }
    }
}
