//! Addresses of the public part.
