//! Stories of the part `authorisation`.
