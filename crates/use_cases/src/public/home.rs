//! The home page: what is open now.

use crate::error::Outcome;
use crate::perform::UseCase;
use crate::ports::OpenCallRow;
use crate::unit::Unit;

/// What the home page shows.
#[derive(Clone, Debug)]
pub struct Home {
    /// The instance's name; empty before it is set up.
    pub instance: String,
    /// Whether the instance is set up.
    pub set_up: bool,
    /// The calls that take candidacies now.
    pub calls: Vec<OpenCallRow>,
    /// The published programmes: readable address, name, summary.
    pub programmes: Vec<(String, String, String)>,
}

/// Shows everybody what is open.
pub struct ViewHome;

impl UseCase for ViewHome {
    type Output = Home;

    async fn run(&self, unit: &mut Unit) -> Outcome<Home> {
        let instance = unit.store.instance().await?;
        Ok(Home {
            set_up: instance.as_ref().is_some_and(|(_, _, at)| at.is_some()),
            instance: instance.map(|(name, _, _)| name).unwrap_or_default(),
            calls: unit.store.open_calls(unit.now).await?,
            programmes: unit.store.published_programmes().await?,
        })
    }
}
