//! What goes wrong before or around the use cases, with what to do about it.

/// A problem, in plain French, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    what: String,
    remedy: String,
}

impl Trouble {
    /// Says what is wrong and what to do.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.what)?;
        if !self.remedy.is_empty() {
            write!(f, "\n    → {}", self.remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Trouble {}

impl From<use_cases::Error> for Trouble {
    fn from(error: use_cases::Error) -> Self {
        Self::new(
            format!("l’opération a échoué : {error}"),
            "lancez « beffroi check », qui explique ce qui manque",
        )
    }
}
