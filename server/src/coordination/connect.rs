//! Which back end coordinates.
