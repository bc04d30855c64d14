//! The campaign part: see the files of this folder.

use crate::{Outcome, Unit};
use domain::role::Grant;

/// Lets a person into the campaign that a taken-up grant reaches, where it reaches one.
pub(crate) async fn grant_taken_up(_unit: &mut Unit, _grant: &Grant) -> Outcome<()> {
    Ok(())
}

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(_unit: &mut crate::Unit) -> crate::Outcome<Vec<crate::desk::DeskItem>> {
    Ok(Vec::new())
}
