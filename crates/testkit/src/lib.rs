//! What the tests share: a story told in the domain's language, both engines, a whole server in process.
