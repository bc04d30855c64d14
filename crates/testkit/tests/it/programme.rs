//! Stories of the part `programme`.
