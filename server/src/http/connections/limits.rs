//! How many connections a node takes, and how long it waits for what they say.

use std::time::Duration;

use crate::http::state::Network;

/// Files that a node has open besides connections: database, Redis, object storage, its log.
const OTHER_FILES: u64 = 256;
/// A connection that is being sent a file holds that, too.
const FILES_PER_CONNECTION: u64 = 2;
/// More are not taken, however many files there may be: a silent one costs some 10 KB of memory.
const MOST: u64 = 16_384;
const FEWEST: u64 = 16;
/// One network has this part of the places at most.
const PART_OF_ONE: u64 = 4;
/// What a system allows unless told otherwise.
const USUAL_FILES: u64 = 1024;

/// What a client may take of a node, and how long it may say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Connections open at once.
    pub node: usize,
    /// Of these, from one network: an IPv4 address or the /64 of an IPv6 address.
    pub network: usize,
    /// For a request's head to come in whole, from the beginning of the connection or the end of
    /// the answer before.
    pub head: Duration,
    /// For a client to take something of an answer that waits to be sent.
    pub stall: Duration,
}

impl ConnectionLimits {
    /// As many as this process can have files for, after it has asked for as many as it may have.
    pub fn of_this_process(network: Network) -> Self {
        let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
            tracing::warn!(%error, "the limit of open files cannot be read or raised");
            USUAL_FILES
        });
        let limits = Self::within(files, network);
        tracing::info!(
            files,
            connections = limits.node,
            of_one_network = limits.network,
            "limits of connections"
        );
        limits
    }

    /// So few that a process with so many `files` never runs out of them.
    pub fn within(files: u64, network: Network) -> Self {
        let node = files.saturating_sub(OTHER_FILES) / FILES_PER_CONNECTION;
        let node = node.clamp(FEWEST, MOST);
        let share = match network {
            Network::Direct => node / PART_OF_ONE,
            // All connections are the proxy's.
            Network::BehindProxy => node,
        };
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Self {
            node: count(node),
            network: count(share),
            head: Duration::from_secs(10),
            // The system takes answers in advance and asks for more when a third of that is gone,
            // for which a slow line may need half a minute.
            stall: Duration::from_secs(60),
        }
    }
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self::within(u64::MAX, Network::Direct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_never_need_more_files_than_there_are() {
        for files in [600, 1024, 4096, 20_000, 1_048_576] {
            let limits = ConnectionLimits::within(files, Network::Direct);
            let needed = OTHER_FILES + FILES_PER_CONNECTION * limits.node as u64;
            assert!(needed <= files, "{files}: {limits:?}");
            assert!(limits.network * 4 <= limits.node, "{files}: {limits:?}");
        }
        assert!(ConnectionLimits::within(10, Network::Direct).network > 0);
    }

    #[test]
    fn a_proxy_may_have_all_of_them() {
        let limits = ConnectionLimits::within(1024, Network::BehindProxy);
        assert_eq!(limits.network, limits.node);
    }
}
