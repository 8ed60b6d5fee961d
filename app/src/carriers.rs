//! Who delivers parcels, and where one of theirs can be followed.

use serde::{Deserialize, Serialize};

/// Carriers at most.
pub const MAX_CARRIERS: usize = 30;
/// Longest name, in characters; what an order has of it is as long.
pub const MAX_NAME: usize = 80;
/// Longest pattern, in characters.
pub const MAX_PATTERN: usize = 300;
/// What a pattern has in place of the number of a parcel.
pub const NUMBER: &str = "{number}";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    pub name: String,
    /// The address of its page for a parcel, with [`NUMBER`] in it; empty if it has none.
    pub pattern: String,
}

/// Those that are offered; on an order any other name will do as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carriers(pub Vec<Carrier>);

impl Default for Carriers {
    fn default() -> Self {
        let carrier = |(name, pattern): (&str, &str)| Carrier {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
        };
        Self(KNOWN.map(carrier).to_vec())
    }
}

/// Those of a shop whose owner has not changed them. The migration has them as well.
const KNOWN: [(&str, &str); 8] = [
    (
        "DHL",
        "https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
    ),
    ("DPD", "https://tracking.dpd.de/parcelstatus?query={number}"),
    (
        "GLS",
        "https://gls-group.eu/EU/en/parcel-tracking?match={number}",
    ),
    ("UPS", "https://www.ups.com/track?tracknum={number}"),
    ("FedEx", "https://www.fedex.com/fedextrack/?trknbr={number}"),
    (
        "USPS",
        "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    ),
    (
        "Hermes",
        "https://tracking.hermesworld.com/?TrackID={number}",
    ),
    (
        "Royal Mail",
        "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    ),
];

impl Carriers {
    /// The carrier's page for a parcel, if there is one.
    pub fn link(&self, carrier: &str, number: &str) -> Option<String> {
        let wanted = key(carrier);
        let known = self.0.iter().find(|known| key(&known.name) == wanted)?;
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        if known.pattern.is_empty() || number.is_empty() {
            return None;
        }
        Some(known.pattern.replace(NUMBER, &encoded(&number)))
    }
}

/// Two names with the same key are the same carrier.
pub fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// So that a number cannot leave its place in an address, wherever in it that is.
fn encoded(number: &str) -> String {
    number
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_carrier_that_a_shop_begins_with_has_a_page() {
        let carriers = Carriers::default();
        for carrier in &carriers.0 {
            assert_eq!(carrier.pattern.matches(NUMBER).count(), 1);
            let link = carriers.link(&carrier.name, " AB 123456785 GB ");
            let link = link.unwrap_or_default();
            assert!(link.starts_with("https://"), "{}", carrier.name);
            assert!(link.ends_with("AB123456785GB"), "{link}");
        }
    }

    #[test]
    fn a_number_cannot_leave_its_place_in_the_address() {
        let carriers = Carriers::default();
        let link = |carrier: &str, number: &str| carriers.link(carrier, number);
        assert_eq!(
            link(" ups", "1Z 9&x=\"><").as_deref(),
            Some("https://www.ups.com/track?tracknum=1Z9%26x%3D%22%3E%3C")
        );
        assert_eq!(link("UPS", " "), None);
        assert_eq!(
            link("Royal Mail", "AB/../x").as_deref(),
            Some("https://www.royalmail.com/track-your-item#/tracking-results/AB%2F%2E%2E%2Fx")
        );
        assert_eq!(link("javascript:alert(1)", "1"), None);
    }

    #[test]
    fn a_carrier_without_a_page_has_no_link() {
        let carriers = Carriers(vec![Carrier {
            name: "The van".to_owned(),
            pattern: String::new(),
        }]);
        assert_eq!(carriers.link("the van", "7"), None);
        assert_eq!(carriers.link("DHL", "7"), None);
    }
}
