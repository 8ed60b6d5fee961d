//! What an address needs, by country: the form of postal codes, and states where parcels need one.

use unicode_normalization::UnicodeNormalization;

use crate::{
    countries::{local_name, sort_key},
    faults::text::Text,
    locale::locale,
};

/// Countries without postal codes, or where few people know theirs (UPU, addressing systems).
const WITHOUT_POSTAL_CODE: &str = "AE AG AO AQ AW BF BI BJ BO BQ BS BV BW BZ CD CF CG CI CK CM CW DJ \
    DM ER FJ GA GD GH GM GN GQ GW GY HK HM IE JM KI KM KN KP LY ML MO MR MS MW NA NR NU PA QA RW SB \
    SC SL SO SR SS ST SX SY TD TF TG TK TL TO TT TV UG UM VC VU WS YE ZW";

/// Forms of postal codes, as far as nobody can be in doubt: `9` is a digit and `A` a letter; blanks and
/// hyphens are left out. An example is what is shown to people.
const POSTAL_CODES: &[(&str, &[&str], &str)] = &[
    ("AT", &["9999"], "1010"),
    ("AU", &["9999"], "2000"),
    ("BE", &["9999"], "1000"),
    ("BG", &["9999"], "1000"),
    ("BR", &["99999999"], "01310-100"),
    ("CA", &["A9A9A9"], "K1A 0B1"),
    ("CH", &["9999"], "8001"),
    ("CN", &["999999"], "100000"),
    ("CY", &["9999"], "1010"),
    ("CZ", &["99999"], "110 00"),
    ("DE", &["99999"], "20457"),
    ("DK", &["9999"], "1050"),
    ("EE", &["99999"], "10111"),
    ("ES", &["99999"], "28013"),
    ("FI", &["99999"], "00100"),
    ("FR", &["99999"], "75001"),
    (
        "GB",
        &[
            "GIR0AA", "A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA", "BFPO9",
            "BFPO99", "BFPO999", "BFPO9999",
        ],
        "SW1A 1AA",
    ),
    ("GR", &["99999"], "105 57"),
    ("HR", &["99999"], "10000"),
    ("HU", &["9999"], "1051"),
    ("IN", &["999999"], "110001"),
    ("IT", &["99999"], "00184"),
    ("JP", &["9999999"], "100-0001"),
    ("KR", &["99999"], "03051"),
    ("LI", &["9999"], "9490"),
    ("LT", &["99999"], "01103"),
    ("LU", &["9999"], "1111"),
    ("LV", &["9999"], "LV-1010"),
    ("MT", &["AAA9999", "AAA999", "AAA99"], "VLT 1117"),
    ("MX", &["99999"], "06000"),
    ("NL", &["9999AA"], "1012 JS"),
    ("NO", &["9999"], "0150"),
    ("NZ", &["9999"], "6011"),
    ("PL", &["99999"], "00-001"),
    ("PT", &["9999999", "9999"], "1100-148"),
    ("RO", &["999999"], "010011"),
    ("SE", &["99999"], "111 20"),
    ("SI", &["9999"], "1000"),
    ("SK", &["99999"], "811 01"),
    ("US", &["99999", "999999999"], "10118 or 10118-0110"),
];

/// Countries where a parcel is not sent without a state.
const STATES_NEEDED: &[&str] = &["AU", "BR", "CA", "CN", "IN", "JP", "MX", "US"];

