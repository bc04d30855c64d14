//! What one server does for all that share its database: held from one beat to the next.

use authorization::SystemKind;
use std::time::{Duration, Instant};
use use_cases::target::{DUTY_SECONDS, Duty, GiveDutyBack, TakeDuty};
use use_cases::{App, Context, perform};
use uuid::Uuid;

/// How often a duty is taken anew.
const BEAT: Duration = Duration::from_secs(5);

/// How often it is asked for while another server holds it.
const WAIT: Duration = Duration::from_secs(1);

/// How long it counts as held after it was taken: less than others wait, so that two never hold it at once.
const HELD: Duration = Duration::from_secs(DUTY_SECONDS.unsigned_abs() - 5);

/// A duty as this server holds it, or waits for it.
pub struct OwnDuty {
    app: App,
    take: TakeDuty,
    asked: Option<Instant>,
    taken: Option<Instant>,
    /// Whether it was said that another server holds it.
    said: bool,
}

impl OwnDuty {
    /// Holds nothing yet.
    pub fn new(app: App, duty: Duty, server: Uuid) -> Self {
        Self {
            app,
            take: TakeDuty { duty, server },
            asked: None,
            taken: None,
            said: false,
        }
    }

    /// Says whether this server holds the duty now, taking it anew where that is due.
    pub async fn is_held(&mut self) -> bool {
        let pause = if self.taken.is_some() { BEAT } else { WAIT };
        if self.asked.is_none_or(|at| at.elapsed() >= pause) {
            let now = Instant::now();
            self.asked = Some(now);
            match perform(&Context::system(&self.app, SystemKind::Gateway), self.take).await {
                Ok(true) => {
                    self.taken = Some(now);
                    self.said = false;
                }
                Ok(false) => {
                    self.taken = None;
                    if !std::mem::replace(&mut self.said, true) {
                        let duty = self.take.duty.code();
                        tracing::info!(duty, "another server does this; this one takes over when it ends");
                    }
                }
                // Held for as long as was promised; whoever asks the database next says what is wrong with it.
                Err(_) => {}
            }
        }
        self.taken.is_some_and(|at| at.elapsed() < HELD)
    }

    /// Says whether this server took the duty, and did not hear since that another one has it.
    pub const fn is_taken(&self) -> bool {
        self.taken.is_some()
    }

    /// Gives the duty back, so that the next server need not wait until it lapses.
    pub async fn give_back(&mut self) {
        if self.taken.take().is_none() {
            return;
        }
        let TakeDuty { duty, server } = self.take;
        let context = Context::system(&self.app, SystemKind::Gateway);
        if let Err(error) = perform(&context, GiveDutyBack { duty, server }).await {
            tracing::warn!(duty = duty.code(), %error, "a duty could not be given back; it lapses");
        }
    }
}
