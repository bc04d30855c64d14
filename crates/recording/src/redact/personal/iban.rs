//! Account numbers: country, two check digits, account.

use super::cursor::Cursor;

/// How long account numbers are by country, and how many digits follow the country at least (ISO 13616 registry):
/// those where payments in euros are made (SEPA), and those that people in France often have beside.
const COUNTRIES: [(&str, usize, usize); 44] = [
    ("AD", 24, 10),
    ("AL", 28, 10),
    ("AT", 20, 18),
    ("BE", 16, 14),
    ("BG", 22, 2),
    ("CH", 21, 7),
    ("CY", 28, 10),
    ("CZ", 24, 22),
    ("DE", 22, 20),
    ("DK", 18, 16),
    ("EE", 20, 18),
    ("ES", 24, 22),
    ("FI", 18, 16),
    ("FR", 27, 12),
    ("GB", 22, 2),
    ("GI", 23, 2),
    ("GR", 27, 9),
    ("HR", 21, 19),
    ("HU", 28, 26),
    ("IE", 22, 2),
    ("IS", 26, 24),
    ("IT", 27, 2),
    ("LI", 21, 7),
    ("LT", 20, 18),
    ("LU", 20, 5),
    ("LV", 21, 2),
    ("MA", 28, 26),
    ("MC", 27, 12),
    ("MD", 24, 2),
    ("ME", 22, 20),
    ("MK", 19, 5),
    ("MT", 31, 2),
    ("NL", 18, 2),
    ("NO", 15, 13),
    ("PL", 28, 26),
    ("PT", 25, 23),
    ("RO", 24, 2),
    ("RS", 22, 20),
    ("SE", 24, 22),
    ("SI", 19, 17),
    ("SK", 24, 22),
    ("SM", 27, 2),
    ("TN", 24, 22),
    ("VA", 22, 20),
];
/// The longest of them.
const LONGEST: usize = 31;

/// Where an account number ends that begins here, when its check digits are right; spaces may stand between groups
/// of four.
pub(super) fn end(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let (mut cursor, mut read) = (start, [0u8; LONGEST]);
    let (mut length, mut digits) = (2usize, 2usize);
    let mut at = 0usize;
    while at < length {
        if at > 0 && at.is_multiple_of(4) {
            cursor.separator();
        }
        let taken = cursor.take(|meant| match at {
            0 | 1 => meant.is_ascii_alphabetic(),
            at if at < 2 + digits => meant.is_ascii_digit(),
            _ => meant.is_ascii_alphanumeric(),
        })?;
        read[at] = u8::try_from(taken).ok()?.to_ascii_uppercase();
        at += 1;
        if at == 2 {
            let country = COUNTRIES.iter().find(|(name, ..)| name.as_bytes() == &read[..2])?;
            (length, digits) = (country.1, country.2);
        }
    }
    (is_right(&read[..length]) && cursor.is_end_of_word()).then_some(cursor)
}

/// Whether the rest by 97 is 1 (ISO 7064, MOD 97-10), country and check digits read last and letters as 10 to 35.
fn is_right(read: &[u8]) -> bool {
    let (head, account) = read.split_at(4);
    let rest = account.iter().chain(head).fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
    });
    rest == 1
}
