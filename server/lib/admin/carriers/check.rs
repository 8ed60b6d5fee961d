//! What was typed as a carrier, and what is wrong with it.

use std::collections::BTreeSet;

use app::{
    carriers::{Carrier, Carriers, MAX_CARRIERS, MAX_NAME, MAX_PATTERN, NUMBER, key},
    error::{FieldErrors, ShopResult},
    locale::locale,
    text::line_fault,
};
use desk::admin::carriers::types::CarrierForm;
use url::{Host, Url};

use super::text::Text;

/// The carriers, without rows that have no name; or everything that is wrong.
pub fn checked(typed: &[CarrierForm]) -> ShopResult<Carriers> {
    let text = Text::from(locale());
    let mut wrong = FieldErrors::default();
    let mut says = |at: usize, part: &str, message: String| {
        wrong.add(&format!("carriers[{at}][{part}]"), message);
    };
    let (mut carriers, mut names) = (Vec::new(), BTreeSet::new());
    for (at, form) in typed.iter().enumerate() {
        let (name, pattern) = (form.name.trim(), form.pattern.trim());
        if name.is_empty() && pattern.is_empty() {
            continue;
        }
        if at >= MAX_CARRIERS {
            says(at, "name", text.too_many(&MAX_CARRIERS.to_string()));
            break;
        }
        if name.is_empty() {
            says(at, "name", text.enter_a_name().to_owned());
        } else if let Some(fault) = line_fault(name, MAX_NAME) {
            says(at, "name", fault.words(MAX_NAME));
        } else if !names.insert(key(name)) {
            says(at, "name", text.named_twice().to_owned());
        }
        if !pattern.is_empty() && !is_pattern(pattern) {
            says(at, "pattern", text.enter_a_pattern(NUMBER));
        }
        carriers.push(Carrier {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
        });
    }
    wrong.or(Carriers(carriers))
}

/// An address of a website that a browser reaches safely, with one place for the number, behind the host.
fn is_pattern(pattern: &str) -> bool {
    let is_plain = pattern
        .chars()
        .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`'));
    let Some((before, after)) = pattern.split_once(NUMBER) else {
        return false;
    };
    if !is_plain || pattern.len() > MAX_PATTERN || after.contains(NUMBER) {
        return false;
    }
    // Two readings with other numbers: what differs must not be where the address leads.
    let read = |number: &str| Url::parse(&pattern.replace(NUMBER, number)).ok();
    let (Some(one), Some(other)) = (read("1"), read("Zz9")) else {
        return false;
    };
    before.starts_with("https://")
        && one.scheme() == "https"
        && one.origin() == other.origin()
        && one.username().is_empty()
        && one.password().is_none()
        && matches!(one.host(), Some(Host::Domain(host)) if host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carriers_that_a_shop_begins_with_pass() {
        let typed: Vec<_> = Carriers::default()
            .0
            .into_iter()
            .map(|carrier| CarrierForm {
                name: carrier.name,
                pattern: carrier.pattern,
            })
            .collect();
        assert_eq!(checked(&typed).unwrap(), Carriers::default());
    }

    #[test]
    fn a_pattern_is_an_address_with_one_place_behind_the_host() {
        for fine in [
            "https://post.example.com/{number}",
            "https://post.example.com:8443/track?n={number}&lang=en",
            "https://post.example.com#/{number}/show",
        ] {
            assert!(is_pattern(fine), "{fine}");
        }
        for wrong in [
            "http://post.example.com/{number}",
            "https://post.example.com/",
            "https://post.example.com/{number}/{number}",
            "https://{number}.example.com/",
            "https://{number}",
            "https://post.example.com{number}/",
            "https://post.example.com:{number}/",
            "https://someone@post.example.com/{number}",
            "https://127.0.0.1/{number}",
            "https://localhost/{number}",
            "javascript:alert({number})",
            "https://post.example.com/\"{number}",
            "https://post.example.com/ {number}",
            "//post.example.com/{number}",
            "{number}https://post.example.com/",
        ] {
            assert!(!is_pattern(wrong), "{wrong}");
        }
        let long = format!("https://post.example.com/{{number}}{}", "a".repeat(300));
        assert!(!is_pattern(&long));
    }

    fn fields(typed: &[(&str, &str)]) -> Vec<String> {
        let typed: Vec<_> = typed
            .iter()
            .map(|(name, pattern)| CarrierForm {
                name: (*name).to_owned(),
                pattern: (*pattern).to_owned(),
            })
            .collect();
        let error = checked(&typed).unwrap_err();
        error.fields.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let page = "https://post.example.com/{number}";
        assert_eq!(
            fields(&[("Post", page), ("", ""), ("", page), (" post ", "x")]),
            [
                "carriers[2][name]",
                "carriers[3][name]",
                "carriers[3][pattern]"
            ]
        );
        let many: Vec<_> = (0..31).map(|n| format!("Post {n}")).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(fields(&many), ["carriers[30][name]"]);
    }
}
