//! Addresses of the register part.
