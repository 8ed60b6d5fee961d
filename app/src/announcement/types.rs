//! Announcements, and which of them is shown when.

use serde::{Deserialize, Serialize};

/// The most that there may be.
pub const MAX_ANNOUNCEMENTS: usize = 20;
/// Of one's text, in characters.
pub const MAX_TEXT: usize = 200;

/// Times are in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub id: String,
    pub text: String,
    /// A path of the shop, or an address with `https`.
    pub link: Option<String>,
    /// Without one it has begun.
    pub starts_at: Option<i64>,
    /// From then on it is not shown.
    pub ends_at: Option<i64>,
    pub version: i64,
}

/// Where an announcement is in its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Scheduled,
    Running,
    Ended,
}

impl Announcement {
    pub fn phase(&self, now: i64) -> Phase {
        match (self.starts_at, self.ends_at) {
            (_, Some(end)) if end <= now => Phase::Ended,
            (Some(start), _) if start > now => Phase::Scheduled,
            _ => Phase::Running,
        }
    }
}

/// What is announced at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Announced {
    pub shown: Option<Announcement>,
    /// When that may be another one.
    pub until: Option<i64>,
}

impl Announced {
    /// Of all announcements, the one that began last is shown.
    pub fn at(now: i64, all: &[Announcement]) -> Self {
        let running = all.iter().filter(|one| one.phase(now) == Phase::Running);
        let shown = running.max_by_key(|one| (one.starts_at, one.id.as_str()));
        let moments = all.iter().flat_map(|one| [one.starts_at, one.ends_at]);
        Self {
            shown: shown.cloned(),
            until: moments.flatten().filter(|moment| *moment > now).min(),
        }
    }
}

/// An announcement after it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncementSaved {
    pub id: String,
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announcement(id: &str, starts_at: Option<i64>, ends_at: Option<i64>) -> Announcement {
        Announcement {
            id: id.to_owned(),
            text: id.to_uppercase(),
            link: None,
            starts_at,
            ends_at,
            version: 1,
        }
    }

    #[test]
    fn the_one_that_began_last_is_shown_until_something_begins_or_ends() {
        let all = [
            announcement("always", None, None),
            announcement("sale", Some(100), Some(200)),
            announcement("flash", Some(150), Some(160)),
            announcement("over", None, Some(50)),
        ];
        for (now, shown, until) in [
            (0, "over", Some(50)),
            (49, "over", Some(50)),
            (50, "always", Some(100)),
            (99, "always", Some(100)),
            (100, "sale", Some(150)),
            (150, "flash", Some(160)),
            (160, "sale", Some(200)),
            (200, "always", None),
        ] {
            let announced = Announced::at(now, &all);
            let id = announced.shown.map(|shown| shown.id);
            assert_eq!(
                (id.as_deref(), announced.until),
                (Some(shown), until),
                "{now}"
            );
        }
        assert_eq!(Announced::at(0, &[]), Announced::default());
    }
}
