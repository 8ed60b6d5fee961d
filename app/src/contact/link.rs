//! Links in names and addresses. Nobody has one in their name: it is there to be read by others, in an
//! e-mail that the shop sends to an address that someone else typed.

use crate::countries::country_name;

/// Ends of addresses in the web that are no country's, or one's that parcels do not go to.
const ENDS: &[&str] = &[
    "com", "net", "org", "info", "biz", "eu", "uk", "app", "dev", "xyz", "online", "site", "store",
    "shop", "top", "icu", "club", "page", "link", "click", "live", "vip", "pro", "work", "life",
    "fun", "space", "website", "tech", "cloud", "mobi", "name", "win", "bid", "loan", "ac", "cc",
    "gg", "io", "ly", "me", "su", "tk", "to", "tv",
];

/// Ends of addresses in the web that are abbreviations in those of houses: `Hs.Nr/3`, `Main.St/4`,
/// `H.No#12`, `GmbH & Co.KG/Einkauf`.
const ABBREVIATIONS: [&str; 4] = ["kg", "no", "nr", "st"];

/// Whether a mail program would make a link of some of it.
pub fn holds_link(text: &str) -> bool {
    // As most names are: each link has one of these signs, or what browsers take for it.
    let is_sign = |byte: u8| matches!(byte, b':' | b'.' | b'/' | b'?' | b'#') || !byte.is_ascii();
    if !text.bytes().any(is_sign) {
        return false;
    }
    let text: String = text
        .chars()
        .map(plain)
        .flat_map(char::to_lowercase)
        .collect();
    if ["://", "http:", "https:", "mailto:"]
        .iter()
        .any(|mark| text.contains(mark))
    {
        return true;
    }
    let words = text.split(|c: char| c.is_whitespace() || "<>()[]{}\"'„“”‚‘’,;|".contains(c));
    words
        .into_iter()
        .any(|word| is_www(word) || is_domain_with_path(word))
}

/// As browsers read what people type.
const fn plain(c: char) -> char {
    match c {
        '。' | '．' | '｡' | '․' => '.',
        '／' | '⁄' | '∕' => '/',
        '：' => ':',
        '＃' => '#',
        '？' => '?',
        c => c,
    }
}

/// `www.` at the beginning of a name, with something behind it.
fn is_www(word: &str) -> bool {
    word.match_indices("www.").any(|(at, mark)| {
        let (before, behind) = (&word[..at], &word[at + mark.len()..]);
        !before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric)
    })
}

/// `shop.example.com/x`, also with a port, or with what else may follow a host.
fn is_domain_with_path(word: &str) -> bool {
    word.char_indices()
        .filter(|(_, c)| matches!(c, '/' | '?' | '#'))
        .any(|(at, mark)| {
            let path = &word[at + mark.len_utf8()..];
            !path.is_empty() && is_domain(&word[..at])
        })
}

/// Whether this ends with the name of a host.
fn is_domain(text: &str) -> bool {
    let host = match text.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => text,
    };
    let begins = host
        .char_indices()
        .rev()
        .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '.' | '-')))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let Some((rest, end)) = host[begins..].rsplit_once('.') else {
        return false;
    };
    rest.ends_with(char::is_alphanumeric) && is_end(end)
}

/// Whether an address in the web may end like this.
fn is_end(end: &str) -> bool {
    if ABBREVIATIONS.contains(&end) {
        return false;
    }
    let is_country = end.len() == 2 && country_name(&end.to_ascii_uppercase()).is_some();
    is_country || ENDS.contains(&end) || end.starts_with("xn--")
}

#[cfg(test)]
mod tests {
    use super::holds_link;

    #[test]
    fn links_are_found_however_they_are_written() {
        for link in [
            "http://evil.example",
            "HTTPS://EVIL.EXAMPLE",
            "Kim https:evil.example",
            "Win at http:\\\\evil.example",
            "www.evil.example",
            "Prize:www.evil.example",
            "(www.evil.example)",
            "Win: evil.com/prize",
            "evil.com/prize",
            "bit.ly/3xYz",
            "t.me/evil",
            "goo.gl/x",
            "evil.de?p=1",
            "evil.de#now",
            "evil.com:8080/x",
            "kim@evil.com/x",
            "shop.evil.co.uk/x",
            "xn--80ak6aa92e.xn--p1ai/x",
            "evil。com／prize",
            "http：／／evil.com",
            "ftp://evil.example",
            "mailto:kim@evil.example",
            "Flat 3, evil.com/prize",
            "\"evil.com/prize\"",
        ] {
            assert!(holds_link(link), "{link}");
        }
    }

    #[test]
    fn names_and_addresses_of_people_hold_none() {
        for line in [
            "Kim Marten",
            "St. John's",
            "Haus 3.Stock",
            "Haus 3.Stock/links",
            "2.OG/Mitte",
            "Nr.12/b",
            "Hs.Nr/3",
            "Main.St/4",
            "H.No#12",
            "House.No#4",
            "Müller GmbH & Co.KG/Einkauf",
            "Str. 5/7",
            "Hauptstr.5/7",
            "Müller-Lüdenscheidt-Str.12a/3.OG",
            "St.Gallen/SG",
            "c/o Dr. Meier-Schulz",
            "c/o M.Meier",
            "z.Hd. Frau A. Weber",
            "z.H./Frau Weber",
            "Apt.4B/C",
            "Unit 3/45 George St.",
            "P.O.Box 12/34",
            "1/2 Rue de l'Église",
            "Via G.Verdi 3/A",
            "ул. Ленина, д.5/2",
            "ул.Ленина д.5/кв.7",
            "Calle 5 no.3/2º",
            "Booking.com",
            "Amazon.de",
            "J.R.R. Tolkien",
            "Anne-Marie O'Neill-Åberg",
            "Awww. Street",
            "Whttp",
            "Sq. m. 12 #4",
            "#4 Main Street",
            "Where?",
            "Haus „Am See“/EG",
            "東京都千代田区1-1-1",
            "北京市朝阳区。3/4",
        ] {
            assert!(!holds_link(line), "{line}");
        }
    }
}
