//! Places in a waiting room.
//!
//! All who came before the start share one bucket, 0; after it there is a bucket for each second. Within a bucket
//! the order is that of a hash of the ticket, by a seed that nobody knows before the start: it is made of a
//! secret, whose own hash was published before, and of the ids of all tickets of bucket 0. So a place is known from
//! the ticket and the seed alone, and anybody can work it out.

use sha2::{Digest, Sha256};

use super::ticket::TicketId;

/// Length of a bucket after the start, in milliseconds.
pub const BUCKET_MS: i64 = 1_000;
/// The last bucket there can be: 68 years after the start.
const LAST: u32 = i32::MAX as u32;
/// Places of one bucket.
pub const PER_BUCKET: i64 = 1 << 32;

/// What is published as a hash before the start and as it is afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// Not into a log.
impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Secret {
    pub fn random() -> Self {
        use rand::Rng;
        let mut bytes = [0; 32];
        rand::rng().fill(&mut bytes);
        Self(bytes)
    }

    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    pub fn of_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// What is published before the start: SHA-256 of the secret's bytes.
    pub fn commitment(&self) -> String {
        hex::encode(Sha256::digest(self.0))
    }
}

/// What decides the order within a bucket.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl std::fmt::Debug for Seed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seed")
    }
}

impl Seed {
    /// SHA-256 of the secret's bytes with those of what all tickets from before the start come to.
    pub fn drawn(secret: &Secret, mix: TicketId) -> Self {
        let mut hash = Sha256::new();
        hash.update(secret.0);
        hash.update(mix.0);
        Self(hash.finalize().into())
    }

    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// The first 32 bits of SHA-256 of the seed's bytes with those of the ticket's id.
    fn number(&self, id: TicketId) -> u32 {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(id.0);
        let hash = hash.finalize();
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
    }
}

/// Where a ticket is among all of its drop: the bucket, then the number within it. Smaller ones are let in first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub i64);

impl Place {
    pub fn of(seed: &Seed, bucket: u32, id: TicketId) -> Self {
        Self(first_of(bucket) + i64::from(seed.number(id)))
    }

    pub const fn bucket(self) -> u32 {
        bucket_at(self.0)
    }

    /// Its number within its bucket, of [`PER_BUCKET`].
    pub const fn number(self) -> i64 {
        self.0 & (PER_BUCKET - 1)
    }
}

/// The first place of a bucket.
pub const fn first_of(bucket: u32) -> i64 {
    (bucket as i64) << 32
}

/// The bucket of a number of places, which may be the one behind the last.
pub const fn bucket_at(places: i64) -> u32 {
    (places >> 32) as u32
}

