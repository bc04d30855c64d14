//! Mails that stay in memory.

use async_trait::async_trait;
use std::sync::{Mutex, PoisonError};
use use_cases::ports::{Mail, MailTrouble, Mailer};

/// Takes every mail and keeps it; can be told to refuse.
#[derive(Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    refuses: Mutex<bool>,
}

impl Mailbox {
    /// Gives every mail so far, oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Mail> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the mails to one address, oldest first.
    #[must_use]
    pub fn to(&self, address: &str) -> Vec<Mail> {
        self.all().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// Empties the mailbox and gives what was in it.
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Behaves like a relay that is down, or is up again.
    pub fn refuse(&self, refuses: bool) {
        *self.refuses.lock().unwrap_or_else(PoisonError::into_inner) = refuses;
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: Mail) -> Result<(), MailTrouble> {
        if *self.refuses.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(MailTrouble::Unreachable);
        }
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
        Ok(())
    }
}
