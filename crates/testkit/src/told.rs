//! The story of the demonstration, told on an instance of the tests.

use crate::app::{START, TestApp};
use authorization::SystemKind;
use std::sync::Arc;
use story::{StoryClock, Teller, Told, tell};
use use_cases::people::SetUpDemo;
use use_cases::{Context, perform};

impl TestApp {
    /// Tells the whole story on this instance; afterwards its clock stands at the story's end.
    ///
    /// # Panics
    /// Where a use case of the story refuses.
    pub async fn told(&mut self) -> Told {
        self.told_with(None).await
    }

    /// Tells the whole story on this instance, with a campaign that is open on a hosted target where a recipe is given.
    ///
    /// # Panics
    /// Where a use case of the story refuses.
    pub async fn told_with(&mut self, recipe: Option<&str>) -> Told {
        let clock = Arc::new(StoryClock::at(START.plus_days(-120)));
        let mut app = self.app.clone();
        app.clock = clock.clone();
        let teller = Teller {
            app: &app,
            clock: &clock,
            ends: START,
            recipe,
            progress: &|step| eprintln!("{step}"),
        };
        let installer = Context::system(&app, SystemKind::Installer);
        let instance = "Beffroi, récit".to_owned();
        perform(&installer, SetUpDemo { instance })
            .await
            .expect("an empty instance");
        tell(&teller).await.expect("the story can be told")
    }
}
