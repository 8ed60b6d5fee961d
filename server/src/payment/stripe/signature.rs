//! Signatures of the events that Stripe sends: <https://docs.stripe.com/webhooks>.

use hmac::{Hmac, Mac};
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::payment::port::HookError;

/// How old a signature may be, and how far ahead its clock, in seconds: as Stripe's own libraries
/// have it.
const TOLERANCE: i64 = 300;
/// More signatures than Stripe ever sends.
const MOST_SIGNATURES: usize = 16;

/// What is told before the body has come.
pub(super) fn may_be_signed(headers: &HeaderMap, now: i64) -> Result<(), HookError> {
    Signed::of(headers)?.in_time(now.div_euclid(1000))
}

/// `t=SECONDS,v1=HEX,…`: the first part is signed with the body. More than one `v1` comes while the
/// secret is being changed.
pub(super) struct Signed<'a> {
    at: &'a str,
    seconds: i64,
    signatures: Vec<Vec<u8>>,
}

impl<'a> Signed<'a> {
    pub(super) fn of(headers: &'a HeaderMap) -> Result<Self, HookError> {
        let header = headers.get("stripe-signature");
        let header = header.and_then(|value| value.to_str().ok());
        Self::read(header.ok_or(HookError::Signature)?)
    }

    fn read(header: &'a str) -> Result<Self, HookError> {
        let mut at = None;
        let mut signatures = Vec::new();
        for part in header.split(',') {
            match part.trim().split_once('=') {
                Some(("t", seconds)) => at = Some(seconds),
                Some(("v1", signature)) if signatures.len() < MOST_SIGNATURES => {
                    signatures.extend(hex::decode(signature).ok());
                }
                _ => {}
            }
        }
        let at = at.ok_or(HookError::Signature)?;
        let seconds = at.parse().map_err(|_| HookError::Signature)?;
        if signatures.is_empty() {
            return Err(HookError::Signature);
        }
        Ok(Self {
            at,
            seconds,
            signatures,
        })
    }

    pub(super) fn verify(
        &self,
        body: &[u8],
        secrets: &[SecretString],
        now_seconds: i64,
    ) -> Result<(), HookError> {
        let is_signed = |secret: &SecretString| is_of(secret, self.at, body, &self.signatures);
        if !secrets.iter().any(is_signed) {
            return Err(HookError::Signature);
        }
        self.in_time(now_seconds)
    }

    fn in_time(&self, now_seconds: i64) -> Result<(), HookError> {
        if now_seconds.abs_diff(self.seconds) > TOLERANCE.unsigned_abs() {
            return Err(HookError::Time);
        }
        Ok(())
    }
}

/// Whether one of them is. Takes the same time for every signature, and reads the body once, however many there are:
/// anybody may send some.
fn is_of(secret: &SecretString, at: &str, body: &[u8], signatures: &[Vec<u8>]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return false;
    };
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    let mut signatures = signatures.iter();
    signatures.any(|signature| mac.clone().verify_slice(signature).is_ok())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// Made with `webhooks.generateTestHeaderString` of Stripe's own library for Node, 23.1.0.
    const VECTORS: [(&str, &str, i64, &str); 2] = [
        (
            r#"{"id":"evt_1","object":"event"}"#,
            "whsec_one",
            1_790_000_000,
            "t=1790000000,v1=c434d342b82d408faebefc65380da5c652150a3c8eb6caa39bba9da5237edfc5",
        ),
        (
            "{\"id\":\"evt_2\",\"name\":\"Zoë – 5 €\"}\n",
            "whsec_two",
            1_790_000_123,
            "t=1790000123,v1=476f80be9cb973897f74e06fbfbbb2132fbac83d2eb8d8d14fec7624034ce326",
        ),
    ];

    fn verify(
        header: &str,
        body: &[u8],
        secrets: &[SecretString],
        now_seconds: i64,
    ) -> Result<(), HookError> {
        Signed::read(header)?.verify(body, secrets, now_seconds)
    }

    fn secrets(texts: &[&str]) -> Vec<SecretString> {
        texts.iter().map(|text| SecretString::from(*text)).collect()
    }

    #[test]
    fn what_stripes_own_library_has_signed_is_taken() {
        for (body, secret, at, header) in VECTORS {
            let right = secrets(&[secret]);
            assert_eq!(verify(header, body.as_bytes(), &right, at), Ok(()));
            for second in ["whsec_other", secret] {
                let two = secrets(&["whsec_old", second]);
                let taken = verify(header, body.as_bytes(), &two, at).is_ok();
                assert_eq!(taken, second == secret, "{second}");
            }
        }
    }

    #[test]
    fn a_signature_of_another_body_time_or_secret_is_refused() {
        let (body, secret, at, header) = VECTORS[0];
        let right = secrets(&[secret]);
        let hex = header.split_once("v1=").unwrap().1;
        for (header, body) in [
            (header.to_owned(), "{\"id\":\"evt_1\",\"object\":\"Event\"}"),
            (header.to_owned(), ""),
            (format!("t={},v1={hex}", at + 1), body),
            (format!("v1={hex}"), body),
            (format!("t={at}"), body),
            (format!("t={at},v0={hex}"), body),
            (format!("t={at},v1={}", &hex[..62]), body),
            (format!("t={at},v1={}", hex.replace('c', "d")), body),
            (format!("t=,v1={hex}"), body),
            ("rubbish".to_owned(), body),
            (String::new(), body),
        ] {
            let told = verify(&header, body.as_bytes(), &right, at);
            assert_eq!(told, Err(HookError::Signature), "{header} {body}");
        }
    }

    #[test]
    fn one_right_signature_among_several_is_enough() {
        let (body, secret, at, header) = VECTORS[0];
        let hex = header.split_once("v1=").unwrap().1;
        let header = format!("t={at}, v1={},v0=1,v1=zz,v1={hex}", "0".repeat(64));
        let right = secrets(&[secret]);
        assert_eq!(verify(&header, body.as_bytes(), &right, at), Ok(()));
    }

    #[test]
    fn a_signature_is_good_for_five_minutes() {
        let (body, secret, at, header) = VECTORS[0];
        let right = secrets(&[secret]);
        for (late, told) in [
            (0, Ok(())),
            (300, Ok(())),
            (-300, Ok(())),
            (301, Err(HookError::Time)),
            (-301, Err(HookError::Time)),
        ] {
            let now = at + late;
            assert_eq!(verify(header, body.as_bytes(), &right, now), told, "{late}");
        }
    }

    #[test]
    fn what_cannot_be_signed_is_told_before_its_body_has_come() {
        let (_, _, at, header) = VECTORS[0];
        let told = |header: &str, at: i64| {
            let mut headers = HeaderMap::new();
            headers.insert("stripe-signature", HeaderValue::from_str(header).unwrap());
            may_be_signed(&headers, at * 1000)
        };
        assert_eq!(told(header, at + 300), Ok(()));
        assert_eq!(told(header, at + 301), Err(HookError::Time));
        for nothing in [
            "",
            "v1=00",
            "t=1790000000",
            "t=1790000000,v1=zz",
            "t=x,v1=00",
        ] {
            assert_eq!(told(nothing, at), Err(HookError::Signature), "{nothing}");
        }
        let none = may_be_signed(&HeaderMap::new(), at * 1000);
        assert_eq!(none, Err(HookError::Signature));
    }
}