/// States that are known by a code, which is what is written on a parcel.
const STATES: &[(&str, &[(&str, &str)])] = &[
    (
        "AU",
        &[
            ("ACT", "Australian Capital Territory"),
            ("NSW", "New South Wales"),
            ("NT", "Northern Territory"),
            ("QLD", "Queensland"),
            ("SA", "South Australia"),
            ("TAS", "Tasmania"),
            ("VIC", "Victoria"),
            ("WA", "Western Australia"),
        ],
    ),
    (
        "CA",
        &[
            ("AB", "Alberta"),
            ("BC", "British Columbia"),
            ("MB", "Manitoba"),
            ("NB", "New Brunswick"),
            ("NL", "Newfoundland and Labrador"),
            ("NS", "Nova Scotia"),
            ("NT", "Northwest Territories"),
            ("NU", "Nunavut"),
            ("ON", "Ontario"),
            ("PE", "Prince Edward Island"),
            ("QC", "Quebec"),
            ("SK", "Saskatchewan"),
            ("YT", "Yukon"),
        ],
    ),
    (
        "US",
        &[
            ("AL", "Alabama"),
            ("AK", "Alaska"),
            ("AS", "American Samoa"),
            ("AZ", "Arizona"),
            ("AR", "Arkansas"),
            ("AA", "Armed Forces Americas"),
            ("AE", "Armed Forces Europe"),
            ("AP", "Armed Forces Pacific"),
            ("CA", "California"),
            ("CO", "Colorado"),
            ("CT", "Connecticut"),
            ("DE", "Delaware"),
            ("DC", "District of Columbia"),
            ("FL", "Florida"),
            ("GA", "Georgia"),
            ("GU", "Guam"),
            ("HI", "Hawaii"),
            ("ID", "Idaho"),
            ("IL", "Illinois"),
            ("IN", "Indiana"),
            ("IA", "Iowa"),
            ("KS", "Kansas"),
            ("KY", "Kentucky"),
            ("LA", "Louisiana"),
            ("ME", "Maine"),
            ("MD", "Maryland"),
            ("MA", "Massachusetts"),
            ("MI", "Michigan"),
            ("MN", "Minnesota"),
            ("MS", "Mississippi"),
            ("MO", "Missouri"),
            ("MT", "Montana"),
            ("NE", "Nebraska"),
            ("NV", "Nevada"),
            ("NH", "New Hampshire"),
            ("NJ", "New Jersey"),
            ("NM", "New Mexico"),
            ("NY", "New York"),
            ("NC", "North Carolina"),
            ("ND", "North Dakota"),
            ("MP", "Northern Mariana Islands"),
            ("OH", "Ohio"),
            ("OK", "Oklahoma"),
            ("OR", "Oregon"),
            ("PA", "Pennsylvania"),
            ("PR", "Puerto Rico"),
            ("RI", "Rhode Island"),
            ("SC", "South Carolina"),
            ("SD", "South Dakota"),
            ("TN", "Tennessee"),
            ("TX", "Texas"),
            ("UT", "Utah"),
            ("VT", "Vermont"),
            ("VI", "Virgin Islands"),
            ("VA", "Virginia"),
            ("WA", "Washington"),
            ("WV", "West Virginia"),
            ("WI", "Wisconsin"),
            ("WY", "Wyoming"),
        ],
    ),
];

fn of<T: Copy>(table: &[(&str, T)], country: &str) -> Option<T> {
    table
        .iter()
        .find(|(code, _)| *code == country)
        .map(|(_, found)| *found)
}

/// A postal code as it is written on a parcel, or what is wrong with it. Empty where none is needed.
pub fn postal_code(country: &str, typed: &str) -> Result<String, String> {
    let text = Text::from(locale());
    // Full-width digits are typed where Japanese is.
    let code: String = match typed.is_ascii() {
        true => typed.to_ascii_uppercase(),
        false => typed.nfkc().flat_map(char::to_uppercase).collect(),
    };
    let code = code.trim();
    if code.is_empty() {
        return match WITHOUT_POSTAL_CODE.split(' ').any(|known| known == country) {
            true => Ok(String::new()),
            false => Err(text.postal_code_missing().to_owned()),
        };
    }
    let signs: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_plausible = (2..=10).contains(&signs.len())
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -".contains(c));
    let known = POSTAL_CODES.iter().find(|(of, ..)| *of == country);
    let is_right = match known {
        _ if !is_plausible => false,
        Some((_, forms, _)) => forms
            .iter()
            .any(|form| fits(form, &signs) || fits(form, without_country(form, code, &signs))),
        None => true,
    };
    match (is_right, known) {
        (true, _) => Ok(code.to_owned()),
        (false, Some((_, _, example))) => {
            let name = local_name(country).unwrap_or(country);
            Err(text.postal_code_of(name, example))
        }
        (false, None) => Err(text.postal_code_form().to_owned()),
    }
}

/// `D-20457` and `LV-1010` name the country before a code of digits.
fn without_country<'a>(form: &str, code: &str, signs: &'a str) -> &'a str {
    let letters = signs.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_prefix = (1..=2).contains(&letters)
        && code.as_bytes().get(letters) == Some(&b'-')
        && form.starts_with('9');
    if is_prefix { &signs[letters..] } else { signs }
}

fn fits(form: &str, signs: &str) -> bool {
    form.len() == signs.len()
        && form
            .bytes()
            .zip(signs.bytes())
            .all(|(form, sign)| match form {
                b'9' => sign.is_ascii_digit(),
                b'A' => sign.is_ascii_alphabetic(),
                letter => sign == letter,
            })
}

