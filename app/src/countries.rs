//! Countries there are, and those a shop delivers to.

mod german;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    error::FieldError,
    faults::text::Text,
    locale::{Locale, locale},
};

/// Countries an owner thinks of together.
pub struct Region {
    /// As forms send it.
    pub id: &'static str,
    /// Codes and names, in the order of the alphabet.
    pub countries: &'static [(&'static str, &'static str)],
}

/// The 249 codes of ISO 3166-1, and XK, under which carriers deliver to Kosovo.
pub static REGIONS: [Region; 7] = [
    Region {
        id: "eu",
        countries: &[
            ("AT", "Austria"),
            ("BE", "Belgium"),
            ("BG", "Bulgaria"),
            ("HR", "Croatia"),
            ("CY", "Cyprus"),
            ("CZ", "Czechia"),
            ("DK", "Denmark"),
            ("EE", "Estonia"),
            ("FI", "Finland"),
            ("FR", "France"),
            ("DE", "Germany"),
            ("GR", "Greece"),
            ("HU", "Hungary"),
            ("IE", "Ireland"),
            ("IT", "Italy"),
            ("LV", "Latvia"),
            ("LT", "Lithuania"),
            ("LU", "Luxembourg"),
            ("MT", "Malta"),
            ("NL", "Netherlands"),
            ("PL", "Poland"),
            ("PT", "Portugal"),
            ("RO", "Romania"),
            ("SK", "Slovakia"),
            ("SI", "Slovenia"),
            ("ES", "Spain"),
            ("SE", "Sweden"),
        ],
    },
    Region {
        id: "europe",
        countries: &[
            ("AX", "Åland Islands"),
            ("AL", "Albania"),
            ("AD", "Andorra"),
            ("BY", "Belarus"),
            ("BA", "Bosnia and Herzegovina"),
            ("FO", "Faroe Islands"),
            ("GI", "Gibraltar"),
            ("GG", "Guernsey"),
            ("IS", "Iceland"),
            ("IM", "Isle of Man"),
            ("JE", "Jersey"),
            ("XK", "Kosovo"),
            ("LI", "Liechtenstein"),
            ("MD", "Moldova"),
            ("MC", "Monaco"),
            ("ME", "Montenegro"),
            ("MK", "North Macedonia"),
            ("NO", "Norway"),
            ("RU", "Russia"),
            ("SM", "San Marino"),
            ("RS", "Serbia"),
            ("SJ", "Svalbard and Jan Mayen"),
            ("CH", "Switzerland"),
            ("UA", "Ukraine"),
            ("GB", "United Kingdom"),
            ("VA", "Vatican City"),
        ],
    },
    Region {
        id: "north-america",
        countries: &[
            ("AI", "Anguilla"),
            ("AG", "Antigua and Barbuda"),
            ("AW", "Aruba"),
            ("BS", "Bahamas"),
            ("BB", "Barbados"),
            ("BZ", "Belize"),
            ("BM", "Bermuda"),
            ("VG", "British Virgin Islands"),
            ("CA", "Canada"),
            ("BQ", "Caribbean Netherlands"),
            ("KY", "Cayman Islands"),
            ("CR", "Costa Rica"),
            ("CU", "Cuba"),
            ("CW", "Curaçao"),
            ("DM", "Dominica"),
            ("DO", "Dominican Republic"),
            ("SV", "El Salvador"),
            ("GL", "Greenland"),
            ("GD", "Grenada"),
            ("GP", "Guadeloupe"),
            ("GT", "Guatemala"),
            ("HT", "Haiti"),
            ("HN", "Honduras"),
            ("JM", "Jamaica"),
            ("MQ", "Martinique"),
            ("MX", "Mexico"),
            ("MS", "Montserrat"),
            ("NI", "Nicaragua"),
            ("PA", "Panama"),
            ("PR", "Puerto Rico"),
            ("SX", "Sint Maarten"),
            ("BL", "St. Barthélemy"),
            ("KN", "St. Kitts and Nevis"),
            ("LC", "St. Lucia"),
            ("MF", "St. Martin"),
            ("PM", "St. Pierre and Miquelon"),
            ("VC", "St. Vincent and the Grenadines"),
            ("TT", "Trinidad and Tobago"),
            ("TC", "Turks and Caicos Islands"),
            ("VI", "U.S. Virgin Islands"),
            ("US", "United States"),
        ],
    },
    Region {
        id: "south-america",
        countries: &[
            ("AR", "Argentina"),
            ("BO", "Bolivia"),
            ("BR", "Brazil"),
            ("CL", "Chile"),
            ("CO", "Colombia"),
            ("EC", "Ecuador"),
            ("FK", "Falkland Islands"),
            ("GF", "French Guiana"),
            ("GY", "Guyana"),
            ("PY", "Paraguay"),
            ("PE", "Peru"),
            ("GS", "South Georgia and South Sandwich Islands"),
            ("SR", "Suriname"),
            ("UY", "Uruguay"),
            ("VE", "Venezuela"),
        ],
    },
    Region {
        id: "asia",
        countries: &[
            ("AF", "Afghanistan"),
            ("AM", "Armenia"),
            ("AZ", "Azerbaijan"),
            ("BH", "Bahrain"),
            ("BD", "Bangladesh"),
            ("BT", "Bhutan"),
            ("IO", "British Indian Ocean Territory"),
            ("BN", "Brunei"),
            ("KH", "Cambodia"),
            ("CN", "China"),
            ("GE", "Georgia"),
            ("HK", "Hong Kong"),
            ("IN", "India"),
            ("ID", "Indonesia"),
            ("IR", "Iran"),
            ("IQ", "Iraq"),
            ("IL", "Israel"),
            ("JP", "Japan"),
            ("JO", "Jordan"),
            ("KZ", "Kazakhstan"),
            ("KW", "Kuwait"),
            ("KG", "Kyrgyzstan"),
            ("LA", "Laos"),
            ("LB", "Lebanon"),
            ("MO", "Macao"),
            ("MY", "Malaysia"),
            ("MV", "Maldives"),
            ("MN", "Mongolia"),
            ("MM", "Myanmar"),
            ("NP", "Nepal"),
            ("KP", "North Korea"),
            ("OM", "Oman"),
            ("PK", "Pakistan"),
            ("PS", "Palestine"),
            ("PH", "Philippines"),
            ("QA", "Qatar"),
            ("SA", "Saudi Arabia"),
            ("SG", "Singapore"),
            ("KR", "South Korea"),
            ("LK", "Sri Lanka"),
            ("SY", "Syria"),
            ("TW", "Taiwan"),
            ("TJ", "Tajikistan"),
            ("TH", "Thailand"),
            ("TL", "Timor-Leste"),
            ("TR", "Türkiye"),
            ("TM", "Turkmenistan"),
            ("AE", "United Arab Emirates"),
            ("UZ", "Uzbekistan"),
            ("VN", "Vietnam"),
            ("YE", "Yemen"),
        ],
    },
    Region {
        id: "africa",
        countries: &[
            ("DZ", "Algeria"),
            ("AO", "Angola"),
            ("BJ", "Benin"),
            ("BW", "Botswana"),
            ("BF", "Burkina Faso"),
            ("BI", "Burundi"),
            ("CM", "Cameroon"),
            ("CV", "Cape Verde"),
            ("CF", "Central African Republic"),
            ("TD", "Chad"),
            ("KM", "Comoros"),
            ("CD", "Congo (Democratic Republic)"),
            ("CG", "Congo (Republic)"),
            ("CI", "Côte d’Ivoire"),
            ("DJ", "Djibouti"),
            ("EG", "Egypt"),
            ("GQ", "Equatorial Guinea"),
            ("ER", "Eritrea"),
            ("SZ", "Eswatini"),
            ("ET", "Ethiopia"),
            ("GA", "Gabon"),
            ("GM", "Gambia"),
            ("GH", "Ghana"),
            ("GN", "Guinea"),
            ("GW", "Guinea-Bissau"),
            ("KE", "Kenya"),
            ("LS", "Lesotho"),
            ("LR", "Liberia"),
            ("LY", "Libya"),
            ("MG", "Madagascar"),
            ("MW", "Malawi"),
            ("ML", "Mali"),
            ("MR", "Mauritania"),
            ("MU", "Mauritius"),
            ("YT", "Mayotte"),
            ("MA", "Morocco"),
            ("MZ", "Mozambique"),
            ("NA", "Namibia"),
            ("NE", "Niger"),
            ("NG", "Nigeria"),
            ("RE", "Réunion"),
            ("RW", "Rwanda"),
            ("ST", "São Tomé and Príncipe"),
            ("SN", "Senegal"),
            ("SC", "Seychelles"),
            ("SL", "Sierra Leone"),
            ("SO", "Somalia"),
            ("ZA", "South Africa"),
            ("SS", "South Sudan"),
            ("SH", "St. Helena"),
            ("SD", "Sudan"),
            ("TZ", "Tanzania"),
            ("TG", "Togo"),
            ("TN", "Tunisia"),
            ("UG", "Uganda"),
            ("EH", "Western Sahara"),
            ("ZM", "Zambia"),
            ("ZW", "Zimbabwe"),
        ],
    },
    Region {
        id: "oceania",
        countries: &[
            ("AS", "American Samoa"),
            ("AQ", "Antarctica"),
            ("AU", "Australia"),
            ("BV", "Bouvet Island"),
            ("CX", "Christmas Island"),
            ("CC", "Cocos (Keeling) Islands"),
            ("CK", "Cook Islands"),
            ("FJ", "Fiji"),
            ("PF", "French Polynesia"),
            ("TF", "French Southern Territories"),
            ("GU", "Guam"),
            ("HM", "Heard and McDonald Islands"),
            ("KI", "Kiribati"),
            ("MH", "Marshall Islands"),
            ("FM", "Micronesia"),
            ("NR", "Nauru"),
            ("NC", "New Caledonia"),
            ("NZ", "New Zealand"),
            ("NU", "Niue"),
            ("NF", "Norfolk Island"),
            ("MP", "Northern Mariana Islands"),
            ("PW", "Palau"),
            ("PG", "Papua New Guinea"),
            ("PN", "Pitcairn Islands"),
            ("WS", "Samoa"),
            ("SB", "Solomon Islands"),
            ("TK", "Tokelau"),
            ("TO", "Tonga"),
            ("TV", "Tuvalu"),
            ("UM", "U.S. Minor Outlying Islands"),
            ("VU", "Vanuatu"),
            ("WF", "Wallis and Futuna"),
        ],
    },
];

