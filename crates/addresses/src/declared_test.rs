//! Addresses of the tests that organisations declare.

use uuid::Uuid;

/// What an organisation declared; importing a file.
pub const LIST: &str = "/organisations/{organisation}/tests";
/// Declaring a test.
pub const DECLARE: &str = "/organisations/{organisation}/tests/declarer";
/// An empty file to fill in.
pub const TEMPLATE: &str = "/organisations/{organisation}/tests/modele";
/// A declared test; correcting it.
pub const SHOW: &str = "/tests/{test}";
/// Withdrawing a declared test.
pub const WITHDRAW: &str = "/tests/{test}/retrait";
/// A declared test's report.
pub const REPORT: &str = "/tests/{test}/rapport";

/// Gives the address of what an organisation declared.
#[must_use]
pub fn list(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/tests")
}

/// Gives the address where an organisation declares a test.
#[must_use]
pub fn declare(organisation: Uuid) -> String {
    format!("/organisations/{organisation}/tests/declarer")
}

/// Gives the address of a declared test.
#[must_use]
pub fn show(test: Uuid) -> String {
    format!("/tests/{test}")
}
