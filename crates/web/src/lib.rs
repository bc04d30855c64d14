//! The pages and forms that people see.
