//! E-mail addresses: what is one, and the one spelling in which it is kept, compared and mailed to.
//!
//! A domain beyond ASCII has two spellings, such as `exämple.de` and `xn--exmple-cua.de`, and people
//! type the first of them in capital letters, composed or decomposed. They are one by UTS 46 and
//! IDNA 2008. People see the first one; mail servers, which need not know of it, get the second.

use idna::{
    AsciiDenyList,
    uts46::{DnsLength, Hyphens, Uts46},
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{faults::text::Text, locale::locale};

/// Longest address, and its longest part before the @, in bytes as mail servers get them (RFC 5321).
const MAX_BYTES: usize = 254;
const MAX_LOCAL_BYTES: usize = 64;

/// An e-mail address in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// Before the @, in Unicode's composed form. Capital letters stay: a mail server may tell them
    /// apart.
    local: String,
    /// As people read it, in lower case.
    domain: String,
    /// As DNS knows it.
    ascii_domain: String,
}

/// Why no mail can be sent to what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailFault {
    NoAddress,
    /// Letters beyond ASCII before the @ reach a mailbox only if every server on the way offers
    /// SMTPUTF8 (RFC 6531), which many do not.
    LocalPart,
}

impl EmailFault {
    pub fn words(self) -> &'static str {
        let text = Text::from(locale());
        match self {
            Self::NoAddress => text.no_address(),
            Self::LocalPart => text.local_part(),
        }
    }
}

impl Email {
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.trim().rsplit_once('@')?;
        let local: String = match local.is_ascii() {
            true => local.to_owned(),
            false => local.nfc().collect(),
        };
        // An atom of RFC 5322; letters of any language as in RFC 6531.
        let atom = |a: &str| {
            !a.is_empty()
                && a.chars().all(|c| {
                    c.is_alphanumeric() || is_combining_mark(c) || "!#$%&'*+/=?^_`{|}~-".contains(c)
                })
        };
        if local.len() > MAX_LOCAL_BYTES || !local.split('.').all(atom) {
            return None;
        }
        let (uts46, hyphens) = (Uts46::new(), Hyphens::CheckFirstLast);
        let ascii_domain = uts46
            .to_ascii(
                domain.as_bytes(),
                AsciiDenyList::STD3,
                hyphens,
                DnsLength::Verify,
            )
            .ok()?
            .into_owned();
        let (domain, is_right) =
            uts46.to_unicode(ascii_domain.as_bytes(), AsciiDenyList::STD3, hyphens);
        if is_right.is_err() || !domain.contains('.') || !domain.chars().all(is_of_label) {
            return None;
        }
        let domain = domain.into_owned();
        (local.len() + 1 + ascii_domain.len() <= MAX_BYTES).then_some(Self {
            local,
            domain,
            ascii_domain,
        })
    }

    /// An address that any mail server takes.
    pub fn mailable(text: &str) -> Result<Self, EmailFault> {
        match Self::parse(text) {
            Some(email) if email.local.is_ascii() => Ok(email),
            Some(_) => Err(EmailFault::LocalPart),
            None => Err(EmailFault::NoAddress),
        }
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// As mail servers get it, on the envelope and in headers.
    pub fn on_the_wire(&self) -> String {
        format!("{}@{}", self.local, self.ascii_domain)
    }
}

/// What IDNA 2008 lets a domain consist of; UTS 46 alone lets pictures through. The marks are those
/// of the scripts that need them (RFC 5892), and UTS 46 has looked where they are.
fn is_of_label(c: char) -> bool {
    c.is_alphanumeric()
        || is_combining_mark(c)
        || "-.\u{b7}\u{375}\u{5f3}\u{5f4}\u{30fb}\u{200c}\u{200d}".contains(c)
}

/// Whether it is an address at all: the mail server has the last word.
pub fn is_email(text: &str) -> bool {
    Email::parse(text).is_some()
}

/// Whether a text has but one spelling, be it an address or not, as most addresses have that were typed: small letters
/// without accents, and no part of a domain that stands for other letters.
pub fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    text.bytes().all(is_plain) && !text.contains("xn--")
}

