//! Stories of the part `organisation`.
