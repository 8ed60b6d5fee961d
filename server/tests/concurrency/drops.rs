//! Drops on several nodes: they start at the database's moment, whatever the machines' clocks say, with kept pages and
//! without; and what they sell is what was set aside.

mod start;
mod together;
