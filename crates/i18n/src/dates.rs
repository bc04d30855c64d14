//! Dates and times as people write them, in Paris.

use crate::{Arg, Lang, ta};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::sync::LazyLock;

static PARIS: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn zoned(micros: i64) -> Zoned {
    Timestamp::from_microsecond(micros)
        .unwrap_or_default()
        .to_zoned(PARIS.clone())
}

fn month(lang: Lang, number: i8) -> &'static str {
    let index = usize::try_from(number - 1).unwrap_or_default().min(11);
    match lang {
        Lang::Fr => MONTHS_FR[index],
        Lang::En => MONTHS_EN[index],
    }
}

fn day(lang: Lang, number: i8) -> String {
    if lang == Lang::Fr && number == 1 {
        "1er".to_owned()
    } else {
        number.to_string()
    }
}

/// Writes an instant's day: « 3 février 2026 ».
#[must_use]
pub fn long_date(lang: Lang, micros: i64) -> String {
    let z = zoned(micros);
    format!(
        "{}\u{a0}{}\u{a0}{}",
        day(lang, z.day()),
        month(lang, z.month()),
        z.year()
    )
}

/// Writes an instant: « 3 février 2026 à 14 h 05 (heure de Paris) ».
#[must_use]
pub fn long_datetime(lang: Lang, micros: i64) -> String {
    let time = short_datetime(lang, micros);
    ta(lang, "common-paris-time", &[("time", Arg::Text(time))])
}

/// Writes an instant without naming the zone: « 3 février 2026 à 14 h 05 ».
#[must_use]
pub fn short_datetime(lang: Lang, micros: i64) -> String {
    let z = zoned(micros);
    let date = long_date(lang, micros);
    match lang {
        Lang::Fr => format!("{date} à {}\u{a0}h\u{a0}{:02}", z.hour(), z.minute()),
        Lang::En => format!("{date} at {}:{:02}", z.hour(), z.minute()),
    }
}

/// Writes an instant in Paris and in universal time, whose day is said where it is another: « 24
/// décembre 2026 à 0 h 00 (heure de Paris), 23 h 00 en temps universel (23 décembre) ».
#[must_use]
pub fn with_utc(lang: Lang, micros: i64) -> String {
    let (paris, utc) = (zoned(micros), zoned(micros).with_time_zone(TimeZone::UTC));
    let paris_time = Arg::Text(short_datetime(lang, micros));
    let time = match lang {
        Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", utc.hour(), utc.minute()),
        Lang::En => format!("{}:{:02}", utc.hour(), utc.minute()),
    };
    let mut args = vec![("paris", paris_time), ("utc", Arg::Text(time))];
    if paris.date() == utc.date() {
        return ta(lang, "common-paris-and-utc", &args);
    }
    let other = format!("{}\u{a0}{}", day(lang, utc.day()), month(lang, utc.month()));
    args.push(("day", Arg::Text(other)));
    ta(lang, "common-paris-and-utc-day", &args)
}

/// Writes an instant's day in figures: « 03/02/2026 ».
#[must_use]
pub fn short_date(lang: Lang, micros: i64) -> String {
    let z = zoned(micros);
    match lang {
        Lang::Fr => format!("{:02}/{:02}/{}", z.day(), z.month(), z.year()),
        Lang::En => format!("{}-{:02}-{:02}", z.year(), z.month(), z.day()),
    }
}

/// Writes a calendar day given as `2026-02-03`: « 3 février 2026 »; anything else as it is.
#[must_use]
pub fn date_of(lang: Lang, iso_day: &str) -> String {
    match iso_day.parse::<jiff::civil::Date>() {
        Ok(date) => format!(
            "{}\u{a0}{}\u{a0}{}",
            day(lang, date.day()),
            month(lang, date.month()),
            date.year()
        ),
        Err(_) => iso_day.to_owned(),
    }
}

/// Writes a month, from one, of a year: « février 2026 ».
#[must_use]
pub fn month_of(lang: Lang, year: i16, number: u8) -> String {
    let name = month(lang, i8::try_from(number).unwrap_or(1));
    format!("{name}\u{a0}{year}")
}

