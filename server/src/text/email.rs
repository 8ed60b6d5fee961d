//! E-mail addresses in the one form in which they are looked up.

use unicode_normalization::UnicodeNormalization;

/// The key of a typed e-mail address: addresses with the same key are one mailbox's.
pub fn email_key(email: &str) -> String {
    let email: String = email.trim().nfc().collect();
    match email.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{}", local_key(local), domain_key(domain)),
        None => local_key(&email),
    }
}

/// Mail servers may tell capital letters apart before the @; none that people use does.
fn local_key(local: &str) -> String {
    local.to_lowercase().nfc().collect()
}

fn domain_key(domain: &str) -> String {
    domain.to_lowercase().nfc().collect()
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
        ] {
            assert_eq!(email_key(typed), "kim@exämple.de", "{typed}");
        }
        assert_eq!(email_key("ÖZIL@example.com"), "özil@example.com");
        assert_ne!(email_key("ozil@example.com"), email_key("özil@example.com"));
        assert_eq!(email_key("Kim"), "kim");
        assert_eq!(email_key(""), "");
    }
}
