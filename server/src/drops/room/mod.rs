//! The waiting room of a drop: tickets are counted as they are given out, one node moves the number of places that
//! are let in, and each node reads how far that is once a second for all who wait on it. What follows from these numbers
//! is in [`admission`](crate::admission).

mod boards;
mod counter;
mod early;
mod follower;
pub mod mover;
mod service;
mod settings;
mod shared_read;
pub mod state;
pub mod store;

use app::drops::room::RoomBinding;

use crate::db::stored_words;

pub use service::{RoomService, code_at};
pub use settings::{admin_room, open_to_all};

stored_words!(RoomBinding);
