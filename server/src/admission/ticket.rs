//! Tickets of waiting rooms: signed, so that nothing has to be kept of them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;
use uuid::Uuid;

use crate::error::{Error, Result};

/// Tickets that one browser has at most: each is of a drop of its own.
pub const MOST: usize = 4;
/// Between tickets in a cookie.
const BETWEEN: char = '.';
/// Letters of a cookie that are looked at.
const MAX_COOKIE: usize = 400;
/// Bytes of what is signed: a version, the drop, the ticket's id, its bucket, and to whom it is bound.
const SIGNED: usize = 1 + 16 + 16 + 4 + 1;
const SIGNATURE: usize = 16;
const VERSION: u8 = 1;

/// Names a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketId(pub [u8; 16]);

impl TicketId {
    /// Of a ticket that is bound to nobody.
    pub fn random() -> Self {
        let mut bytes = [0; 16];
        rand::rng().fill(&mut bytes);
        Self(bytes)
    }

    pub fn hex(self) -> String {
        hex::encode(self.0)
    }

    /// What [`TicketId::hex`] wrote.
    pub fn of_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// All bits of both that differ: what tickets come to, in whatever order they are added.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let mut bytes = self.0;
        for (byte, more) in bytes.iter_mut().zip(other.0) {
            *byte ^= more;
        }
        Self(bytes)
    }
}

/// Whose a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Of one mailbox, which has one ticket id per drop.
    Mailbox,
    Nobody,
}

impl Bound {
    const fn byte(self) -> u8 {
        match self {
            Self::Mailbox => 1,
            Self::Nobody => 0,
        }
    }

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Mailbox),
            0 => Some(Self::Nobody),
            _ => None,
        }
    }
}

/// A place in the waiting room of a drop, as its holder keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub drop_id: String,
    pub id: TicketId,
    /// Of its arrival: see [`place`](super::place).
    pub bucket: u32,
    pub bound: Bound,
}

/// What the shop signs with.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    pub fn of(secret: &str) -> Result<Self> {
        Hmac::<Sha256>::new_from_slice(secret.as_bytes())
            .map(Self)
            .map_err(|error| Error::Invariant(format!("the key of tickets: {error}")))
    }

    /// What is said for one purpose means nothing for another.
    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(&[0]);
            mac.update(part);
        }
        mac
    }

    /// The id of the one ticket that a mailbox has for a drop.
    pub fn ticket_of(&self, drop_id: &str, mailbox: &str) -> TicketId {
        let parts: [&[u8]; 2] = [drop_id.as_bytes(), mailbox.as_bytes()];
        let mac = self.mac("holder", &parts).finalize().into_bytes();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&mac[..16]);
        TicketId(bytes)
    }

    /// The six digits by which a mailbox shows that it is read, within one stretch of time.
    pub fn code(&self, drop_id: &str, mailbox: &str, stretch: i64) -> String {
        let stretch = stretch.to_be_bytes();
        let parts: [&[u8]; 3] = [&stretch, drop_id.as_bytes(), mailbox.as_bytes()];
        let mac = self.mac("code", &parts).finalize().into_bytes();
        let number = u32::from_be_bytes([mac[0], mac[1], mac[2], mac[3]]);
        format!("{:06}", number % 1_000_000)
    }
}

impl Ticket {
    fn signed(&self) -> Option<[u8; SIGNED]> {
        let drop = Uuid::try_parse(&self.drop_id).ok()?;
        let mut bytes = [0; SIGNED];
        bytes[0] = VERSION;
        bytes[1..17].copy_from_slice(drop.as_bytes());
        bytes[17..33].copy_from_slice(&self.id.0);
        bytes[33..37].copy_from_slice(&self.bucket.to_be_bytes());
        bytes[37] = self.bound.byte();
        Some(bytes)
    }

