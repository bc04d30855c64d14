//! Stories of the part `call`.
