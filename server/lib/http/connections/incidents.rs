//! What became of connections that were refused or ended: counted always, written into the log
//! once a minute: a million connections must not fill the disk.

use std::{
    io,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use metrics::counter;

/// Between two lines about the same.
const LINE_EVERY: Duration = Duration::from_secs(60);
const ENDED: &str = "holdfast_connections_ended_total";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incident {
    /// Refused: this node has all it can take, and all are at work.
    NodeFull,
    /// Refused: this client's network has its share, and all are at work.
    NetworkFull,
    /// Ended, since it did nothing and someone else came.
    MadeRoom,
    /// Ended, since no request came.
    Silent,
    /// Ended, since the client took nothing of its answer.
    Stalled,
    /// The system gave none.
    NotAccepted,
}

const KINDS: usize = 6;

impl Incident {
    pub const ALL: [Self; KINDS] = [
        Self::NodeFull,
        Self::NetworkFull,
        Self::MadeRoom,
        Self::Silent,
        Self::Stalled,
        Self::NotAccepted,
    ];

    /// As the metric's label.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NodeFull => "node_full",
            Self::NetworkFull => "network_full",
            Self::MadeRoom => "made_room",
            Self::Silent => "silent",
            Self::Stalled => "stalled",
            Self::NotAccepted => "not_accepted",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::NodeFull => "connections refused: this node is at its limit",
            Self::NetworkFull => "connections refused: one network is at its limit",
            Self::MadeRoom => "idle connections closed to make room for others",
            Self::Silent => "connections closed: no request in time",
            Self::Stalled => "connections closed: the client stopped reading",
            Self::NotAccepted => "connections could not be accepted",
        }
    }
}

/// When something was last written of, and how often it has happened since.
#[derive(Debug, Default, Clone, Copy)]
struct LastReport {
    at: Option<Instant>,
    since: u64,
}

impl LastReport {
    /// One more; how many there are to tell of now, if it is time.
    fn more(&mut self, now: Instant) -> Option<u64> {
        self.since += 1;
        let is_time = self
            .at
            .is_none_or(|at| now.saturating_duration_since(at) >= LINE_EVERY);
        is_time.then(|| {
            self.at = Some(now);
            std::mem::take(&mut self.since)
        })
    }
}

pub struct Incidents {
    told: Mutex<[LastReport; KINDS]>,
}

impl Incidents {
    pub fn new() -> Self {
        // What never happened is 0, not missing.
        for incident in Incident::ALL {
            counter!(ENDED, "reason" => incident.name()).absolute(0);
        }
        Self {
            told: Mutex::default(),
        }
    }

    pub fn count(&self, incident: Incident) {
        if let Some(count) = self.note(incident) {
            tracing::warn!(count, kind = incident.name(), "{}", incident.words());
        }
    }

    /// A connection the system did not give us: most likely there are no files left.
    pub fn count_failed(&self, error: &io::Error) {
        let incident = Incident::NotAccepted;
        if let Some(count) = self.note(incident) {
            tracing::error!(
                count,
                kind = incident.name(),
                %error,
                "{}",
                incident.words()
            );
        }
    }

    fn note(&self, incident: Incident) -> Option<u64> {
        counter!(ENDED, "reason" => incident.name()).increment(1);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told[incident as usize].more(Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_line_a_minute_that_says_how_many() {
        let mut told = LastReport::default();
        let began = Instant::now();
        assert_eq!(told.more(began), Some(1));
        for second in 0..59 {
            assert_eq!(told.more(began + Duration::from_secs(second)), None);
        }
        assert_eq!(told.more(began + LINE_EVERY), Some(60));
        assert_eq!(told.more(began + LINE_EVERY), None);
    }

    #[test]
    fn each_kind_has_a_place_of_its_own() {
        for (place, incident) in Incident::ALL.into_iter().enumerate() {
            assert_eq!(incident as usize, place, "{incident:?}");
        }
    }
}
