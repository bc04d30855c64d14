//! The number in the national register of people, with its key.

use super::cursor::Cursor;

/// Sex, year, month, department, commune, order, key: how many characters each has, and so where spaces are typed.
const GROUPS: [usize; 7] = [1, 2, 2, 2, 3, 3, 2];
/// All of them together.
const LENGTH: usize = 15;

/// Where a number ends that begins here, when its key is right.
pub(super) fn end(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let (mut cursor, mut read) = (start, [0u8; LENGTH]);
    let mut at = 0;
    for (number, length) in GROUPS.into_iter().enumerate() {
        if number > 0 {
            cursor.separator();
        }
        for _ in 0..length {
            // Corsica is `2A` and `2B`.
            let corsica = at == 6 && read[5] == b'2';
            let taken =
                cursor.take(|meant| meant.is_ascii_digit() || (corsica && matches!(meant, 'A' | 'B' | 'a' | 'b')))?;
            read[at] = u8::try_from(taken).ok()?.to_ascii_uppercase();
            at += 1;
        }
    }
    (is_possible(&read) && is_key_right(&read) && cursor.is_end_of_word()).then_some(cursor)
}

/// Whether each part may be what it is (décret n° 82-103, art. 4; months beyond twelve stand for acts that do not
/// tell one).
fn is_possible(read: &[u8; LENGTH]) -> bool {
    let number = |range: std::ops::Range<usize>| value(&read[range]);
    matches!(read[0], b'1'..=b'4' | b'7' | b'8')
        && matches!(number(3..5), 1..=12 | 20..=42 | 50..=99)
        && &read[5..7] != b"00"
        && number(7..10) > 0
        && number(10..13) > 0
}

/// Whether the key is 97 less the rest by 97; Corsica counts as 19 and 18.
fn is_key_right(read: &[u8; LENGTH]) -> bool {
    let mut digits = *read;
    match &read[5..7] {
        b"2A" => digits[5..7].copy_from_slice(b"19"),
        b"2B" => digits[5..7].copy_from_slice(b"18"),
        _ => {}
    }
    97 - value(&digits[..13]) % 97 == value(&digits[13..])
}

fn value(digits: &[u8]) -> u64 {
    let add = |sum: u64, digit: &u8| sum * 10 + u64::from(digit.wrapping_sub(b'0'));
    digits.iter().fold(0, add)
}
