//! Addresses of the campaign part.
