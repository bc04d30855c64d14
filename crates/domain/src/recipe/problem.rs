//! What can be wrong with a recipe, with its place and what stands there in a good one.

use crate::refusals;

refusals! {
    /// The kind of a problem of a recipe.
    pub enum RecipeProblemKind {
        /// The text is no TOML.
        Syntax = "syntax",
        /// No field has this name.
        Unknown = "unknown",
        /// A field is needed here.
        Missing = "missing",
        /// The value is of another type.
        WrongType = "wrong_type",
        /// The value does not follow the field's grammar.
        Malformed = "malformed",
        /// An image is named by a tag, which may change what it names.
        Tag = "tag",
        /// The value is below the least.
        TooSmall = "too_small",
        /// The value is above what the operator allows.
        TooLarge = "too_large",
        /// A name or a place is taken twice.
        Duplicate = "duplicate",
        /// No service has this name.
        NoSuchService = "no_such_service",
        /// No archive with this digest was sent for the campaign.
        NoSuchSeed = "no_such_seed",
        /// Services wait for each other.
        Cycle = "cycle",
        /// The root user is not allowed.
        Root = "root",
        /// The place belongs to the system.
        Reserved = "reserved",
    }
}

/// A problem of a recipe: where, what kind, and what is expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {field}: {kind}; expected: {expected}")]
pub struct RecipeProblem {
    /// The line of the text, from 1 on.
    pub line: usize,
    /// The field with its sections, for example `services.web.image`; empty for the whole text.
    pub field: String,
    /// The kind of the problem.
    pub kind: RecipeProblemKind,
    /// What stands there in a good recipe, as one writes it: a grammar, a bound, the possible names.
    pub expected: String,
}
