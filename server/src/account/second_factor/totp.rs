//! Codes of an authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is
//! what every app takes.

use app::account::second_factor::types::{Qr, SetUp};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcode::{Color, QrCode};
use rand::Rng;
use totp_rs::{Builder, Secret, Totp};

use crate::error::{Error, Result};

/// Longest part of the shop's name that an app is told, in characters: the picture gets no larger.
const MAX_ISSUER: usize = 30;

/// A new secret, 160 random bits in base32.
pub fn new_secret() -> String {
    let mut bytes = [0u8; 20];
    rand::rng().fill(&mut bytes);
    Secret::new_stack(bytes).to_base32()
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    // The defaults are the ones above, with one step more to either side for clocks that differ.
    Builder::new().with_secret(secret).build().ok()
}

/// The step whose code this is, if it is the present one, the one before or the one after. `now` in
/// milliseconds since 1970; a code may be typed in groups.
pub fn step_of(secret: &str, code: &str, now: i64) -> Option<i64> {
    let digits: String = code
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect();
    let seconds = u64::try_from(now / 1000).ok()?;
    let step = totp(secret)?.check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// What an app needs to know, in the forms it takes.
pub fn set_up(secret: &str, email: &str, shop: &str) -> Result<SetUp> {
    // A colon parts the two names.
    let shop: String = shop
        .chars()
        .filter(|c| *c != ':')
        .take(MAX_ISSUER)
        .collect();
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (issuer, name) = (encode(&shop), encode(email));
    let address = format!(
        "otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}\
         &algorithm=SHA1&digits=6&period=30"
    );
    Ok(SetUp {
        qr: qr(&address)?,
        secret: secret.to_owned(),
        address,
    })
}

fn qr(text: &str) -> Result<Qr> {
    let code = QrCode::new(text)
        .map_err(|error| Error::Invariant(format!("no QR code of an address: {error:?}")))?;
    let size = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(size).enumerate() {
        let mut from = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            let length = run.len();
            if run.first() == Some(&Color::Dark) {
                path.push_str(&format!("M{from} {row}h{length}v1h-{length}z"));
            }
            from += length;
        }
    }
    Ok(Qr { size, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B: `12345678901234567890` in base32.
    const OF_THE_RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// The last six of the RFC's eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_of(OF_THE_RFC, code, seconds * 1000);
            assert_eq!(step, Some(seconds / 30), "{seconds}");
        }
    }

    /// Worked out by pyotp 2.12.1: `pyotp.TOTP(secret).at(seconds)`.
    #[test]
    fn codes_are_those_of_another_implementation() {
        for (secret, seconds, code) in [
            ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 0, "702218"),
            ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 1_760_000_000, "325812"),
            ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1_760_000_000, "466049"),
            ("MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", 1_799_999_999, "721260"),
            ("MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", 4_102_444_800, "342738"),
        ] {
            let step = step_of(secret, code, seconds * 1000);
            assert_eq!(step, Some(seconds / 30), "{secret} at {seconds}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_before_and_after_its_own() {
        let step = 1_760_000_010 / 30;
        let code = totp(OF_THE_RFC).unwrap().generate(step as u64 * 30);
        let code = code.to_string();
        let at = |seconds: i64| step_of(OF_THE_RFC, &code, seconds * 1000);
        let begins = step * 30;
        assert_eq!(at(begins - 31), None);
        for seconds in [begins - 30, begins, begins + 29, begins + 59] {
            assert_eq!(at(seconds), Some(step), "{seconds}");
        }
        assert_eq!(at(begins + 60), None);
        let grouped = format!(" {} {}-{}", &code[..2], &code[2..4], &code[4..]);
        assert_eq!(step_of(OF_THE_RFC, &grouped, begins * 1000), Some(step));
        for other in ["", "12345", "1234567", "abcdef", "+12345", "１２３４５６"] {
            assert_eq!(step_of(OF_THE_RFC, other, begins * 1000), None, "{other}");
        }
        assert_eq!(step_of("no secret", &code, begins * 1000), None);
        assert_eq!(step_of(OF_THE_RFC, &code, -begins * 1000), None);
    }

    #[test]
    fn an_app_is_told_whose_secret_it_is() {
        let secret = new_secret();
        assert_ne!(secret, new_secret());
        assert_eq!(secret.len(), 32);
        let told = set_up(&secret, "kim+shop@mill.example", "Rope: & Co").unwrap();
        let names = "Rope%20%26%20Co:kim%2Bshop%40mill%2Eexample";
        let expected = format!(
            "otpauth://totp/{names}?secret={secret}&issuer=Rope%20%26%20Co\
             &algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(told.address, expected);
        // A QR code begins with the corner that readers look for.
        assert!(told.qr.path.starts_with("M0 0h7v1h-7z"), "{}", told.qr.path);
        assert!((21..=177).contains(&told.qr.size));
        let longest = set_up(&secret, &"é".repeat(127), &"ß".repeat(60));
        longest.expect("the longest names have room");
    }
}
