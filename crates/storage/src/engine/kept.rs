//! What a transaction that reads one snapshot has read already.
//!
//! A page asks for the same facts under several rights: whom a report belongs to is read for each thing beneath it. Within one
//! snapshot the same statement with the same values gives the same rows, so they are kept until the transaction ends.

use super::{Row, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// The most statements that are kept.
const STATEMENTS: usize = 256;
/// The most rows of one statement that are kept.
const ROWS: usize = 64;
/// The most values of one that is kept: what names hundreds is asked once.
const VALUES: usize = 64;

/// A statement and its values.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Asked {
    /// Its text, which most statements share with the program.
    sql: Cow<'static, str>,
    values: Vec<Value>,
}

impl Asked {
    /// Gives what is asked, where it is small enough to be kept.
    pub(super) fn of(sql: Cow<'static, str>, values: &[Value]) -> Option<Self> {
        let small = values.len() <= VALUES;
        small.then(|| Self {
            sql,
            values: values.to_vec(),
        })
    }
}

/// The rows that one snapshot gave so far.
#[derive(Default)]
pub(crate) struct Kept(HashMap<Asked, Vec<Row>>);

impl Kept {
    /// Gives the rows of a statement that ran before.
    pub(super) fn rows(&self, asked: &Asked) -> Option<Vec<Row>> {
        self.0.get(asked).cloned()
    }

    /// Keeps the rows of a statement, where there is room for them.
    pub(super) fn keep(&mut self, asked: Asked, rows: &[Row]) {
        if rows.len() <= ROWS && self.0.len() < STATEMENTS {
            self.0.insert(asked, rows.to_vec());
        }
    }
}
