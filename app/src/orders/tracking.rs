//! Where a parcel can be followed.

use super::types::Parcel;
use crate::catalog::query::encode;

/// Carriers that are offered; any other name will do as well.
pub const CARRIERS: [&str; 8] = [
    "DHL",
    "DPD",
    "GLS",
    "UPS",
    "FedEx",
    "USPS",
    "Hermes",
    "Royal Mail",
];

/// The carrier's page for a parcel, where we know how its address is made.
pub fn tracking_link(parcel: &Parcel) -> Option<String> {
    let number = parcel.tracking_number.trim();
    if number.is_empty() {
        return None;
    }
    let (page, name) = match parcel.carrier.trim().to_lowercase().as_str() {
        "dhl" => (
            "https://www.dhl.com/global-en/home/tracking.html",
            "tracking-id",
        ),
        "dpd" => ("https://tracking.dpd.de/parcelstatus", "query"),
        "fedex" => ("https://www.fedex.com/fedextrack/", "trknbr"),
        "gls" => ("https://gls-group.eu/EU/en/parcel-tracking", "match"),
        "hermes" => ("https://tracking.hermesworld.com/", "TrackID"),
        "royal mail" => return royal_mail(number),
        "ups" => ("https://www.ups.com/track", "tracknum"),
        "usps" => ("https://tools.usps.com/go/TrackConfirmAction", "tLabels"),
        _ => return None,
    };
    let query = encode(&[(name.to_owned(), number.to_owned())]);
    Some(format!("{page}?{query}"))
}

/// Its page reads the number behind a hash, where nothing but letters and digits is safe.
fn royal_mail(number: &str) -> Option<String> {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    number
        .bytes()
        .all(|b| b.is_ascii_alphanumeric())
        .then(|| format!("https://www.royalmail.com/track-your-item#/tracking-results/{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_carrier_that_is_offered_has_a_page() {
        for carrier in CARRIERS {
            let link = tracking_link(&Parcel {
                carrier: carrier.to_owned(),
                tracking_number: " AB 123456785 GB ".to_owned(),
            });
            let link = link.unwrap_or_default();
            assert!(link.starts_with("https://"), "{carrier}");
            assert!(link.contains("AB"), "{carrier}: {link}");
        }
    }

    #[test]
    fn a_number_cannot_leave_its_place_in_the_address() {
        let link = |carrier: &str, number: &str| {
            tracking_link(&Parcel {
                carrier: carrier.to_owned(),
                tracking_number: number.to_owned(),
            })
        };
        assert_eq!(
            link(" ups", "1Z 9&x=\"><").as_deref(),
            Some("https://www.ups.com/track?tracknum=1Z+9%26x%3D%22%3E%3C")
        );
        assert_eq!(link("UPS", " "), None);
        assert_eq!(link("Royal Mail", "AB/../x"), None);
        assert_eq!(link("javascript:alert(1)", "1"), None);
    }
}
