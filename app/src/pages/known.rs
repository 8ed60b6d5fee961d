//! What is known of the seller, in place of a template's gaps.

use super::templates::Template;
use crate::{locale::Locale, seller::Seller};

/// The template's text. Gaps that the seller's data fills are filled; the others are left to the owner.
pub fn filled(template: &Template, seller: &Seller) -> String {
    let known = known(template.language, seller);
    let known = known.iter().filter(|(_, value)| !value.is_empty());
    known.fold(template.body().to_owned(), |text, (gap, value)| {
        text.replace(&format!("[[{gap}]]"), value)
    })
}

/// Gaps as the templates of a language have them, with what belongs there.
fn known(language: Locale, seller: &Seller) -> [(&'static str, String); 10] {
    let address = seller.address(language);
    let values = [
        seller.name.clone(),
        seller.name.clone(),
        seller.street.clone(),
        seller.town(language),
        address,
        seller.represented_by.clone(),
        seller.phone.clone(),
        seller.email.clone(),
        seller.register.clone(),
        seller.vat_id.clone(),
    ];
    let [
        name,
        with_form,
        street,
        town,
        address,
        owner,
        phone,
        email,
        register,
        vat_id,
    ] = values;
    match language {
        Locale::En => [
            ("Company name", name),
            ("Company name and legal form", with_form),
            ("Street and number", street),
            ("Postal code, town and country", town),
            ("Full address", address),
            ("Name of the managing director or owner", owner),
            ("Telephone number", phone),
            ("E-mail address", email),
            ("Register and number, or remove this line", register),
            ("VAT identification number", vat_id),
        ],
        Locale::De => [
            ("Firma", name),
            ("Firma mit Rechtsform", with_form),
            ("Straße und Hausnummer", street),
            ("Postleitzahl, Ort und Land", town),
            ("Vollständige Anschrift", address),
            ("Name der Geschäftsführung oder Inhaberin/Inhaber", owner),
            ("Telefonnummer", phone),
            ("E-Mail-Adresse", email),
            (
                "Registergericht und Registernummer, oder Zeile entfernen",
                register,
            ),
            ("USt-IdNr.", vat_id),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::{gaps::gaps, templates::of, types::PageKind};

    fn seller() -> Seller {
        let text = |text: &str| text.to_owned();
        Seller {
            name: text("Seilerei Förde GmbH"),
            represented_by: text("Kim Muster"),
            street: text("Kai 1"),
            postal_code: text("24103"),
            city: text("Kiel"),
            country: text("DE"),
            register: text("Amtsgericht Kiel, HRB 1"),
            vat_id: text("DE000000000"),
            email: text("kontakt@shop.test"),
            phone: text("+49 431 0"),
        }
    }

    #[test]
    fn what_is_known_is_no_gap_any_more() {
        for language in Locale::ALL {
            let imprint = of(PageKind::Imprint, language).unwrap();
            let text = filled(imprint, &seller());
            // What nobody but the owner can say.
            assert_eq!(gaps(&[&text]).len(), 1, "{language:?}: {text}");
            for value in ["Kai 1", "24103 Kiel", "HRB 1", "DE000000000", "+49 431 0"] {
                assert!(text.contains(value), "{value} in {text}");
            }
            let unknown = filled(imprint, &Seller::default());
            assert_eq!(unknown, imprint.body());
        }
    }

    #[test]
    fn every_gap_that_is_known_is_in_a_template() {
        for language in Locale::ALL {
            let texts: Vec<_> = PageKind::ALL
                .into_iter()
                .filter_map(|kind| of(kind, language))
                .map(Template::body)
                .collect();
            let there = gaps(&texts);
            for (gap, _) in known(language, &seller()) {
                assert!(there.iter().any(|known| known == gap), "{gap}");
            }
        }
    }
}
