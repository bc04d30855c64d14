//! Addresses of the report part.
