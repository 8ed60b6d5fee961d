//! Who sells: said where the law asks for it, and at the end of e-mails.

mod text {
    include!(concat!(env!("OUT_DIR"), "/seller_text.rs"));
}

use serde::{Deserialize, Serialize};

use crate::{
    countries::{is_in_eu, name_in},
    locale::Locale,
};

/// The seller's data as the owner has entered it; what is empty is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seller {
    /// With its legal form.
    pub name: String,
    pub represented_by: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Register and number, such as `Amtsgericht Kiel, HRB 1234`.
    pub register: String,
    pub vat_id: String,
    pub email: String,
    pub phone: String,
}

impl Seller {
    /// Whether there is all that every seller has. Not everyone is in a register, has a VAT id or
    /// someone who represents them, and some countries have no postal codes.
    pub fn is_complete(&self) -> bool {
        let of_everyone = [
            &self.name,
            &self.street,
            &self.city,
            &self.country,
            &self.email,
        ];
        of_everyone.iter().all(|text| !text.is_empty())
    }

    pub fn is_in_eu(&self) -> bool {
        is_in_eu(&self.country)
    }

    /// `24103 Kiel, Germany`
    pub fn town(&self, language: Locale) -> String {
        let town = joined(" ", &[&self.postal_code, &self.city]);
        let country = name_in(&self.country, language).unwrap_or_default();
        joined(", ", &[&town, country])
    }

    /// Street and town in one line.
    pub fn address(&self, language: Locale) -> String {
        joined(", ", &[&self.street, &self.town(language)])
    }
}

impl Seller {
    /// Who it is, a line for each fact that is known; nothing without a name.
    pub fn lines(&self, language: Locale) -> Vec<String> {
        if self.name.is_empty() {
            return Vec::new();
        }
        let vat_id = match self.vat_id.as_str() {
            "" => String::new(),
            id => text::Text::from(language).vat_id(id),
        };
        let lines = [
            self.name.clone(),
            self.represented_by.clone(),
            self.address(language),
            joined(", ", &[&self.email, &self.phone]),
            self.register.clone(),
            vat_id,
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }
}

/// Those that are not empty.
fn joined(between: &str, texts: &[&str]) -> String {
    let texts = texts.iter().copied().filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_leaves_no_gap_in_an_address() {
        let mut seller = Seller {
            street: "Kai 1".to_owned(),
            city: "Kiel".to_owned(),
            ..Seller::default()
        };
        let address = |seller: &Seller| seller.address(Locale::En);
        assert_eq!(address(&seller), "Kai 1, Kiel");
        seller.postal_code = "24103".to_owned();
        seller.country = "DE".to_owned();
        assert_eq!(address(&seller), "Kai 1, 24103 Kiel, Germany");
        assert_eq!(seller.town(Locale::De), "24103 Kiel, Deutschland");
        assert_eq!(address(&Seller::default()), "");
    }

    #[test]
    fn nothing_is_said_of_what_is_not_known() {
        let mut seller = Seller {
            city: "Kiel".to_owned(),
            ..Seller::default()
        };
        assert_eq!(seller.lines(Locale::En), [""; 0]);
        seller.name = "Ropery".to_owned();
        seller.email = "a@shop.test".to_owned();
        assert_eq!(seller.lines(Locale::En), ["Ropery", "Kiel", "a@shop.test"]);
        seller.vat_id = "DE0".to_owned();
        let last = seller.lines(Locale::De).pop();
        assert_eq!(last.as_deref(), Some("USt-IdNr.: DE0"));
    }

    #[test]
    fn data_is_complete_without_what_not_everyone_has() {
        let text = |text: &str| text.to_owned();
        let seller = Seller {
            name: text("Ropery Ltd"),
            street: text("Quay 1"),
            city: text("Cork"),
            country: text("IE"),
            email: text("a@shop.test"),
            ..Seller::default()
        };
        assert!(seller.is_complete() && seller.is_in_eu());
        for missing in [
            Seller {
                name: String::new(),
                ..seller.clone()
            },
            Seller {
                street: String::new(),
                ..seller.clone()
            },
            Seller {
                city: String::new(),
                ..seller.clone()
            },
            Seller {
                country: String::new(),
                ..seller.clone()
            },
            Seller {
                email: String::new(),
                ..seller.clone()
            },
        ] {
            assert!(!missing.is_complete());
        }
        let swiss = Seller {
            country: text("CH"),
            ..seller
        };
        assert!(swiss.is_complete() && !swiss.is_in_eu());
        assert!(!Seller::default().is_in_eu());
    }
}
