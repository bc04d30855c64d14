//! Ways to reach somebody: what looks like an e-mail address or a telephone number.

/// Says whether a text looks like an e-mail address; only a message can tell more.
#[must_use]
pub fn email_is_plausible(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';');
    match text.rsplit_once('@') {
        Some((local, host)) => {
            text.len() <= 254
                && !local.is_empty()
                && !text.contains(bad)
                && !local.contains('@')
                && host.contains('.')
                && host.split('.').all(|part| !part.is_empty())
        }
        None => false,
    }
}

/// Says whether a text looks like a telephone number: 6 to 15 digits, with usual separators.
#[must_use]
pub fn phone_is_plausible(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let usual = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}');
    (6..=15).contains(&digits) && rest.chars().all(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_two_sides_and_a_domain() {
        for good in ["dsi@ville.example", "a.b+c@d-e.fr", "élu@ville.fr"] {
            assert!(email_is_plausible(good), "{good}");
        }
        for bad in [
            "", "a", "@b.fr", "a@b", "a@.fr", "a@b.", "a@b@c.fr", "a b@c.fr", "<a@b.fr>",
        ] {
            assert!(!email_is_plausible(bad), "{bad}");
        }
        let long = format!("{}@b.fr", "a".repeat(250));
        assert!(!email_is_plausible(&long));
    }

    #[test]
    fn numbers_have_six_to_fifteen_digits() {
        for good in ["01 23 45 67 89", "+33 (0)1.23.45.67.89", "116006"] {
            assert!(phone_is_plausible(good), "{good}");
        }
        for bad in ["", "+", "12345", "1234567890123456", "01 23 45 67 8x", "++33123456"] {
            assert!(!phone_is_plausible(bad), "{bad}");
        }
    }
}