/// Where a shop delivers until its owner says otherwise, besides all of the European Union.
const AT_FIRST: [&str; 4] = ["CH", "GB", "NO", "US"];

/// All regions at once, as forms send it.
pub const EVERYWHERE: &str = "everywhere";

fn every() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    REGIONS.iter().flat_map(|region| region.countries)
}

/// A country by its ISO 3166-1 code; `None` for what is no code in capital letters.
pub fn country_name(code: &str) -> Option<&'static str> {
    every()
        .find(|(known, _)| *known == code)
        .map(|(_, name)| *name)
}

/// The same in the language of the request at hand.
pub fn local_name(code: &str) -> Option<&'static str> {
    name_in(code, locale())
}

/// The same in a language.
pub fn name_in(code: &str, language: Locale) -> Option<&'static str> {
    match language {
        Locale::En => country_name(code),
        Locale::De => german::NAMES
            .iter()
            .find(|(known, _)| *known == code)
            .map(|(_, name)| *name),
    }
}

/// Whether the country of this code is in the European Union.
pub fn is_in_eu(code: &str) -> bool {
    let union = REGIONS.iter().filter(|region| region.id == "eu");
    let mut countries = union.flat_map(|region| region.countries);
    countries.any(|(known, _)| *known == code)
}

/// Codes of the countries a shop delivers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCountries(BTreeSet<String>);

