//! Addresses of the organisation part.
