//! Stories of the part `register`.
