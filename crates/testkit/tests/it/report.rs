//! Stories of the part `report`.
