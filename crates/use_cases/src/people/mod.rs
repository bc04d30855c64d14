//! People: how they come in, and what they keep of themselves.
