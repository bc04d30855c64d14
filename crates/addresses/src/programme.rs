//! Addresses of the programme part.
