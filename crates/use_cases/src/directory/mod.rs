//! The directory as a whole: the national list, read, compared and imported.

mod chunk;
mod import;
mod list;
mod list_file;
mod survey;

pub use chunk::{Tally, Told, ToldKind};
pub use import::{Imported, Progress, Refused, import_directory};
pub use list::{Expected, ListError, NationalList};
pub use list_file::{ListFile, built_in, built_in_day};
