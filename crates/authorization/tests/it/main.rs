//! Tests of the rights: the policies as a table that people review.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod judging;
mod mistakes;
mod rights;