impl Default for DeliveryCountries {
    fn default() -> Self {
        let union = REGIONS[0].countries.iter().map(|(code, _)| *code);
        Self(union.chain(AT_FIRST).map(str::to_owned).collect())
    }
}

impl DeliveryCountries {
    /// Those of the codes that are countries.
    pub fn of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        let codes = codes
            .into_iter()
            .map(|code| code.trim().to_ascii_uppercase());
        Self(codes.filter(|code| country_name(code).is_some()).collect())
    }

    pub fn everywhere() -> Self {
        Self::of(every().map(|(code, _)| *code))
    }

    /// All countries of a region, or `everywhere`; `None` if there is no such region.
    pub fn of_region(id: &str) -> Option<Self> {
        if id == EVERYWHERE {
            return Some(Self::everywhere());
        }
        let region = REGIONS.iter().find(|region| region.id == id)?;
        Some(Self::of(region.countries.iter().map(|(code, _)| *code)))
    }

    /// From [`stored`](Self::stored).
    pub fn parse(stored: &str) -> Self {
        Self::of(stored.split_whitespace())
    }

    /// Codes in the order of the alphabet, separated by blanks.
    pub fn stored(&self) -> String {
        self.0
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub fn contains(&self, code: &str) -> bool {
        self.0.contains(code)
    }

    pub fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Codes and names, by name, in the language of the request at hand.
    pub fn named(&self) -> Vec<(&'static str, &'static str)> {
        let mut named: Vec<_> = every()
            .filter(|(code, _)| self.contains(code))
            .map(|(code, name)| (*code, local_name(code).unwrap_or(*name)))
            .collect();
        named.sort_by_cached_key(|(_, name)| sort_key(name));
        named
    }

    /// Says that nothing is delivered there, unless it is.
    pub fn refusal(&self, country: &str) -> Option<FieldError> {
        (!self.contains(country)).then(|| not_delivered_to(country))
    }
}

