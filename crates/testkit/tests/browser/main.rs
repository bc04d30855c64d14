//! The story in a real browser: typed by forms, its other turns, and each role's pages, at two widths, with axe-core.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod coverage;
mod pages;
mod story;
mod turns;
