//! The French and English texts, dates, numbers and names of Beffroi.