/// A state as it is written on a parcel, or what is wrong with it. Where there is a list of states, it is
/// the state's code, whether that or its name was typed, with accents or without. `typed` is trimmed.
pub fn state(country: &str, typed: &str) -> Result<String, String> {
    let text = Text::from(locale());
    if typed.is_empty() {
        return match STATES_NEEDED.contains(&country) {
            true => Err(text.state_missing(country)),
            false => Ok(String::new()),
        };
    }
    let Some(states) = of(STATES, country) else {
        return Ok(typed.to_owned());
    };
    let key = sort_key(typed);
    let known = states
        .iter()
        .find(|(code, name)| code.eq_ignore_ascii_case(typed) || sort_key(name) == key);
    match (known, states.first()) {
        (Some((code, _)), _) => Ok((*code).to_owned()),
        (None, Some((code, name))) => {
            let called = local_name(country).unwrap_or(country);
            Err(text.state_unknown(country, called, name, code))
        }
        (None, None) => Ok(typed.to_owned()),
    }
}

/// Names of the states that are known, to choose from while typing.
pub fn state_names() -> impl Iterator<Item = &'static str> {
    STATES
        .iter()
        .flat_map(|(_, states)| states.iter().map(|(_, name)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::countries::country_name;

    #[test]
    fn postal_codes_have_the_form_of_their_country() {
        for (country, typed, kept) in [
            ("DE", "20457", "20457"),
            ("DE", " D-20457 ", "D-20457"),
            ("DE", "２０４５７", "20457"),
            ("US", "10118-0110", "10118-0110"),
            ("GB", "sw1a 1aa", "SW1A 1AA"),
            ("GB", "BFPO 61", "BFPO 61"),
            ("CA", "k1a0b1", "K1A0B1"),
            ("NL", "1012js", "1012JS"),
            ("LV", "LV-1010", "LV-1010"),
            ("JP", "１００－０００１", "100-0001"),
            ("IE", "D02 AF30", "D02 AF30"),
            ("IE", "", ""),
            ("HK", " ", ""),
            ("AE", "", ""),
            ("TH", "10200", "10200"),
        ] {
            assert_eq!(
                postal_code(country, typed).as_deref(),
                Ok(kept),
                "{country} {typed}"
            );
        }
        for (country, typed) in [
            ("DE", ""),
            ("DE", "2045"),
            ("DE", "20457a"),
            ("DE", "DEU-20457"),
            ("US", "1011"),
            ("GB", "12345"),
            ("CA", "12345"),
            ("NL", "1012"),
            ("TH", "1"),
            ("TH", "12345678901"),
            ("TH", "10200<"),
            ("TH", ""),
            ("", ""),
        ] {
            assert!(postal_code(country, typed).is_err(), "{country} {typed}");
        }
        let words = postal_code("DE", "2045").unwrap_err();
        assert_eq!(words, "Enter a postal code (Germany, such as 20457).");
    }

    #[test]
    fn every_table_names_countries_there_are() {
        let countries = WITHOUT_POSTAL_CODE
            .split(' ')
            .chain(POSTAL_CODES.iter().map(|(code, ..)| *code))
            .chain(STATES_NEEDED.iter().copied())
            .chain(STATES.iter().map(|(code, _)| *code));
        for code in countries {
            assert!(country_name(code).is_some(), "{code}");
        }
        for (code, _, example) in POSTAL_CODES {
            let first = example.split(" or ").next().unwrap_or_default();
            assert!(postal_code(code, first).is_ok(), "{code} {example}");
        }
    }

    #[test]
    fn a_state_is_kept_by_its_code_where_it_has_one() {
        for (country, typed, kept) in [
            ("US", "ny", "NY"),
            ("US", "new york", "NY"),
            ("CA", "Quebec", "QC"),
            ("CA", "Québec", "QC"),
            ("CA", "QUÉBEC", "QC"),
            ("CA", "que\u{301}bec", "QC"),
            ("AU", "VIC", "VIC"),
            ("JP", "Tokyo", "Tokyo"),
            ("IT", "RM", "RM"),
            ("IT", "", ""),
            ("DE", "", ""),
        ] {
            assert_eq!(
                state(country, typed).as_deref(),
                Ok(kept),
                "{country} {typed}"
            );
        }
        for (country, typed) in [
            ("US", ""),
            ("US", "Bavaria"),
            ("CA", ""),
            ("AU", "XX"),
            ("BR", ""),
            ("IN", ""),
            ("JP", ""),
            ("MX", ""),
            ("CN", ""),
        ] {
            assert!(state(country, typed).is_err(), "{country} {typed}");
        }
        assert_eq!(state("JP", "").unwrap_err(), "Enter the prefecture.");
    }
}
