//! Names: ids that sort by time, secrets nobody can guess, keys of forms.

use app::error::{ShopError, ShopResult};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac, digest::InvalidLength};
use rand::Rng;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// A UUIDv7: unique, and close in the index to what was made at the same time.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Whether a text from outside may be one of our ids.
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// 256 random bits for cookies and addresses.
pub fn new_secret() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// 96 random bits for an address, of what is found by another secret, too.
pub fn new_short_key() -> String {
    let mut bytes = [0u8; 12];
    rand::rng().fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether a text from outside has the form of [`new_short_key`].
pub fn is_short_key(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(is_url_safe)
}

/// A secret that begins with the time: unique ones of an hour lie side by side in an index. 208 bits of it
/// are random.
pub fn new_checkout_key() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill(&mut bytes);
    bytes[..6].copy_from_slice(&uuid::Uuid::now_v7().as_bytes()[..6]);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Behind its time, what tells a cart's token of today from one of before, which is random from the first bit:
/// one in 2^40 of those has it by chance.
pub const CART_MARK: [u8; 5] = *b"cart1";
/// Bytes of the time that such a token begins with.
const CART_TIME: usize = 6;
/// Characters that all tokens of one cart begin with: the time, the mark and 56 random bits.
const CART_LINE: usize = 24;

/// A guest's cart's token: the time, the mark and 168 random bits, in the form of any secret.
pub fn new_cart_token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill(&mut bytes);
    let mark = CART_TIME..CART_TIME + CART_MARK.len();
    bytes[..CART_TIME].copy_from_slice(&uuid::Uuid::now_v7().as_bytes()[..CART_TIME]);
    bytes[mark].copy_from_slice(&CART_MARK);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Another token for the cart of this one: 112 bits of it are random, and it is of one line with it.
pub fn renewed_cart_token(token: &str) -> String {
    let new = new_cart_token();
    match (cart_line(token), new.get(CART_LINE..)) {
        (line, Some(rest)) if line.len() == CART_LINE => format!("{line}{rest}"),
        _ => new,
    }
}

/// What tokens of one cart have in common, however often it gets a new one: by it is counted how fast someone
/// is. Of a token of before, and of an account's cart, all of it.
pub fn cart_line(token: &str) -> &str {
    match token.get(..CART_LINE) {
        Some(line) if begins_with_its_time(token) => line,
        _ => token,
    }
}

/// Whether a cart's token is one of [`new_cart_token`]'s.
pub fn begins_with_its_time(token: &str) -> bool {
    let mark = CART_TIME..CART_TIME + CART_MARK.len();
    let decoded = BASE64_URL_SAFE_NO_PAD.decode(token);
    decoded.is_ok_and(|bytes| bytes.get(mark) == Some(&CART_MARK[..]))
}

/// What opens an order for those who have its link: the order's id, by which it is found, and 128 random
/// bits. It has the form of [`new_secret`].
pub fn new_order_token(order_id: &str) -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill(&mut bytes);
    if let Ok(id) = uuid::Uuid::try_parse(order_id) {
        bytes[..16].copy_from_slice(id.as_bytes());
    }
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The id of the order that a token may open, if it is one of [`new_order_token`]'s: the order's own token
/// is to be compared. Of another one it is some id that no order has.
pub fn order_of_token(token: &str) -> Option<String> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let id = uuid::Uuid::from_slice(bytes.get(..16)?).ok()?;
    Some(id.to_string())
}

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
pub fn is_same_secret(one: &str, other: &str) -> bool {
    Sha256::digest(one.as_bytes()) == Sha256::digest(other.as_bytes())
}

/// Whether a text from outside has the form of [`new_secret`].
pub fn is_secret(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(is_url_safe)
}

const fn is_url_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Shortest and longest key of a form, in bytes.
const MIN_FORM_KEY: usize = 16;
const MAX_FORM_KEY: usize = 64;

/// By what a form is known again that is sent twice, from its field `key`. Programs may send none.
pub fn form_key(key: &str) -> ShopResult<Option<&str>> {
    match key.len() {
        0 => Ok(None),
        MIN_FORM_KEY..=MAX_FORM_KEY => Ok(Some(key)),
        _ => Err(ShopError::field(
            "key",
            format!("Send a key of {MIN_FORM_KEY} to {MAX_FORM_KEY} characters, or none."),
        )),
    }
}

/// What is stored of a secret. It has 256 random bits, so a plain hash is enough.
pub fn hash_secret(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

/// Each order makes five such texts: `hex` puts them together letter by letter.
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(*byte));
    }
    text
}

/// What a secret key of the shop's makes of a text, in 32 hexadecimal digits: nobody without the key can find
/// out whose it is by trying.
pub fn keyed_hash(key: &str, text: &str) -> Result<String, InvalidLength> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())?;
    mac.update(text.as_bytes());
    Ok(hexadecimal(&mac.finalize().into_bytes()[..16]))
}