/// The bucket of who comes at `now`, after places were drawn; none goes back before `last`.
pub fn bucket_after(drawn_at: i64, now: i64, last: u32) -> u32 {
    let since = now.saturating_sub(drawn_at).max(0) / BUCKET_MS;
    let bucket = u32::try_from(since).unwrap_or(LAST).saturating_add(1);
    bucket.clamp(last.clamp(1, LAST), LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(byte: u8) -> Seed {
        Seed::drawn(&Secret([byte; 32]), TicketId([byte; 16]))
    }

    /// Anybody can work this out, as docs/drops.md tells:
    /// `printf 000102…1f0001…0f | xxd -r -p | sha256sum`, and with that seed and the id once more.
    #[test]
    fn a_place_is_what_the_documents_say() {
        let mut secret = [0; 32];
        secret.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n);
        let mut mix = [0; 16];
        mix.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n);
        let (secret, mix) = (Secret(secret), TicketId(mix));
        assert_eq!(
            secret.commitment(),
            "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
        );
        let seed = Seed::drawn(&secret, mix);
        let by_hand = Sha256::digest([secret.0.as_slice(), &mix.0].concat());
        assert_eq!(seed.hex(), hex::encode(by_hand));
        let id = TicketId([7; 16]);
        let by_hand = hex::encode(Sha256::digest([seed.0.as_slice(), &id.0].concat()));
        let number = i64::from_str_radix(&by_hand[..8], 16).unwrap();
        assert_eq!(Place::of(&seed, 0, id), Place(number));
        let later = Place::of(&seed, 3, id);
        assert_eq!(later, Place(3 * PER_BUCKET + number));
        assert_eq!((later.bucket(), later.number()), (3, number));
    }

    #[test]
    fn a_secret_is_read_as_it_was_written_and_is_in_no_log() {
        let secret = Secret::random();
        assert_eq!(Secret::of_hex(&secret.hex()), Some(secret));
        assert_eq!(Secret::of_hex("00"), None);
        assert!(!format!("{secret:?}").contains(&secret.hex()));
    }

    /// 100,000 tickets in the order of their arrival: wherever in that order one is, its place is as likely to be
    /// anywhere. 20 stretches of arrival by 20 of places; of a chi-square with 361 degrees of freedom, 480 is passed
    /// by one seed in 30,000, and the seeds here are always the same.
    #[test]
    fn places_before_the_start_say_nothing_of_arrival() {
        const TICKETS: usize = 100_000;
        const PARTS: usize = 20;
        for byte in 1..4u8 {
            let seed = seed(byte);
            let mut places: Vec<(Place, usize)> = (0..TICKETS)
                .map(|arrival| {
                    // Ids need not be random for that.
                    let mut id = [byte; 16];
                    id[..8].copy_from_slice(&(arrival as u64).to_be_bytes());
                    (Place::of(&seed, 0, TicketId(id)), arrival)
                })
                .collect();
            places.sort_unstable();
            let mut seen = [[0usize; PARTS]; PARTS];
            for (at, (_, arrival)) in places.iter().enumerate() {
                seen[at * PARTS / TICKETS][arrival * PARTS / TICKETS] += 1;
            }
            let expected = (TICKETS / PARTS / PARTS) as f64;
            let chi_square: f64 = seen
                .iter()
                .flatten()
                .map(|n| (*n as f64 - expected).powi(2) / expected)
                .sum();
            assert!(chi_square < 480.0, "{chi_square}");
            assert!(chi_square > 260.0, "too even to be by chance: {chi_square}");
        }
    }

    #[test]
    fn another_seed_is_another_order() {
        let ids: Vec<TicketId> = (0..200u8).map(|n| TicketId([n; 16])).collect();
        let order = |seed: &Seed| {
            let mut ids = ids.clone();
            ids.sort_by_key(|id| Place::of(seed, 0, *id));
            ids
        };
        let first = order(&seed(1));
        assert_ne!(first, ids);
        assert_ne!(first, order(&seed(2)));
    }

    #[test]
    fn who_comes_after_the_start_is_behind_all_who_came_a_second_before() {
        let seed = seed(1);
        let drawn_at = 1_000_000;
        let place = |at: i64, n: u8| {
            let bucket = bucket_after(drawn_at, at, 0);
            Place::of(&seed, bucket, TicketId([n; 16]))
        };
        let early = (0..=255).map(|n| Place::of(&seed, 0, TicketId([n; 16])));
        let at_start = place(drawn_at, 7);
        assert!(early.max().unwrap() < at_start);
        for n in 0..100u8 {
            let (one, next) = (i64::from(n) * 1_000, i64::from(n) * 1_000 + 1_000);
            assert!(place(drawn_at + one, n) < place(drawn_at + next, n + 1));
        }
    }

    #[test]
    fn a_clock_that_goes_back_puts_nobody_before_those_who_are_there() {
        assert_eq!(bucket_after(1_000, 999, 0), 1);
        assert_eq!(bucket_after(1_000, 1_999, 0), 1);
        assert_eq!(bucket_after(1_000, 2_000, 0), 2);
        assert_eq!(bucket_after(1_000, 2_000, 9), 9);
        assert_eq!(bucket_after(0, i64::MAX, 9), LAST);
    }
}
