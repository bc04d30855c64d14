//! The store of sealed files, and what type a file really is.