/// What people read out and type: Crockford's base 32, without letters that look like others.
const DIGITS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// So many of these digits, each with five random bits.
pub fn random_digits(count: usize) -> String {
    let mut rng = rand::rng();
    let digits = DIGITS.as_bytes();
    (0..count)
        .map(|_| digits[rng.random_range(0..digits.len())] as char)
        .collect()
}

/// The digit that a person means: in capital or small letters, `O` for 0, `I` and `L` for 1.
pub fn digit(typed: char) -> Option<char> {
    let digit = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    DIGITS.contains(digit).then_some(digit)
}

/// What every order number begins with, and how many digits follow.
const ORDER_PREFIX: &str = "HF";
const ORDER_LENGTH: usize = 10;

/// `HF-7K3MQ-9Q2XA`: short enough to read out, 50 random bits, no letters that look like digits.
pub fn new_order_number() -> String {
    format!("{ORDER_PREFIX}-{}-{}", random_digits(5), random_digits(5))
}

/// The order number that a person means: with or without `HF`, hyphens, blanks and `#`, in capital or
/// small letters of any width, `O` for 0, `I` and `L` for 1. `None` if it can be none.
pub fn order_number(typed: &str) -> Option<String> {
    let digits = order_digits(typed)?;
    let digits = match digits.strip_prefix(ORDER_PREFIX) {
        Some(rest) if rest.len() == ORDER_LENGTH => rest,
        _ => digits.as_str(),
    };
    (digits.len() == ORDER_LENGTH)
        .then(|| format!("{ORDER_PREFIX}-{}-{}", &digits[..5], &digits[5..]))
}

/// What of a typed text could be in an order number, without its hyphens. `None` if something could
/// not, or nothing is left.
pub fn order_digits(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(|c| c.is_alphanumeric()).nfkc();
    let digits: Option<String> = letters.flat_map(char::to_uppercase).map(digit).collect();
    digits.filter(|digits| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_number_is_known_however_it_is_typed() {
        for typed in [
            "HF-7K3M0-9Q21A",
            "hf-7k3m0-9q21a",
            "7K3M0-9Q21A",
            "7k3m09q21a",
            " # HF 7K3M0 9Q21A ",
            "#HF-7K3MO-9Q2LA",
            "hf7k3mo9q2ia",
            "HF–7K3M0–9Q21A",
            "HF\u{2011}7K3M0\u{2212}9Q21A",
            "ＨＦ－７Ｋ３Ｍ０－９Ｑ２１Ａ",
        ] {
            let known = order_number(typed);
            assert_eq!(known.as_deref(), Some("HF-7K3M0-9Q21A"), "{typed}");
        }
        // Ten digits may begin with the letters of the prefix.
        assert_eq!(
            order_number("HF7K3-M09Q2").as_deref(),
            Some("HF-HF7K3-M09Q2")
        );
        for other in [
            "",
            "-",
            "HF",
            "HF-7K3M0-9Q21",
            "HF-7K3M0-9Q21A-1",
            "7K3MU9Q21A",
            "é",
        ] {
            assert_eq!(order_number(other), None, "{other}");
        }
        let new = new_order_number();
        assert_eq!(order_number(&new), Some(new));
    }

    #[test]
    fn secrets_and_ids_are_recognised_and_others_are_not() {
        assert!(is_secret(&new_secret()));
        assert!(is_id(&new_id()));
        for bad in ["", "x", "'; DROP TABLE carts; --", &"é".repeat(43)] {
            assert!(!is_secret(bad) && !is_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_token_leads_to_its_order_and_is_as_long_as_any_secret() {
        let id = new_id();
        let (token, other) = (new_order_token(&id), new_order_token(&id));
        assert!(is_secret(&token) && token != other);
        assert_eq!(order_of_token(&token), Some(id));
        assert!(is_same_secret(&token, &token) && !is_same_secret(&token, &other));
        for bad in ["", "x", "'; DROP TABLE orders; --", "é"] {
            assert_eq!(order_of_token(bad), None, "{bad}");
        }
    }

    #[test]
    fn checkout_keys_begin_with_their_time() {
        let time_of = |key: &str| BASE64_URL_SAFE_NO_PAD.decode(key).unwrap()[..6].to_vec();
        let before = uuid::Uuid::now_v7().as_bytes()[..6].to_vec();
        let keys = [new_checkout_key(), new_checkout_key()];
        let after = uuid::Uuid::now_v7().as_bytes()[..6].to_vec();
        assert!(keys.iter().all(|key| is_secret(key)) && keys[0] != keys[1]);
        for key in keys {
            assert!((&before..=&after).contains(&&time_of(&key)), "{key}");
        }
    }

    #[test]
    fn a_hash_is_written_as_everybody_writes_it() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(hexadecimal(&all), hex::encode(&all));
    }

    #[test]
    fn a_form_has_a_key_of_some_length_or_none() {
        assert_eq!(form_key(""), Ok(None));
        let own = new_secret();
        assert_eq!(form_key(&own), Ok(Some(own.as_str())));
        for (length, is_one) in [(15, false), (16, true), (64, true), (65, false)] {
            let key = "k".repeat(length);
            assert_eq!(form_key(&key).is_ok(), is_one, "{length}");
        }
    }
}
