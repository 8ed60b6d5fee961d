//! How many connections a node takes, and how long it waits for what they say.

use std::time::Duration;

use crate::http::state::Network;

/// Files that a node has open besides connections: database, Redis, object storage, its log.
const OTHER_FILES: u64 = 256;
/// A connection that is being sent a file holds that, too.
pub const FILES_PER_CONNECTION: usize = 2;
/// More are not taken, however many files there may be: a silent one costs some 10 KB of memory.
const MOST: usize = 16_384;
const FEWEST: usize = 16;
/// One network has this part of the places at most.
const PART_OF_ONE: usize = 4;
/// What a system allows unless told otherwise.
const USUAL_FILES: u64 = 1024;

/// What a client may take of a node, and how long it may say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Connections open at once.
    pub node: usize,
    /// Files that they hold at once: two each, and one where no file is ever sent.
    pub files: usize,
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
            connections = limits.with_files(),
            streams = limits.without_files(),
            of_one_network = limits.network,
            "limits of connections"
        );
        limits
    }

    /// So few that a process with so many `files` never runs out of them.
    pub fn within(files: u64, network: Network) -> Self {
        let files = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
        let limits = Self {
            node: files.clamp(FEWEST, MOST),
            files: files.clamp(FEWEST * FILES_PER_CONNECTION, MOST * FILES_PER_CONNECTION),
            // All connections are the proxy's.
            network: MOST,
            head: Duration::from_secs(10),
            // The system takes answers in advance and asks for more when a third of that is gone,
            // for which a slow line may need half a minute.
            stall: Duration::from_secs(60),
        };
        match network {
            Network::BehindProxy => limits,
            Network::Direct => Self {
                network: limits.with_files() / PART_OF_ONE,
                ..limits
            },
        }
    }

    /// Connections open at once if each may be sent a file.
    pub fn with_files(&self) -> usize {
        self.node.min(self.files / FILES_PER_CONNECTION)
    }

    /// The same if none is.
    pub fn without_files(&self) -> usize {
        self.node.min(self.files)
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
            let needed = OTHER_FILES + limits.files as u64;
            assert!(needed <= files, "{files}: {limits:?}");
            assert!(
                limits.network * 4 <= limits.with_files(),
                "{files}: {limits:?}"
            );
            assert!(
                limits.without_files() <= limits.files,
                "{files}: {limits:?}"
            );
        }
        assert!(ConnectionLimits::within(10, Network::Direct).network > 0);
    }

    #[test]
    fn a_proxy_may_have_all_of_them() {
        let limits = ConnectionLimits::within(1024, Network::BehindProxy);
        assert!(limits.network >= limits.without_files());
    }

    #[test]
    fn where_no_file_is_sent_there_are_twice_as_many_up_to_the_most() {
        let limits = ConnectionLimits::within(1024, Network::BehindProxy);
        assert_eq!((limits.with_files(), limits.without_files()), (384, 768));
        let limits = ConnectionLimits::within(20_000, Network::BehindProxy);
        assert_eq!((limits.with_files(), limits.without_files()), (9_872, MOST));
        let limits = ConnectionLimits::within(u64::MAX, Network::BehindProxy);
        assert_eq!((limits.with_files(), limits.without_files()), (MOST, MOST));
    }
}