/// Says that nothing is delivered to the country of this code.
pub fn not_delivered_to(country: &str) -> FieldError {
    let text = Text::from(locale());
    let message = match local_name(country) {
        Some(name) => text.not_delivered_to(name),
        None => text.choose_a_country().to_owned(),
    };
    FieldError {
        field: "country".to_owned(),
        message,
    }
}

/// A name in lower case and without its accents: Åland is sorted under A, and Québec is Quebec.
pub(super) fn sort_key(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    name.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_one_code_and_one_name() {
        let codes: BTreeSet<_> = every().map(|(code, _)| code).collect();
        let names: BTreeSet<_> = every().map(|(_, name)| name).collect();
        assert_eq!((codes.len(), names.len()), (250, 250));
        assert!(
            every()
                .all(|(code, _)| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()))
        );
    }

    #[test]
    fn every_country_has_a_german_name() {
        let codes: BTreeSet<_> = every().map(|(code, _)| code).collect();
        let german: BTreeSet<_> = german::NAMES.iter().map(|(code, _)| code).collect();
        assert_eq!(codes, german);
        let names: BTreeSet<_> = german::NAMES.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), german::NAMES.len());
    }

    #[test]
    fn all_of_the_union_is_delivered_to_at_first() {
        let at_first = DeliveryCountries::default();
        let union =
            "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        for code in union.split(' ').chain(["CH", "GB", "NO", "US"]) {
            assert!(at_first.contains(code), "{code}");
        }
        assert_eq!(at_first.len(), 31);
        assert_eq!(DeliveryCountries::parse(&at_first.stored()), at_first);
    }

    #[test]
    fn what_is_no_country_is_left_out() {
        let some = DeliveryCountries::of(["de", " JP ", "ZZ", "", "D", "DE"]);
        assert_eq!(some.stored(), "DE JP");
        assert_eq!(some.named(), [("DE", "Germany"), ("JP", "Japan")]);
        assert!(DeliveryCountries::parse("").is_empty());
        let names: Vec<_> = DeliveryCountries::of(["AX", "AF", "ZW", "AL"])
            .named()
            .into_iter()
            .map(|(code, _)| code)
            .collect();
        assert_eq!(names, ["AF", "AX", "AL", "ZW"]);
    }

    #[test]
    fn a_refusal_names_the_country() {
        let some = DeliveryCountries::of(["DE"]);
        assert_eq!(some.refusal("DE"), None);
        let words = |country: &str| some.refusal(country).unwrap().message;
        assert_eq!(
            words("JP"),
            "We do not deliver to Japan. Choose another country."
        );
        assert_eq!(words("<b>"), "Choose a country we deliver to.");
    }
}
