//! What every back end of coordination promises, in this process and through Redis alike; and what
//! the one through Redis promises besides, whatever happens to Redis.

mod buckets;
mod entries;
mod events;
mod forgotten;
mod generations;
mod kinds;
mod locks;
mod nodes;
mod outages;
mod redis_server;
