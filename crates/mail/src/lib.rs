//! Mail sent by SMTP.
