//! Stories of the part `campaign`.
