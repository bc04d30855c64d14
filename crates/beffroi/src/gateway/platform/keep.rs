//! Keeping the words at hand for as long as this server leads to targets.

use super::Answers;
use crate::duty::OwnDuty;
use gateway::link::Pushes;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether something was journaled.
const LOOK: Duration = Duration::from_millis(250);

/// For how long a gateway of another process may believe what it was told last: [`super::HOLD`], its own two seconds, and some.
const BELIEVED: Duration = Duration::from_secs(3);

/// When nothing passes any more by this server's words.
pub enum End {
    /// Once the gateway of this process has ended.
    With(CancellationToken),
    /// After a stop, and once a gateway of another process believes nothing any more that it was told.
    After(CancellationToken),
}

/// Keeps the words at hand, and lets the gateway know at once when they changed. At a planned end the duty is given
/// back: not before nothing passes any more here.
pub async fn keep(answers: Arc<Answers>, mut duty: OwnDuty, pushes: Pushes, end: End) {
    let (End::With(stop) | End::After(stop)) = &end;
    stop.run_until_cancelled(look_after(&answers, &mut duty, &pushes)).await;
    answers.forget();
    if matches!(end, End::After(_)) && duty.is_taken() {
        tokio::time::sleep(BELIEVED).await;
    }
    duty.give_back().await;
}

async fn look_after(answers: &Answers, duty: &mut OwnDuty, pushes: &Pushes) {
    let mut failing = false;
    loop {
        let looked = match duty.is_held().await {
            true => answers.look().await,
            // Two gateways would record one campaign twice: this one has no words, and nothing passes.
            false => Ok(answers.forget()),
        };
        match looked {
            Ok(changed) => {
                failing = false;
                if changed {
                    pushes.look_again();
                }
            }
            // Nothing passes from then on; said once, until it is well again.
            Err(error) if !failing => {
                failing = true;
                tracing::warn!(%error, "what the gateway is to know cannot be read: nothing passes meanwhile");
            }
            Err(_) => {}
        }
        tokio::time::sleep(LOOK).await;
    }
}
