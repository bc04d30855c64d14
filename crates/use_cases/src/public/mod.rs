//! What anybody comes to do: the home page, the public log, checking a receipt.

mod home;
mod log;
mod receipt;

pub use home::{Home, ViewHome};
pub use log::{PublicLog, ViewLog};
pub use receipt::{CheckReceipt, CheckedReceipt, ReceiptVerdict};
