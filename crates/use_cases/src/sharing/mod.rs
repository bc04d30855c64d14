//! The sharing part: see the files of this folder.

/// Gives what waits for the person in this part.
pub(crate) async fn desk_items(_unit: &mut crate::Unit) -> crate::Outcome<Vec<crate::desk::DeskItem>> {
    Ok(Vec::new())
}
