//! Search over texts that are kept sealed: what is kept of a text, and how two texts are compared.
//!
//! A text is read into a [`Document`]: its stems, its bilingual concepts and its identifiers, each
//! with the field it stands in. The document is sealed like the text; a node opens it into an
//! [`Indexed`], which holds hashes instead of words. [`rank`] compares a [`Query`] with what one
//! reader may see, and counts nothing else: what a reader may not see has no part in any number.

mod concepts;
mod document;
mod identifiers;
mod likeness;
mod matching;
mod reading;
mod stems;
mod typed;

pub use document::{Broken, Document, Field, Fields, Indexed, Term};
pub use likeness::{Hit, Reason, Seen, rank, worth_a_look};
pub use reading::{Query, Subject, Writing};
pub use typed::{Part, SEARCH_MAX, Typed, Unsearchable, answers};
