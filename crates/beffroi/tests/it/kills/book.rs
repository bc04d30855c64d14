//! What was acknowledged, as those who sent it keep it.

use std::collections::BTreeMap;

/// A candidacy that was deposited.
#[derive(Clone, Debug)]
pub struct Deposited {
    /// Its page.
    pub page: String,
    /// Its order number.
    pub number: i64,
    /// Its receipt.
    pub receipt: String,
}

/// A report that was handed in.
#[derive(Clone, Debug)]
pub struct Filed {
    /// Who filed it.
    pub email: String,
    /// Its page.
    pub page: String,
    /// Its title.
    pub title: String,
    /// Its number in the campaign.
    pub number: i64,
    /// The address of its file, and its bytes.
    pub file: (String, Vec<u8>),
}

/// Everything that is known to be kept, and how it went.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The candidacies by commune.
    pub deposits: BTreeMap<String, Deposited>,
    /// The reports.
    pub reports: Vec<Filed>,
    /// Deposits and reports to which no answer came, and that turned out to be kept.
    pub kept_unanswered: usize,
    /// Deposits and reports to which no answer came, and that were not kept.
    pub lost_unanswered: usize,
    /// Requests that were cut.
    pub cut: usize,
    /// Requests that were told to come again.
    pub busy: usize,
    /// Communes that withdrew.
    pub withdrawn: Vec<String>,
    /// The public list as it was last read.
    pub list: Vec<(i64, String)>,
    /// What went wrong.
    pub wrong: Vec<String>,
}