/// Writes an instant for machines: `2026-02-03T13:05:00Z`.
#[must_use]
pub fn iso(micros: i64) -> String {
    let seconds = micros.div_euclid(1_000_000);
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

/// Reads what a `datetime-local` field sends, as Paris time; gives microseconds since 1970 UTC.
#[must_use]
pub fn parse_local(text: &str) -> Option<i64> {
    let local: DateTime = text.trim().parse().ok()?;
    let zoned = PARIS.to_ambiguous_zoned(local).compatible().ok()?;
    Some(zoned.timestamp().as_microsecond())
}

/// Gives the year, month and day of an instant in Paris.
#[must_use]
pub fn local_day(micros: i64) -> (i16, u8, u8) {
    let z = zoned(micros);
    (z.year(), z.month().unsigned_abs(), z.day().unsigned_abs())
}

/// Gives the instant so many days later at the same hour of Paris, whatever the clocks do between.
#[must_use]
pub fn local_days_later(micros: i64, days: i64) -> i64 {
    let later = i32::try_from(days)
        .ok()
        .and_then(|days| zoned(micros).checked_add(jiff::Span::new().try_days(days).ok()?).ok());
    later.map_or(micros, |later| later.timestamp().as_microsecond())
}

/// Writes an instant as a `datetime-local` field takes it, in Paris time.
#[must_use]
pub fn local_value(micros: i64) -> String {
    let z = zoned(micros);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        z.year(),
        z.month(),
        z.day(),
        z.hour(),
        z.minute()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_770_123_900_000_000; // 2026-02-03T13:05:00Z

    #[test]
    fn a_month_is_written_with_its_year() {
        assert_eq!(month_of(Lang::Fr, 2026, 2), "février\u{a0}2026");
        assert_eq!(month_of(Lang::En, 2025, 12), "December\u{a0}2025");
    }

    #[test]
    fn instants_read_as_in_paris() {
        assert_eq!(
            short_datetime(Lang::Fr, AT),
            "3\u{a0}février\u{a0}2026 à 14\u{a0}h\u{a0}05"
        );
        assert_eq!(short_datetime(Lang::En, AT), "3\u{a0}February\u{a0}2026 at 14:05");
        assert_eq!(iso(AT), "2026-02-03T13:05:00Z");
        assert_eq!(date_of(Lang::Fr, "2026-03-01"), "1er\u{a0}mars\u{a0}2026");
    }

    #[test]
    fn universal_time_says_its_day_where_it_is_another() {
        let midnight = parse_local("2026-12-24T00:00").unwrap();
        assert_eq!(
            with_utc(Lang::Fr, midnight).replace('\u{a0}', " "),
            "24 décembre 2026 à 0 h 00 (heure de Paris), 23 h 00 en temps universel (23 décembre)"
        );
        assert_eq!(
            with_utc(Lang::Fr, AT).replace('\u{a0}', " "),
            "3 février 2026 à 14 h 05 (heure de Paris), 13 h 05 en temps universel"
        );
    }

    #[test]
    fn days_of_paris_keep_their_hour_where_the_clocks_change() {
        for (from, days, until) in [
            ("2026-10-01T17:00", 90, "2026-12-30T17:00"),
            ("2026-03-28T17:00", 1, "2026-03-29T17:00"),
            ("2026-10-24T23:59", 1, "2026-10-25T23:59"),
            ("2026-05-02T08:30", 0, "2026-05-02T08:30"),
        ] {
            let at = parse_local(from).unwrap();
            assert_eq!(local_value(local_days_later(at, days)), until, "{from}");
        }
    }

    #[test]
    fn local_fields_go_there_and_back() {
        assert_eq!(local_value(AT), "2026-02-03T14:05");
        assert_eq!(parse_local("2026-02-03T14:05"), Some(AT));
        assert_eq!(parse_local("tomorrow"), None);
    }
}
