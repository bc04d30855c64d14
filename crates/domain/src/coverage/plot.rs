//! The drawing over time: a bar for each period, a line for what is known by its end.

use super::Period;
use crate::date::Date;
use std::fmt::Write;

/// The width of the drawing; the browser stretches it.
const WIDTH: i64 = 1_000;
/// Its height, from the line of zero to the greatest number.
const HEIGHT: i64 = 200;

/// A bar: where it stands and how high its two parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its left side.
    pub x: i64,
    /// Its width.
    pub width: i64,
    /// The upper edge of all endpoints of the period.
    pub top: i64,
    /// The height of all of them.
    pub height: i64,
    /// The upper edge of those that are new.
    pub fresh_top: i64,
    /// The height of those.
    pub fresh: i64,
}

/// Gives the number of days between two, at most those of three years.
fn days_between(from: Date, until: Date) -> i64 {
    let (mut day, mut days) = (from, 0);
    while day < until && days < 1_100 {
        day = day.next();
        days += 1;
    }
    days
}

/// Gives the first and the last place of each period, in days from the beginning, and how many days there are.
fn places(periods: &[Period]) -> (Vec<(i64, i64)>, i64) {
    let Some(first) = periods.first() else {
        return (Vec::new(), 1);
    };
    let place = |period: &Period| {
        (
            days_between(first.from, period.from),
            days_between(first.from, period.until) + 1,
        )
    };
    let places: Vec<(i64, i64)> = periods.iter().map(place).collect();
    let all = places.last().map_or(1, |(_, end)| *end);
    (places, all.max(1))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Gives the greatest number of the drawing.
#[must_use]
pub fn most(periods: &[Period]) -> i64 {
    signed(periods.last().map_or(0, |last| last.known)).max(1)
}

/// Gives the bars of some periods.
#[must_use]
pub fn bars(periods: &[Period]) -> Vec<Bar> {
    let most = most(periods);
    let high = |number: u64| HEIGHT.saturating_mul(signed(number)) / most;
    let (places, all) = places(periods);
    let pairs = periods.iter().zip(places);
    pairs
        .map(|(period, (from, end))| {
            let (x, right) = (WIDTH * from / all, WIDTH * end / all);
            // A hair between bars, where there is room for one.
            let gap = i64::from(right - x > 8) * 2;
            let (height, fresh) = (high(period.endpoints), high(period.fresh));
            Bar {
                x,
                width: (right - x - gap).max(1),
                top: HEIGHT - height,
                height,
                fresh_top: HEIGHT - fresh,
                fresh,
            }
        })
        .collect()
}

/// Gives the line of what is known by the end of each period, as the points of a polyline.
#[must_use]
pub fn line(periods: &[Period]) -> String {
    let most = most(periods);
    let (places, all) = places(periods);
    let mut text = format!("0,{HEIGHT}");
    for (period, (_, end)) in periods.iter().zip(places) {
        let y = HEIGHT - HEIGHT.saturating_mul(signed(period.known)) / most;
        // Writing to a text cannot fail.
        let _ = write!(text, " {},{y}", WIDTH * end / all);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Told;

    fn period(from: u8, until: u8, endpoints: u64, fresh: u64, known: u64) -> Period {
        let day = |number| Date::new(2026, 11, number).unwrap();
        Period {
            from: day(from),
            until: day(until),
            requests: 9,
            hunters: Told::Exactly(3),
            endpoints,
            fresh,
            known,
        }
    }

    #[test]
    fn bars_stand_where_their_days_are() {
        let periods = [period(1, 2, 4, 4, 4), period(5, 10, 6, 4, 8)];
        let drawn = bars(&periods);
        assert_eq!(
            (drawn[0].x, drawn[0].width, drawn[0].height, drawn[0].fresh),
            (0, 198, 100, 100)
        );
        assert_eq!(
            (drawn[1].x, drawn[1].top, drawn[1].height, drawn[1].fresh_top),
            (400, 50, 150, 100)
        );
        assert_eq!(line(&periods), "0,200 200,100 1000,0");
        assert!(bars(&[]).is_empty());
    }

    #[test]
    fn nothing_is_drawn_outside() {
        for case in 0..3_u64.pow(6) {
            let digit = |place: u32| case / 3_u64.pow(place) % 3;
            let (mut periods, mut on, mut known) = (Vec::new(), 1, 0);
            for turn in 0..3 {
                let (gap, fresh) = (u8::try_from(digit(turn)).unwrap(), digit(turn + 3) * 7);
                known += fresh;
                periods.push(period(on, on + gap, (fresh + 3).min(known), fresh, known));
                on += gap * 2 + 1;
            }
            for bar in bars(&periods) {
                assert!(bar.x >= 0 && bar.width > 0 && bar.x + bar.width <= WIDTH, "{bar:?}");
                assert!(
                    bar.top >= 0 && bar.top + bar.height == HEIGHT && bar.fresh <= bar.height,
                    "{bar:?}"
                );
            }
        }
    }
}
