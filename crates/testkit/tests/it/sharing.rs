//! Stories of the part `sharing`.
