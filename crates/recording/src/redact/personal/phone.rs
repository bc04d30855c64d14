//! French telephone numbers (national numbering plan of the Arcep; ITU-T E.164).

use super::cursor::Cursor;

/// France, and the places overseas that share its plan.
const COUNTRIES: [&str; 5] = ["33", "262", "590", "594", "596"];

/// Where a number ends that begins here.
pub(super) fn end(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let end = international(start).or_else(|| national(start))?;
    end.is_end_of_word().then_some(end)
}

/// `+33 6 12 34 56 78`, `0033…`, `+33 (0)6…`: nine digits after the country, spaces anywhere between them.
fn international(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let after = prefixed(start, "+").or_else(|| prefixed(start, "00"))?;
    let mut cursor = COUNTRIES.iter().find_map(|country| prefixed(after, country))?;
    cursor.separator();
    if let Some(nought) = prefixed(cursor, "(0)") {
        cursor = nought;
        cursor.separator();
    }
    (cursor.digit()? != 0).then_some(())?;
    for _ in 0..8 {
        cursor.separator();
        cursor.digit()?;
    }
    Some(cursor)
}

/// `0612345678` or `06 12 34 56 78`: ten digits, all five pairs set apart in one way or none. Where more goes on in
/// that way it is a list of numbers, or an address of hardware.
fn national(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let mut cursor = start;
    (cursor.digit()? == 0 && cursor.digit()? != 0).then_some(())?;
    let between = cursor.separator();
    for pair in 0..4 {
        if let Some(mark) = between.filter(|_| pair > 0) {
            cursor.take(|meant| meant == mark)?;
        }
        cursor.digit()?;
        cursor.digit()?;
    }
    let list = between.is_some_and(|mark| goes_on(cursor, mark));
    (!list).then_some(cursor)
}

/// Whether another pair follows that is set apart in the same way, and does not begin another number.
fn goes_on(end: Cursor<'_>, mark: char) -> bool {
    let mut after = end;
    if after.take(|meant| meant == mark).is_none() {
        return false;
    }
    let (first, second) = (after.next(), after.next());
    let is_one = |meant: char| meant.is_ascii_digit() || (mark == '-' && meant.is_ascii_alphanumeric());
    let is_pair = first.is_some_and(|meant| is_one(meant) && meant != '0') && second.is_some_and(is_one);
    let is_longer =
        |next: char| next.is_alphanumeric() || (next != mark && matches!(next, '.' | '_' | '+' | '-' | '\'' | '@'));
    is_pair && !after.peek().is_some_and(is_longer)
}

fn prefixed<'t>(start: Cursor<'t>, prefix: &str) -> Option<Cursor<'t>> {
    let mut cursor = start;
    for expected in prefix.chars() {
        cursor.take(|meant| meant == expected)?;
    }
    Some(cursor)
}
