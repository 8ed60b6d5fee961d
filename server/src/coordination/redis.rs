//! Coordination through Redis.
