//! Numbers as people write them.

use crate::Lang;

/// Writes a whole number with its thousands apart: « 34 969 ».
#[must_use]
pub fn integer(lang: Lang, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let separator = if lang == Lang::Fr { '\u{202f}' } else { ',' };
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// Writes tenths as a decimal: 93 is « 9,3 ».
#[must_use]
pub fn decimal_tenths(lang: Lang, tenths: i64) -> String {
    let comma = if lang == Lang::Fr { ',' } else { '.' };
    format!("{}{comma}{}", tenths / 10, tenths % 10)
}

/// Writes an amount of cents: « 10 000 € », « 99,50 € ».
#[must_use]
pub fn euros(lang: Lang, cents: i64) -> String {
    let comma = if lang == Lang::Fr { ',' } else { '.' };
    let (whole, rest) = (integer(lang, cents / 100), cents.unsigned_abs() % 100);
    let amount = if rest == 0 {
        whole
    } else {
        format!("{whole}{comma}{rest:02}")
    };
    match lang {
        Lang::Fr => format!("{amount}\u{a0}€"),
        Lang::En => format!("€{amount}"),
    }
}

/// Writes a size: « 1,4 Mo ».
#[must_use]
pub fn bytes(lang: Lang, size: i64) -> String {
    let (units, space) = match lang {
        Lang::Fr => (["octets", "ko", "Mo", "Go"], '\u{a0}'),
        Lang::En => (["bytes", "kB", "MB", "GB"], ' '),
    };
    if size < 1000 {
        return format!("{size}{space}{}", units[0]);
    }
    let (mut tenths, mut unit) = (size / 100, 1);
    while tenths >= 10_000 && unit < 3 {
        tenths /= 1000;
        unit += 1;
    }
    format!("{}{space}{}", decimal_tenths(lang, tenths), units[unit])
}

/// Keeps the figures of a text together, so that no telephone number breaks at the end of a line.
#[must_use]
pub fn unbroken(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: Option<&char>| at.is_some_and(char::is_ascii_digit);
    let keep = |(at, letter): (usize, &char)| {
        let within = *letter == ' ' && at > 0 && digit(letters.get(at - 1)) && digit(letters.get(at + 1));
        if within { '\u{a0}' } else { *letter }
    };
    letters.iter().enumerate().map(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_does_not_break() {
        assert_eq!(
            unbroken("Astreinte : 01 23 45, puis le 06 1"),
            "Astreinte : 01\u{a0}23\u{a0}45, puis le 06\u{a0}1"
        );
        assert_eq!(unbroken(" 1"), " 1");
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(integer(Lang::Fr, 34969), "34\u{202f}969");
        assert_eq!(integer(Lang::En, -1_234_567), "-1,234,567");
        assert_eq!(decimal_tenths(Lang::Fr, 93), "9,3");
        assert_eq!(euros(Lang::Fr, 1_000_000), "10\u{202f}000\u{a0}€");
        assert_eq!(euros(Lang::En, 9_950), "€99.50");
        assert_eq!(bytes(Lang::Fr, 1_400_000), "1,4\u{a0}Mo");
        assert_eq!(bytes(Lang::En, 999), "999 bytes");
    }
}
