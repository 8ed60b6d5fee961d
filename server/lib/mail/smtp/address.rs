//! What `SMTP_URL` says, as `lettre` reads it.

use std::borrow::Cow;

use lettre::transport::smtp::{
    SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT, authentication::Credentials, extension::ClientId,
};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// When a connection becomes an encrypted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    Never,
    /// By STARTTLS, if the mail server offers it.
    IfOffered,
    /// By STARTTLS, or there is no mail.
    Required,
    FromTheStart,
}

/// A mail server, and how it is spoken to.
#[derive(Debug, PartialEq, Eq)]
pub struct SmtpAddress {
    /// A name, or an IP address without brackets.
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// What we call ourselves.
    pub hello: ClientId,
    pub credentials: Option<Credentials>,
}

impl SmtpAddress {
    pub fn read(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let host = match url.host()? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        let mut query = url.query_pairs();
        let tls = query.find(|(key, _)| key == "tls").map(|(_, tls)| tls);
        let (encryption, port) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Encryption::Never, SMTP_PORT),
            ("smtp", Some("opportunistic")) => (Encryption::IfOffered, SUBMISSION_PORT),
            ("smtp", Some("required")) => (Encryption::Required, SUBMISSION_PORT),
            ("smtps", _) => (Encryption::FromTheStart, SUBMISSIONS_PORT),
            _ => return None,
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(
                decoded(url.username())?,
                decoded(password)?,
            )),
            None => None,
        };
        Some(Self {
            host,
            port: url.port().unwrap_or(port),
            encryption,
            hello,
            credentials,
        })
    }
}

fn decoded(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8().ok()?;
    Some(Cow::into_owned(text))
}

#[cfg(test)]
mod tests {
    use lettre::{AsyncSmtpTransport, Tokio1Executor};

    use super::*;

    fn plain(host: &str) -> SmtpAddress {
        SmtpAddress {
            host: host.to_owned(),
            port: 25,
            encryption: Encryption::Never,
            hello: ClientId::default(),
            credentials: None,
        }
    }

    fn known(user: &str, password: &str) -> Option<Credentials> {
        Some(Credentials::new(user.to_owned(), password.to_owned()))
    }

    #[test]
    fn an_address_says_how_the_mail_server_is_spoken_to() {
        let host = "mail.example";
        for (url, address) in [
            ("smtp://mail.example", plain(host)),
            (
                "smtp://mail.example:2525/",
                SmtpAddress {
                    port: 2525,
                    ..plain(host)
                },
            ),
            (
                "smtp://mail.example?tls=required",
                SmtpAddress {
                    port: 587,
                    encryption: Encryption::Required,
                    ..plain(host)
                },
            ),
            (
                "smtp://mail.example/shop.example?a=b&tls=opportunistic&tls=required",
                SmtpAddress {
                    port: 587,
                    encryption: Encryption::IfOffered,
                    hello: ClientId::Domain("shop.example".to_owned()),
                    ..plain(host)
                },
            ),
            (
                "smtps://kim%40shop.example:p%2Fa%3Ass@mail.example",
                SmtpAddress {
                    port: 465,
                    encryption: Encryption::FromTheStart,
                    credentials: known("kim@shop.example", "p/a:ss"),
                    ..plain(host)
                },
            ),
            (
                "smtps://:hush@mail.example:466?tls=whatever",
                SmtpAddress {
                    port: 466,
                    encryption: Encryption::FromTheStart,
                    credentials: known("", "hush"),
                    ..plain(host)
                },
            ),
            // Nobody signs in without a password.
            ("smtp://kim@mail.example", plain(host)),
            ("smtp://127.0.0.1", plain("127.0.0.1")),
            (
                "smtp://[::1]:1025",
                SmtpAddress {
                    port: 1025,
                    ..plain("::1")
                },
            ),
        ] {
            assert_eq!(SmtpAddress::read(url), Some(address), "{url}");
        }
    }

    #[test]
    fn addresses_are_refused_that_lettre_would_refuse() {
        for url in [
            "",
            "mail.example",
            "mail.example:25",
            "http://mail.example",
            "smtp://",
            "smtps://kim:hush@",
            "smtp:mail.example",
            "smtp://mail.example:port",
            "smtp://mail.example?tls=maybe",
            "smtp://mail.example?tls=",
            "smtps://kim:%ff@mail.example",
            "smtps://%ff:hush@mail.example",
        ] {
            let by_lettre = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
            assert!(by_lettre.is_err(), "{url}");
            assert_eq!(SmtpAddress::read(url), None, "{url}");
        }
    }
}
