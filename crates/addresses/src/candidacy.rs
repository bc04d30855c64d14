//! Addresses of the candidacy part.
