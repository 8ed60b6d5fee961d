//! What the figures of a rehearsal mean for the drop. Pure.

#[cfg(test)]
mod tests;

use super::figures::Figures;

/// From this part of the time on in which all connections of a pool were in use, requests wait for them.
const FULL_PERCENT: u32 = 50;
/// A pool that was looked at less often says nothing.
const FEWEST_LOOKS: u32 = 20;

/// What the owner expects of the drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// How long 99 of 100 buyers wait at most for the answer to their order.
    pub p99_ms: u64,
    /// E-mails that the mail server takes in a minute, if that is known.
    pub mails_per_minute: Option<u64>,
    /// People that the waiting room lets in per minute, if there is one that was left out.
    pub per_minute: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The drop would go wrong.
    Fault,
    Note,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    Oversold {
        sold: i64,
        units: i64,
    },
    /// Rules of the books that are broken.
    Broken {
        rules: Vec<String>,
    },
    /// Buyers were told of another number of orders than there are.
    Untrue {
        told: i64,
        sold: i64,
    },
    Unsold {
        left: i64,
    },
    /// Some wait in the room, which has let in as many places as there were units.
    LeftInRoom {
        left: i64,
        waiting: usize,
    },
    Failed {
        failed: usize,
        buyers: usize,
        how: String,
    },
    GaveUp {
        gave_up: usize,
        buyers: usize,
    },
    Slow {
        p99_ms: u64,
        most_ms: u64,
    },
    PoolFull {
        name: &'static str,
        max: u32,
        percent: u32,
    },
    MailsMissing {
        written: usize,
        orders: usize,
    },
    Mails {
        written: usize,
        seconds: u64,
        per_minute: u64,
    },
    MailsUntried {
        written: usize,
    },
    FewConnections {
        connections: usize,
        buyers: usize,
    },
    FewBuyers {
        buyers: usize,
        units: i64,
    },
    Room {
        per_minute: i64,
        seconds: i64,
    },
}

/// What is wrong first.
pub fn findings(figures: &Figures, expected: &Expected) -> Vec<Finding> {
    let mut found = Vec::new();
    let (buyers, sold) = (figures.buyers, figures.sold);
    if sold > figures.units {
        let units = figures.units;
        found.push(Finding::Oversold { sold, units });
    }
    if !figures.broken.is_empty() {
        let rules = figures.broken.clone();
        found.push(Finding::Broken { rules });
    }
    // Each buys one unit.
    let told = i64::try_from(figures.placed).unwrap_or(i64::MAX);
    if told > sold {
        found.push(Finding::Untrue { told, sold });
    }
    if sold < figures.wanted {
        let left = figures.wanted - sold;
        let waiting = figures.room.map_or(0, |room| room.waiting);
        found.push(match waiting {
            0 => Finding::Unsold { left },
            _ => Finding::LeftInRoom { left, waiting },
        });
    }
    if figures.failures() > 0 {
        let how = figures.failed.iter();
        let how: Vec<String> = how.map(|(how, n)| format!("{n} × {how}")).collect();
        found.push(Finding::Failed {
            failed: figures.failures(),
            buyers,
            how: how.join(", "),
        });
    }
    if figures.gave_up > 0 {
        let gave_up = figures.gave_up;
        found.push(Finding::GaveUp { gave_up, buyers });
    }
    if figures.order.p99_ms > expected.p99_ms {
        found.push(Finding::Slow {
            p99_ms: figures.order.p99_ms,
            most_ms: expected.p99_ms,
        });
    }
    // A pool of one is a queue: SQLite has one writer.
    let pools = figures.pools.iter().filter(|pool| pool.max > 1);
    found.extend(
        pools
            .filter(|pool| pool.looks >= FEWEST_LOOKS && pool.full_percent() >= FULL_PERCENT)
            .map(|pool| Finding::PoolFull {
                name: pool.name,
                max: pool.max,
                percent: pool.full_percent(),
            }),
    );
    found.extend(about_mails(figures, expected));
    if figures.connections < buyers {
        let connections = figures.connections;
        found.push(Finding::FewConnections {
            connections,
            buyers,
        });
    }
    if i64::try_from(buyers).is_ok_and(|buyers| buyers < figures.units) {
        let units = figures.units;
        found.push(Finding::FewBuyers { buyers, units });
    }
    if let Some(per_minute) = expected.per_minute.filter(|rate| *rate > 0) {
        let seconds = (figures.wanted * 60).div_euclid(per_minute);
        found.push(Finding::Room {
            per_minute,
            seconds,
        });
    }
    found
}

