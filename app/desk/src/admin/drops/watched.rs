//! A drop while it goes on, of all nodes.

use std::collections::BTreeMap;

use app::drops::refusals::DropRefusal;

/// A server that has said nothing for so long has stopped, in milliseconds: while a drop is near each says something every
/// five seconds.
const SILENT: i64 = 15_000;

/// As it was at one moment, a second ago at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    pub id: String,
    pub title: String,
    /// In milliseconds since 1970.
    pub at: i64,
    /// Who has a place in its waiting room and is not let in, and who was let in; `None` if it has no room.
    pub room: Option<WatchedRoom>,
    /// Orders that nobody has paid for yet.
    pub unpaid: i64,
    pub lines: Vec<WatchedLine>,
    /// Those that began first come first.
    pub nodes: Vec<WatchedNode>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchedRoom {
    pub waiting: i64,
    pub let_in: i64,
}

/// A variant in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedLine {
    pub name: String,
    pub units: i64,
    /// Set aside and not sold.
    pub left: i64,
    /// Kept for those on the waiting list who are offered them; how many others wait.
    pub kept: i64,
    pub waiting: i64,
    /// Of those that are sold, in orders that nobody has paid for.
    pub held: i64,
}

impl WatchedLine {
    pub const fn sold(&self) -> i64 {
        self.units - self.left - self.kept
    }
}

/// What one run of a node has counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedNode {
    pub began_at: i64,
    /// When it last said anything.
    pub told_at: i64,
    /// Places in the waiting room that it gave out.
    pub arrivals: i64,
    pub orders: i64,
    pub units: i64,
    pub refusals: BTreeMap<DropRefusal, i64>,
    /// Orders of whatever goods that it refused for want of time.
    pub busy: i64,
    /// Orders that wait.
    pub queue: i64,
    /// Mean wait for a lock of late, in microseconds.
    pub lock_us: i64,
}

impl WatchedNode {
    pub fn refused(&self) -> i64 {
        self.refusals.values().sum()
    }
}

impl Watched {
    fn of_lines(&self, of: fn(&WatchedLine) -> i64) -> i64 {
        self.lines.iter().map(of).sum()
    }

    pub fn of_nodes(&self, of: fn(&WatchedNode) -> i64) -> i64 {
        self.nodes.iter().map(of).sum()
    }

    /// What a server that has stopped was at is over.
    fn at_work(&self) -> impl Iterator<Item = &WatchedNode> {
        let nodes = self.nodes.iter();
        nodes.filter(|node| self.at - node.told_at < SILENT)
    }

    /// Orders that wait at all nodes.
    pub fn queue(&self) -> i64 {
        self.at_work().map(|node| node.queue).sum()
    }

    /// The longest of the nodes' mean waits for a lock, in microseconds.
    pub fn lock_us(&self) -> i64 {
        let waits = self.at_work().map(|node| node.lock_us);
        waits.max().unwrap_or_default()
    }

    pub fn units(&self) -> i64 {
        self.of_lines(|line| line.units)
    }

    pub fn left(&self) -> i64 {
        self.of_lines(|line| line.left)
    }

    pub fn sold(&self) -> i64 {
        self.of_lines(WatchedLine::sold)
    }

    /// Units that are kept for the waiting list.
    pub fn kept(&self) -> i64 {
        self.of_lines(|line| line.kept)
    }

    /// Who is on the waiting list and is offered nothing yet.
    pub fn listed(&self) -> i64 {
        self.of_lines(|line| line.waiting)
    }

    /// Units in orders that nobody has paid for yet.
    pub fn held(&self) -> i64 {
        self.of_lines(|line| line.held)
    }

    /// Of all nodes, the most frequent first.
    pub fn refusals(&self) -> Vec<(DropRefusal, i64)> {
        let mut all: BTreeMap<DropRefusal, i64> = BTreeMap::new();
        for (reason, count) in self.nodes.iter().flat_map(|node| &node.refusals) {
            *all.entry(*reason).or_default() += count;
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|(_, count)| -count);
        all
    }
}

/// Of so many units, how many percent are sold.
pub const fn percent_sold(units: i64, sold: i64) -> i64 {
    match units {
        0 => 0,
        units => sold * 100 / units,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(refusals: &[(DropRefusal, i64)]) -> WatchedNode {
        WatchedNode {
            began_at: 0,
            told_at: 0,
            arrivals: 1,
            orders: 2,
            units: 3,
            refusals: refusals.iter().copied().collect(),
            busy: 0,
            queue: 0,
            lock_us: 0,
        }
    }

    #[test]
    fn figures_of_nodes_are_added_up() {
        let watched = Watched {
            id: String::new(),
            title: String::new(),
            at: 0,
            room: None,
            unpaid: 0,
            lines: vec![WatchedLine {
                name: String::new(),
                units: 8,
                left: 1,
                kept: 1,
                waiting: 4,
                held: 1,
            }],
            nodes: vec![
                node(&[(DropRefusal::SoldOut, 2), (DropRefusal::NotYet, 1)]),
                node(&[(DropRefusal::NotYet, 3)]),
            ],
        };
        let expected = [(DropRefusal::NotYet, 4), (DropRefusal::SoldOut, 2)];
        assert_eq!(watched.refusals(), expected);
        assert_eq!(watched.of_nodes(|node| node.units), 6);
        assert_eq!(watched.of_nodes(WatchedNode::refused), 6);
        assert_eq!((watched.units(), watched.left(), watched.held()), (8, 1, 1));
        assert_eq!(
            (watched.sold(), watched.kept(), watched.listed()),
            (6, 1, 4)
        );
        assert_eq!((percent_sold(8, 6), percent_sold(0, 0)), (75, 0));
    }

    #[test]
    fn a_server_that_has_stopped_has_neither_a_queue_nor_a_wait() {
        let of = |told_at: i64, queue: i64, lock_us: i64| WatchedNode {
            told_at,
            queue,
            lock_us,
            ..node(&[])
        };
        let mut watched = Watched {
            id: String::new(),
            title: String::new(),
            at: 100_000,
            room: None,
            unpaid: 0,
            lines: Vec::new(),
            nodes: vec![
                of(99_000, 3, 400),
                of(95_000, 4, 900),
                of(85_000, 300, 5_000),
            ],
        };
        assert_eq!((watched.queue(), watched.lock_us()), (7, 900));
        let counted = watched.of_nodes(|node| node.orders);
        assert_eq!(counted, 6, "what it has counted stays");
        watched.at = 200_000;
        assert_eq!((watched.queue(), watched.lock_us()), (0, 0));
    }
}
