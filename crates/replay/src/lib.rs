//! Sends recorded requests again and says how the answers differ.