fn about_mails(figures: &Figures, expected: &Expected) -> Option<Finding> {
    let (written, orders) = (figures.mails.written, figures.placed);
    if written < orders {
        return Some(Finding::MailsMissing { written, orders });
    }
    if written == 0 {
        return None;
    }
    Some(match expected.mails_per_minute.filter(|rate| *rate > 0) {
        Some(per_minute) => {
            let sent = (written as u64 * 60).div_ceil(per_minute);
            Finding::Mails {
                written,
                seconds: sent.max(figures.mails.written_in_ms.div_ceil(1000)),
                per_minute,
            }
        }
        None => Finding::MailsUntried { written },
    })
}

impl Finding {
    pub fn weight(&self) -> Weight {
        match self {
            Self::Oversold { .. }
            | Self::Broken { .. }
            | Self::Untrue { .. }
            | Self::Unsold { .. }
            | Self::Failed { .. }
            | Self::GaveUp { .. }
            | Self::Slow { .. }
            | Self::PoolFull { .. }
            | Self::MailsMissing { .. } => Weight::Fault,
            Self::Mails { .. }
            | Self::MailsUntried { .. }
            | Self::FewConnections { .. }
            | Self::FewBuyers { .. }
            | Self::LeftInRoom { .. }
            | Self::Room { .. } => Weight::Note,
        }
    }

    pub fn words(&self) -> String {
        match self {
            Self::Oversold { sold, units } => {
                format!("{sold} units were sold of {units}: do not open this drop, and report it")
            }
            Self::Broken { rules } => format!(
                "the books do not agree: {}. Do not open this drop, and report it",
                rules.join("; ")
            ),
            Self::Untrue { told, sold } => format!(
                "{told} buyers were told that they have an order, and {sold} units were sold: do not \
                 open this drop, and report it"
            ),
            Self::Unsold { left } => {
                format!("{left} units were asked for and not sold")
            }
            Self::LeftInRoom { left, waiting } => format!(
                "{left} units were left, and {waiting} buyers in the waiting room: places are counted, not \
                 kept, so a few fewer may come than were let in. The next are let in when the minutes to \
                 order are over"
            ),
            Self::Failed {
                failed,
                buyers,
                how,
            } => format!("{failed} of {buyers} buyers had an error: {how}"),
            Self::GaveUp { gave_up, buyers } => format!(
                "{gave_up} of {buyers} buyers were told that the shop is busy until they gave up: turn \
                 on a waiting room, or use a faster database"
            ),
            Self::Slow { p99_ms, most_ms } => format!(
                "1 of 100 buyers waited {} or longer for the answer to the order, and {} is the most \
                 that you allow: turn on a waiting room, or use a faster database",
                spelled(*p99_ms),
                spelled(*most_ms)
            ),
            Self::PoolFull { name, max, percent } => format!(
                "the pool \"{name}\" is too small: all of its {max} connections to the database were in \
                 use for {percent} % of the time. Add a node, which brings its own, or use a faster \
                 database"
            ),
            Self::MailsMissing { written, orders } => format!(
                "{written} e-mails were written for {orders} orders in the time that was waited: \
                 customers wait for their confirmations"
            ),
            Self::Mails {
                written,
                seconds,
                per_minute,
            } => format!(
                "{written} e-mails are sent within {} if the mail server takes {per_minute} a minute",
                minutes(*seconds)
            ),
            Self::MailsUntried { written } => format!(
                "{written} e-mails were written and sent to nobody. --mails-per-minute with what your \
                 mail server allows says when the last is sent"
            ),
            Self::FewConnections {
                connections,
                buyers,
            } => format!(
                "{buyers} buyers shared {connections} connections, which are as many as this process \
                 may open: raise its limit of open files to have one for each"
            ),
            Self::FewBuyers { buyers, units } => format!(
                "{buyers} buyers cannot buy {units} units: rehearse with more than there are units"
            ),
            Self::Room {
                per_minute,
                seconds,
            } => format!(
                "the waiting room was left out, so all buyers came at once. It lets in {per_minute} \
                 people a minute: selling this many units takes it {} at least. --with-room plays it, \
                 which takes as long",
                minutes((*seconds).try_into().unwrap_or_default())
            ),
        }
    }
}

/// `240 ms`, or `1.8 s`.
pub fn spelled(millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis} ms"),
        _ => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

/// `50 s`, or `4 min`.
fn minutes(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        _ => format!("{} min", seconds.div_ceil(60)),
    }
}
