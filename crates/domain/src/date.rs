//! Calendar days, without an hour or a zone.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, ordered as days are; written `2026-03-16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

/// A text that is no day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct NotADate;

impl Date {
    /// Gives the day of these three numbers, for years 1 to 9999.
    ///
    /// # Errors
    /// [`NotADate`] where the calendar has no such day.
    pub const fn new(year: i16, month: u8, day: u8) -> Result<Self, NotADate> {
        if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 {
            return Err(NotADate);
        }
        if day > days_in(year, month) {
            return Err(NotADate);
        }
        Ok(Self { year, month, day })
    }

    /// Gives the year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Gives the month, from one.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Gives the day of the month, from one.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Gives the first day of its month.
    #[must_use]
    pub const fn month_begins(self) -> Self {
        Self { day: 1, ..self }
    }

    /// Gives the same day a year before: 28 February for a 29 February.
    #[must_use]
    pub const fn year_before(self) -> Self {
        let year = if self.year > 1 { self.year - 1 } else { 1 };
        let last = days_in(year, self.month);
        let day = if self.day > last { last } else { self.day };
        Self { year, day, ..self }
    }

    /// Gives the day after, stopping at the end of the scale.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.day < days_in(self.year, self.month) {
            return Self {
                day: self.day + 1,
                ..self
            };
        }
        match (self.year, self.month) {
            (9999, 12) => self,
            (year, 12) => Self {
                year: year + 1,
                month: 1,
                day: 1,
            },
            (year, month) => Self {
                year,
                month: month + 1,
                day: 1,
            },
        }
    }
}

/// Gives the number of days of a month.
const fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let bytes = text.as_bytes();
        let shape = |i: usize, b: &u8| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        };
        if bytes.len() != 10 || !bytes.iter().enumerate().all(|(i, b)| shape(i, b)) {
            return Err(NotADate);
        }
        let part = |range: std::ops::Range<usize>| text.get(range).ok_or(NotADate);
        Self::new(
            part(0..4)?.parse().map_err(|_| NotADate)?,
            part(5..7)?.parse().map_err(|_| NotADate)?,
            part(8..10)?.parse().map_err(|_| NotADate)?,
        )
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_calendar_are_read_and_written() {
        for text in ["2026-03-16", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-4-01",
            "+026-04-01",
            "",
            "16/03/2026",
            "2026-03-1é",
        ] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn days_follow_one_another_and_have_a_year_before() {
        let parse = |t: &str| t.parse::<Date>().unwrap();
        for (day, next, before) in [
            ("2026-03-16", "2026-03-17", "2025-03-16"),
            ("2024-02-29", "2024-03-01", "2023-02-28"),
            ("2025-12-31", "2026-01-01", "2024-12-31"),
            ("9999-12-31", "9999-12-31", "9998-12-31"),
        ] {
            assert_eq!(parse(day).next(), parse(next));
            assert_eq!(parse(day).year_before(), parse(before));
        }
    }

    #[test]
    fn order_is_order_in_time() {
        let parse = |t: &str| t.parse::<Date>().unwrap();
        assert!(parse("2025-12-31") < parse("2026-01-01"));
        assert!(parse("2026-01-31") < parse("2026-02-01"));
    }
}
