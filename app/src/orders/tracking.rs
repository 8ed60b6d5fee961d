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
    let (page, name) = match parcel.carrier.trim().to_lowercase().as_str() {
        "dhl" => (
            "https://www.dhl.com/global-en/home/tracking.html",
            "tracking-id",
        ),
        "ups" => ("https://www.ups.com/track", "tracknum"),
        "fedex" => ("https://www.fedex.com/fedextrack/", "trknbr"),
        "usps" => ("https://tools.usps.com/go/TrackConfirmAction", "tLabels"),
        _ => return None,
    };
    let number = parcel.tracking_number.trim();
    (!number.is_empty())
        .then(|| format!("{page}?{}", encode(&[(name.to_owned(), number.to_owned())])))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(link("javascript:alert(1)", "1"), None);
    }
}