/// The one spelling by which an address is known, whichever way it was typed: in lower case, its
/// domain as people read it. Of what is no address, the same in lower case, which finds nothing.
pub fn known_as(text: &str) -> String {
    match is_plain(text) {
        true => text.to_owned(),
        false => read_as(text),
    }
}

fn read_as(text: &str) -> String {
    match Email::parse(text) {
        Some(email) => email.shown().to_lowercase(),
        None => text.trim().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_is_known_as_it_is() {
        let parts = [
            "", "kim", "a.b", ".a", "a..b", "kim+shop", "-a", "a-", "x_1", "a@b", "'", "!#$%",
            "a,b",
        ];
        let domains = [
            "",
            "co",
            "example.com",
            "example.com.",
            ".com",
            "a..b",
            "-a.com",
            "a-.com",
            "1.2",
            "a_b.com",
            "a--b.com",
            "ab--c.com",
            "[::1]",
        ];
        for (local, domain) in parts
            .iter()
            .flat_map(|part| domains.map(|domain| (part, domain)))
        {
            for text in [format!("{local}@{domain}"), format!("{local}{domain}")] {
                assert!(is_plain(&text), "{text}");
                assert_eq!(known_as(&text), read_as(&text), "{text}");
                if let Some(email) = Email::parse(&text) {
                    assert_eq!(email.on_the_wire(), text);
                }
            }
        }
        for other in [
            "Kim@example.com",
            " a@b.co",
            "a@b.co\n",
            "a@xn--exmple-cua.de",
            "a@ä.de",
        ] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn plausible_addresses_pass_and_others_do_not() {
        for good in [
            "a@b.co",
            "first.last+tag@sub.example.com",
            "ü@exämple.de",
            "o'neil_{x}@example.com",
            "kim@u\u{308}ber.de",
            "kim@ต้น.ไทย",
            "kim@हिन्दी.भारत",
            "kim@straße.de",
            "kim@ab--cd.com",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.co",
            "a b@c.de",
            "a@b..c",
            "a@-b.de",
            "a@b-.de",
            "a@b_c.de",
            "a@b.c\r\nx",
            "<a>@b.co",
            "a..b@c.de",
            ".a@b.co",
            "a.@b.co",
            "🙂@b.co",
            "\u{202e}a@b.co",
            "a@🙂.co",
            "a@xn--55555577.de",
            "a@b\u{202e}c.de",
            "a@\u{301}b.de",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        let long = format!("a@{}.de", "x".repeat(64));
        assert!(!is_email(&long));
        assert!(!is_email(&format!("{}@b.co", "x".repeat(65))));
    }

    #[test]
    fn every_spelling_of_an_address_is_one() {
        for typed in [
            "kim@exämple.de",
            " Kim@EXÄMPLE.de ",
            "kim@exa\u{308}mple.de",
            "KIM@XN--EXMPLE-CUA.DE",
            "kim@xn--exmple-cua.de",
            "kim@exämple。de",
        ] {
            assert_eq!(known_as(typed), "kim@exämple.de", "{typed}");
            let email = Email::mailable(typed).unwrap();
            assert_eq!(
                email.on_the_wire().to_lowercase(),
                "kim@xn--exmple-cua.de",
                "{typed}"
            );
        }
        assert_ne!(known_as("kim@strasse.de"), known_as("kim@straße.de"));
        assert_eq!(known_as(" No Address "), "no address");
    }

    #[test]
    fn a_part_before_the_at_beyond_ascii_is_told_apart_from_no_address() {
        assert_eq!(Email::mailable("ü@example.de"), Err(EmailFault::LocalPart));
        assert_eq!(
            Email::mailable("u\u{308}@example.de"),
            Err(EmailFault::LocalPart)
        );
        assert_eq!(Email::mailable("ü@example"), Err(EmailFault::NoAddress));
        assert_eq!(
            Email::mailable("Kim@Exämple.DE").unwrap().shown(),
            "Kim@exämple.de"
        );
    }
}
