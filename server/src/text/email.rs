//! E-mail addresses in the one form in which they are looked up.

use app::email::{Email, is_plain};

/// The key of a typed e-mail address: addresses with the same key are one mailbox's.
pub fn email_key(email: &str) -> String {
    app::email::known_as(email)
}

/// The mailbox that an address leads to, as far as its spelling tells.
pub fn mailbox(email: &str) -> String {
    match is_plain(email) {
        true => of_wire(email),
        false => {
            let wire = Email::parse(email).map(|email| email.on_the_wire());
            let wire = wire.unwrap_or_else(|| email.trim().to_owned());
            of_wire(&wire.to_lowercase())
        }
    }
}

fn of_wire(wire: &str) -> String {
    let Some((local, domain)) = wire.rsplit_once('@') else {
        return wire.to_owned();
    };
    let (domain, dots_count) = match domain {
        "gmail.com" | "googlemail.com" => ("gmail.com", Dots::Ignored),
        domain => (domain, Dots::Count),
    };
    let untagged = match local.split_once('+') {
        Some((name, _)) if !name.is_empty() => name,
        _ => local,
    };
    match dots_count {
        Dots::Ignored => format!("{}@{domain}", untagged.replace('.', "")),
        Dots::Count => format!("{untagged}@{domain}"),
    }
}

/// Whether a host tells `a.b` from `ab`.
enum Dots {
    Ignored,
    Count,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_and_the_way_letters_are_put_together_make_no_difference() {
        for typed in [
            "kim@exämple.de",
            " Kim@EXÄMPLE.de ",
            "KIM@exa\u{308}mple.DE",
            "kim@xn--exmple-cua.de",
        ] {
            assert_eq!(email_key(typed), "kim@exämple.de", "{typed}");
        }
        assert_eq!(email_key("ÖZIL@example.com"), "özil@example.com");
        assert_ne!(email_key("ozil@example.com"), email_key("özil@example.com"));
        assert_eq!(email_key("Kim"), "kim");
        assert_eq!(email_key(""), "");
    }

    #[test]
    fn every_spelling_of_a_mailbox_is_one() {
        for typed in [
            "kim.marten@gmail.com",
            " Kim.Marten@GMAIL.com",
            "kimmarten@googlemail.com",
            "k.i.m.marten+shop@gmail.com",
            "kimmarten+2@gmail.com",
        ] {
            assert_eq!(mailbox(typed), "kimmarten@gmail.com", "{typed}");
        }
        for typed in [
            "kim@exämple.de",
            "KIM@xn--exmple-cua.de",
            "kim+a+b@exa\u{308}mple.de",
        ] {
            assert_eq!(mailbox(typed), "kim@xn--exmple-cua.de", "{typed}");
        }
        assert_ne!(mailbox("kim.m@example.com"), mailbox("kimm@example.com"));
        assert_eq!(mailbox("+all@example.com"), "+all@example.com");
        assert_eq!(mailbox(""), "");
    }
}
