//! A relay reached by SMTP.

use crate::message::{mailbox, write};
use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;
use use_cases::ports::{Mail, MailTrouble, Mailer, StoreError, Stored};

/// How the next relay is reached.
pub struct Relay {
    /// Its address: `smtps://host`, `smtp://host:587?tls=required`, or `smtp://host:25` for a
    /// relay on the same machine or network.
    pub url: String,
    /// The name and password it asks for.
    pub credentials: Option<(String, String)>,
    /// How long it may take.
    pub timeout: Duration,
}

/// Sends mail through a relay.
pub struct Smtp {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// Prepares the way to a relay; nothing is sent yet.
    ///
    /// # Errors
    /// [`StoreError::Failed`] where the relay's address or the sender's cannot be read.
    pub fn new(relay: Relay, from: &str) -> Stored<Self> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&relay.url)
            .map_err(|_| StoreError::Failed("the relay's address cannot be read".to_owned()))?
            .timeout(Some(relay.timeout));
        let builder = match relay.credentials {
            Some((name, password)) => builder.credentials(Credentials::new(name, password)),
            None => builder,
        };
        Ok(Self {
            from: mailbox(from)?,
            transport: builder.build(),
        })
    }

    /// Greets the relay and says whether it answers.
    ///
    /// # Errors
    /// [`StoreError::Failed`] with what the relay or the network says.
    pub async fn check(&self) -> Stored<()> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::Failed("the relay closed the connection".to_owned())),
            Err(error) => Err(StoreError::Failed(error.to_string())),
        }
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: Mail) -> Result<(), MailTrouble> {
        let message = write(&self.from, mail)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // The relay's words are left behind: they may repeat the address.
            Err(error) => Err(error
                .status()
                .map_or(MailTrouble::Unreachable, |code| MailTrouble::Refused(code.into()))),
        }
    }
}
