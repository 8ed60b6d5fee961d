//! Who is let into a drop with a waiting room: tickets, places, and the number up to which places are let in.
//! All of it but [`uses`] is a function of what it is given; what is kept and when it is moved is told in
//! `drops::room`.

#[cfg(test)]
mod crowd;
pub mod estimate;
pub mod flow;
pub mod gate;
pub mod keys;
pub mod place;
pub mod ticket;
pub mod uses;
