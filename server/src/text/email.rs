//! E-mail addresses in the one form in which they are looked up.

/// The key of a typed e-mail address: addresses with the same key are one mailbox's.
pub fn email_key(email: &str) -> String {
    app::email::known_as(email)
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
}
