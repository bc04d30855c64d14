//! Proofs: what was loaded for an action, and what was permitted.

use crate::action::Action;
use crate::actor::Acting;
use std::marker::PhantomData;

/// A thing as storage's row mapping read it, with the revision it had.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    value: T,
    revision: i64,
}

impl<T> Loaded<T> {
    /// Wraps what a row says. Only the storage crate's row mapping calls this; a test of the
    /// house's arrows fails on any other caller.
    #[must_use]
    pub fn from_row(value: T, revision: i64) -> Self {
        Self { value, revision }
    }

    /// Shows the value, for deciding; acting on it takes a [`Permitted`].
    #[must_use]
    pub fn peek(&self) -> &T {
        &self.value
    }

    pub(crate) fn into_parts(self) -> (T, i64) {
        (self.value, self.revision)
    }
}

/// The proof that policies permit action `A` on a thing, as it was loaded, under a quality.
#[derive(Clone, Debug)]
pub struct Permitted<A, T> {
    value: T,
    revision: i64,
    acting: Acting,
    action: PhantomData<A>,
}

impl<A: Action, T> Permitted<A, T> {
    pub(crate) fn new(value: T, revision: i64, acting: Acting) -> Self {
        Self {
            value,
            revision,
            acting,
            action: PhantomData,
        }
    }

    /// Gives the revision the thing had when it was loaded; saving demands it.
    #[must_use]
    pub fn revision(&self) -> i64 {
        self.revision
    }

    /// Gives the quality under which the action was permitted.
    #[must_use]
    pub fn acting(&self) -> &Acting {
        &self.acting
    }

    /// Gives the thing, ending the proof.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Gives the name of the action that was permitted.
    #[must_use]
    pub fn action_name(&self) -> &'static str {
        A::NAME
    }
}

impl<A, T> std::ops::Deref for Permitted<A, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// No policy permits it. To the person who asked it looks like "not found".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no policy permits {action} on this {resource}")]
pub struct Refused {
    /// The action asked for.
    pub action: &'static str,
    /// The type of the thing.
    pub resource: &'static str,
}
