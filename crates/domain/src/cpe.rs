//! Names of products in the CPE 2.3 dictionary, as formatted strings (NISTIR 7695, section 6.2).

use crate::refusals;

/// The components of a formatted string, after `cpe:2.3`.
const COMPONENTS: usize = 11;

/// The component that holds the version; that of its update follows.
const VERSION: usize = 3;

/// The characters that are written behind a backslash, besides the backslash itself, `?` and `*`.
const PUNCTUATION: &str = "!\"#$%&'()+,/:;<=>@[]^`{|}~-.";

refusals! {
    /// What is wrong with the CPE name of a product.
    pub enum CpeProblem {
        /// It is no formatted string of CPE 2.3.
        NotCpe = "not_cpe",
        /// It names no vendor or no product, or several at once.
        TooWide = "too_wide",
        /// It names a version: that belongs to the version.
        Versioned = "versioned",
    }
}

/// The name of a product in the dictionary, whatever its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cpe {
    components: Vec<String>,
}

impl Cpe {
    /// Reads a formatted string; missing components at its end mean any.
    ///
    /// # Errors
    /// [`CpeProblem::NotCpe`] where it does not follow the specification's grammar.
    pub fn parse(text: &str) -> Result<Self, CpeProblem> {
        let lower = text.trim().to_ascii_lowercase();
        let rest = lower.strip_prefix("cpe:2.3:").ok_or(CpeProblem::NotCpe)?;
        let mut components = split(rest);
        // Part, vendor and product are written; what follows may be left out.
        if !(VERSION..=COMPONENTS).contains(&components.len()) {
            return Err(CpeProblem::NotCpe);
        }
        let part = matches!(components[0].as_str(), "a" | "o" | "h" | "*" | "-");
        if !part || !components[1..].iter().all(|one| is_value(one)) {
            return Err(CpeProblem::NotCpe);
        }
        components.resize(COMPONENTS, "*".to_owned());
        Ok(Self { components })
    }

    /// Reads the name of one product of any version.
    ///
    /// # Errors
    /// [`CpeProblem`] where it is no name, or one of several products or of one version.
    pub fn of_product(text: &str) -> Result<Self, CpeProblem> {
        let name = Self::parse(text)?;
        if name.components[..VERSION].iter().any(|one| is_wide(one)) {
            return Err(CpeProblem::TooWide);
        }
        if name.components[VERSION..VERSION + 2].iter().any(|one| one != "*") {
            return Err(CpeProblem::Versioned);
        }
        Ok(name)
    }

    /// Gives the same name for any version.
    #[must_use]
    pub fn without_version(mut self) -> Self {
        for one in &mut self.components[VERSION..VERSION + 2] {
            "*".clone_into(one);
        }
        self
    }
}

impl std::fmt::Display for Cpe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cpe:2.3:{}", self.components.join(":"))
    }
}

/// Splits at colons that no backslash precedes.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in text.chars() {
        if c == ':' && !escaped {
            parts.push(String::new());
            continue;
        }
        escaped = c == '\\' && !escaped;
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

/// Says whether a component is a logical value, or a string whose wildcards stand at its ends.
fn is_value(text: &str) -> bool {
    if matches!(text, "*" | "-") {
        return true;
    }
    let inside = unwild(text);
    let mut chars = inside.chars();
    let mut any = false;
    while let Some(c) = chars.next() {
        any = true;
        let good = match c {
            '\\' => chars
                .next()
                .is_some_and(|c| matches!(c, '\\' | '?' | '*') || PUNCTUATION.contains(c)),
            '-' | '.' | '_' => true,
            c => c.is_ascii_alphanumeric(),
        };
        if !good {
            return false;
        }
    }
    any
}

/// Takes one `*` or any `?` from the beginning and the end; a quoted one stays.
fn unwild(text: &str) -> &str {
    let start = text.strip_prefix('*').unwrap_or_else(|| text.trim_start_matches('?'));
    let quoted = |text: &str| text.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
    let end = start.strip_suffix('*').unwrap_or_else(|| start.trim_end_matches('?'));
    if quoted(end) {
        // The first wildcard of the end is quoted: only those behind it are wild.
        let kept = end.len() + 1;
        return if start.len() == kept {
            start
        } else {
            &start[..kept.min(start.len())]
        };
    }
    end
}

fn is_wide(text: &str) -> bool {
    matches!(text, "*" | "-") || unwild(text) != text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatted_strings_follow_the_specification() {
        let good = [
            "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*",
            "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*",
            "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*",
            "cpe:2.3:a:foo\\\\bar:big\\$money_2010:*:*:*:*:special:ipod_touch:80gb:*",
            "cpe:2.3:o:linux:linux_kernel",
            "CPE:2.3:A:Berger-Levrault:e-enfance:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:x:y\\:z:*:*:*:*:*:*:*:*",
        ];
        for text in good {
            assert!(Cpe::parse(text).is_ok(), "{text}");
        }
        let bad = [
            "",
            "cpe:/a:microsoft:internet_explorer",
            "cpe:2.3:a",
            "cpe:2.3:a:vendor",
            "cpe:2.3:x:vendor:product",
            "cpe:2.3:a:vendor::*:*:*:*:*:*:*:*",
            "cpe:2.3:a:ven dor:product:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:vendor:pro*duct:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:vendor:big$money:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:vendor:é:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:vendor:product\\",
            "cpe:2.3:a:vendor:product:*:*:*:*:*:*:*:*:*",
        ];
        for text in bad {
            assert_eq!(Cpe::parse(text), Err(CpeProblem::NotCpe), "{text}");
        }
    }

    #[test]
    fn a_product_is_one_and_of_any_version() {
        let rows = [
            (
                "cpe:2.3:a:arpege:concerto",
                Ok("cpe:2.3:a:arpege:concerto:*:*:*:*:*:*:*:*"),
            ),
            (
                "cpe:2.3:A:Arpege:Concerto:*:*:*:fr:*:*:*:*",
                Ok("cpe:2.3:a:arpege:concerto:*:*:*:fr:*:*:*:*"),
            ),
            ("cpe:2.3:a:*:concerto", Err(CpeProblem::TooWide)),
            ("cpe:2.3:*:arpege:concerto", Err(CpeProblem::TooWide)),
            ("cpe:2.3:a:arpege:conc*", Err(CpeProblem::TooWide)),
            ("cpe:2.3:a:arpege:concerto:6.5", Err(CpeProblem::Versioned)),
            ("cpe:2.3:a:arpege:concerto:*:sp1", Err(CpeProblem::Versioned)),
            ("concerto", Err(CpeProblem::NotCpe)),
        ];
        for (text, expected) in rows {
            let found = Cpe::of_product(text).map(|name| name.to_string());
            assert_eq!(found, expected.map(str::to_owned), "{text}");
        }
        let versioned = Cpe::parse("cpe:2.3:a:arpege:concerto:6.5:sp1").unwrap();
        assert_eq!(
            versioned.without_version().to_string(),
            "cpe:2.3:a:arpege:concerto:*:*:*:*:*:*:*:*"
        );
    }
}
