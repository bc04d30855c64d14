//! The story that the demonstration tells, played through the use cases.

pub mod host;

use domain::Timestamp;
use domain::ids::CampaignId;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use story::{PASSWORD, Part, StoryClock, Teller, tell};
use use_cases::ports::Clock;
use use_cases::{App, Outcome};

/// How somebody of the story signs in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// What they are, for people.
    pub role: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// Tells on the console how far the story is.
pub struct Progress(Timestamp);

impl Progress {
    /// Starts counting.
    pub fn start() -> Self {
        Self(crate::system::SystemClock.now())
    }

    /// Says what is being played.
    pub fn step(&self, what: &str) {
        self.say(&format!("{what}…"));
    }

    /// Says that the story is played.
    pub fn done(&self) {
        self.say("C’est prêt.");
    }

    /// Says a line; a console that has closed meanwhile does not end the story.
    fn say(&self, what: &str) {
        let _ = writeln!(std::io::stdout(), "  {:>5.1} s  {what}", self.seconds());
    }

    fn seconds(&self) -> f64 {
        // A story lasts seconds: the tenths that are shown are exact.
        crate::system::SystemClock.now().since(self.0) as f64 / 1e6
    }
}

/// Days before the present at which the story's clock starts.
const BEGINS: i64 = 120;

/// Makes the clock that the story is told with.
pub fn story_clock() -> StoryClock {
    StoryClock::at(crate::system::SystemClock.now().plus_days(-BEGINS))
}

/// Plays the story, with a campaign that is open on a hosted target where there is a recipe for it; gives one sign-in for
/// each role, and that campaign.
///
/// # Errors
/// [`use_cases::Error`] where a use case refuses; the demonstration is then played anew.
pub async fn play(
    app: &App,
    clock: &StoryClock,
    recipe: Option<&str>,
    progress: &Progress,
) -> Outcome<(Vec<SignIn>, Option<CampaignId>)> {
    let teller = Teller {
        app,
        clock,
        ends: crate::system::SystemClock.now(),
        recipe,
        progress: &|step| progress.step(step),
    };
    let told = Box::pin(tell(&teller)).await?;
    let mut sign_ins: Vec<SignIn> = told.cast.sign_ins().into_iter().map(sign_in).collect();
    sign_ins.extend(told.students.first().map(sign_in));
    sign_ins.extend(told.group.sign_ins().map(sign_in));
    Ok((sign_ins, told.open_campaign))
}

fn sign_in(part: &Part) -> SignIn {
    SignIn {
        role: format!("{} — {}", part.name, part.what),
        email: part.email.clone(),
        password: PASSWORD.to_owned(),
    }
}
