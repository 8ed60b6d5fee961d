//! An address, as it is written on a parcel.

use leptos::prelude::*;

use super::Contact;
use crate::countries::local_name;

/// An address as it is written on the parcel.
pub fn address(contact: &Contact) -> impl IntoView + use<> {
    joined(address_lines(contact))
}

/// The same with a company below the name, if there is one.
pub fn company_address(company: &str, contact: &Contact) -> impl IntoView + use<> {
    joined(company_lines(company, contact))
}

/// The same, line by line.
pub fn company_lines(company: &str, contact: &Contact) -> Vec<String> {
    let mut lines = address_lines(contact);
    if !company.trim().is_empty() {
        let names = usize::from(!contact.name.trim().is_empty());
        lines.insert(names, company.to_owned());
    }
    lines
}

fn joined(lines: Vec<String>) -> impl IntoView {
    let lines: Vec<_> = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| view! { {(at > 0).then(|| view! { <br/> })} {line} })
        .collect();
    view! { <address>{lines}</address> }
}

/// An address as it is written on the parcel, line by line.
pub fn address_lines(contact: &Contact) -> Vec<String> {
    let Contact {
        postal_code,
        city,
        state,
        country,
        ..
    } = contact;
    let (town, below) = match country.as_str() {
        "US" => (format!("{city}, {state} {postal_code}"), ""),
        "AU" | "CA" => (format!("{city} {state} {postal_code}"), ""),
        _ => (format!("{postal_code} {city}"), state.as_str()),
    };
    // An erased address has a country only.
    let town = town.trim_matches([' ', ',']).replace("  ", " ");
    let country = local_name(country).unwrap_or(country);
    [
        contact.name.as_str(),
        contact.address_line1.as_str(),
        contact.address_line2.as_str(),
        town.as_str(),
        below,
        country,
    ]
    .into_iter()
    .filter(|line| !line.trim().is_empty())
    .map(str::to_owned)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_as_it_does_in_its_country() {
        let contact = Contact {
            name: "Kim Marten".to_owned(),
            address_line1: "350 Fifth Avenue".to_owned(),
            postal_code: "10118".to_owned(),
            city: "New York".to_owned(),
            state: "NY".to_owned(),
            country: "US".to_owned(),
            ..Contact::default()
        };
        assert_eq!(
            address_lines(&contact),
            [
                "Kim Marten",
                "350 Fifth Avenue",
                "New York, NY 10118",
                "United States"
            ]
        );
        let tokyo = Contact {
            country: "JP".to_owned(),
            city: "Chiyoda".to_owned(),
            state: "Tokyo".to_owned(),
            postal_code: "100-0001".to_owned(),
            ..contact.clone()
        };
        assert_eq!(
            address_lines(&tokyo)[2..],
            ["100-0001 Chiyoda", "Tokyo", "Japan"]
        );
        let dublin = Contact {
            country: "IE".to_owned(),
            city: "Dublin".to_owned(),
            state: String::new(),
            postal_code: String::new(),
            ..contact
        };
        assert_eq!(address_lines(&dublin)[2..], ["Dublin", "Ireland"]);
        let erased = Contact {
            name: "Erased".to_owned(),
            country: "US".to_owned(),
            ..Contact::default()
        };
        assert_eq!(address_lines(&erased), ["Erased", "United States"]);
    }
}
