//! Stories of the part `candidacy`.
