//! Slugs: the readable part of stable addresses.

/// The most characters of a slug.
pub const SLUG_MAX: usize = 80;

/// Says whether a text is a slug: small ASCII letters and digits, with single hyphens between.
#[must_use]
pub fn slug_is_valid(text: &str) -> bool {
    (1..=SLUG_MAX).contains(&text.len())
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Makes a slug of a name; empty where the name has no letter or digit of the alphabet.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in crate::organisation::name_sort(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == SLUG_MAX {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_small_and_plain() {
        assert!(slug_is_valid("bug-bounty-2026"));
        for bad in ["", "-a", "a-", "a--b", "A", "é", "a b", "a/b", &"a".repeat(81)] {
            assert!(!slug_is_valid(bad), "{bad}");
        }
        assert_eq!(slug_of("Bug Bounty pédagogique — MGP"), "bug-bounty-pedagogique-mgp");
    }

    proptest! {
        #[test]
        fn a_made_slug_is_valid_or_empty(name in ".{0,200}") {
            let slug = slug_of(&name);
            prop_assert!(slug.is_empty() || slug_is_valid(&slug));
        }
    }
}
