//! The French and English texts, dates, numbers and names of Beffroi.
//!
//! Texts stand in `texts/fr` and `texts/en`, one Fluent file for each part of the house. A key
//! that one language lacks, that nothing uses or that something uses in vain fails the tests.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops at the first surprise"))]

mod dates;
mod elision;
mod numbers;
mod texts;

pub use dates::{
    date_of, iso, local_day, local_days_later, local_value, long_date, long_datetime, month_of, parse_local,
    short_date, short_datetime, with_utc,
};
pub use elision::de;
pub use numbers::{bytes, decimal_tenths, euros, integer, unbroken};
pub use texts::{Arg, FILES, exists, keys, t, ta};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French, the first.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Gives the language's tag, as HTML and the database write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// Finds the language of a tag; French for anything unknown.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Fr }
    }
}