    /// As its holder keeps it; `None` if its drop has no id of ours.
    pub fn write(&self, key: &Key) -> Option<String> {
        let signed = self.signed()?;
        let mac = key.mac("ticket", &[&signed]).finalize().into_bytes();
        let bytes = [signed.as_slice(), &mac[..SIGNATURE]].concat();
        Some(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }

    /// `None` if the shop did not sign this.
    pub fn read(key: &Key, text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (signed, signature) = bytes.split_at_checked(SIGNED)?;
        if signature.len() != SIGNATURE || signed[0] != VERSION {
            return None;
        }
        let mac = key.mac("ticket", &[signed]);
        mac.verify_truncated_left(signature).ok()?;
        let mut id = [0; 16];
        id.copy_from_slice(&signed[17..33]);
        let bucket = [signed[33], signed[34], signed[35], signed[36]];
        Some(Self {
            drop_id: Uuid::from_slice(&signed[1..17]).ok()?.to_string(),
            id: TicketId(id),
            bucket: u32::from_be_bytes(bucket),
            bound: Bound::of(signed[37])?,
        })
    }
}

/// The tickets in a cookie that the shop has signed, of each drop one.
pub fn read_all(key: &Key, cookie: &str) -> Vec<Ticket> {
    if cookie.len() > MAX_COOKIE {
        return Vec::new();
    }
    let mut tickets: Vec<Ticket> = Vec::new();
    for text in cookie.split(BETWEEN).take(MOST) {
        let Some(ticket) = Ticket::read(key, text) else {
            continue;
        };
        if tickets.iter().all(|one| one.drop_id != ticket.drop_id) {
            tickets.push(ticket);
        }
    }
    tickets
}

/// A cookie with this ticket in place of another one of its drop; the oldest goes if there are too many.
pub fn write_all(key: &Key, new: &Ticket, before: &[Ticket]) -> Option<String> {
    let others = before.iter().filter(|one| one.drop_id != new.drop_id);
    let mut texts = vec![new.write(key)?];
    texts.extend(others.take(MOST - 1).filter_map(|one| one.write(key)));
    Some(texts.join(&BETWEEN.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::new_id;

    fn key() -> Key {
        Key::of("a key").unwrap()
    }

    fn ticket() -> Ticket {
        Ticket {
            drop_id: new_id(),
            id: TicketId::random(),
            bucket: 77,
            bound: Bound::Mailbox,
        }
    }

    #[test]
    fn a_ticket_is_read_as_it_was_written() {
        let ticket = ticket();
        let text = ticket.write(&key()).unwrap();
        assert_eq!(Ticket::read(&key(), &text), Some(ticket));
    }

    #[test]
    fn a_ticket_that_was_changed_cut_off_or_signed_by_others_is_none() {
        let text = ticket().write(&key()).unwrap();
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&text).unwrap();
        for at in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[at] ^= 1;
            let forged = BASE64_URL_SAFE_NO_PAD.encode(forged);
            assert_eq!(Ticket::read(&key(), &forged), None, "{at}");
            let cut = BASE64_URL_SAFE_NO_PAD.encode(&bytes[..at]);
            assert_eq!(Ticket::read(&key(), &cut), None, "{at}");
        }
        let more = BASE64_URL_SAFE_NO_PAD.encode([bytes.as_slice(), &[0]].concat());
        assert_eq!(Ticket::read(&key(), &more), None);
        assert_eq!(Ticket::read(&Key::of("another").unwrap(), &text), None);
        for nothing in ["", ".", "ü", "AAAA"] {
            assert_eq!(Ticket::read(&key(), nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_cookie_has_one_ticket_per_drop_and_forgets_the_oldest() {
        let all: Vec<Ticket> = (0..=MOST).map(|_| ticket()).collect();
        let mut cookie = String::new();
        for one in &all {
            let before = read_all(&key(), &cookie);
            cookie = write_all(&key(), one, &before).unwrap();
        }
        assert!(cookie.len() <= MAX_COOKIE);
        let kept: Vec<Ticket> = all[1..].iter().rev().cloned().collect();
        assert_eq!(read_all(&key(), &cookie), kept);
        let again = Ticket {
            bucket: 99,
            ..kept[2].clone()
        };
        let cookie = write_all(&key(), &again, &kept).unwrap();
        let read = read_all(&key(), &cookie);
        assert_eq!((read.len(), &read[0]), (MOST, &again));
        let twice = format!("{0}.{0}", ticket().write(&key()).unwrap());
        assert_eq!(read_all(&key(), &twice).len(), 1);
        assert!(read_all(&key(), &"a".repeat(MAX_COOKIE + 1)).is_empty());
    }

    #[test]
    fn a_mailbox_has_one_ticket_per_drop_and_a_code_that_lapses() {
        let key = key();
        let one = key.ticket_of("d", "kim@example.com");
        assert_eq!(one, key.ticket_of("d", "kim@example.com"));
        assert_ne!(one, key.ticket_of("d", "jo@example.com"));
        assert_ne!(one, key.ticket_of("e", "kim@example.com"));
        let code = key.code("d", "kim@example.com", 7);
        assert!(code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()));
        assert_eq!(code, key.code("d", "kim@example.com", 7));
        let others: Vec<String> = (8..40)
            .map(|at| key.code("d", "kim@example.com", at))
            .collect();
        assert!(others.iter().any(|other| *other != code));
    }

    #[test]
    fn what_tickets_come_to_does_not_depend_on_their_order() {
        let [one, two, three] = [TicketId::random(), TicketId::random(), TicketId::random()];
        let all = one.with(two).with(three);
        assert_eq!(all, three.with(one).with(two));
        assert_eq!(all.with(two), one.with(three));
        assert_eq!(TicketId::of_hex(&all.hex()), Some(all));
        assert_eq!(TicketId::of_hex("00"), None);
    }
}
