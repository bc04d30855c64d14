//! Every stable path of Beffroi as a typed value.
