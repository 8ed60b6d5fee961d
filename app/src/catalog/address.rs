//! Where products, categories, collections, drops and the owner's pages are. Slugs may have letters of any script; addresses have them
//! percent-encoded, as headers, site maps and mails need it.

pub fn product(slug: &str) -> String {
    below("/products/", slug)
}

pub fn category(slug: &str) -> String {
    below("/categories/", slug)
}

/// A collection.
pub fn collection(slug: &str) -> String {
    below("/collections/", slug)
}

/// A drop.
pub fn drop(slug: &str) -> String {
    below("/drops/", slug)
}

/// Its waiting room.
pub fn drop_room(slug: &str) -> String {
    format!("{}/room", drop(slug))
}

/// One of the owner's own pages.
pub fn page(slug: &str) -> String {
    below("/pages/", slug)
}

fn below(folder: &str, slug: &str) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut path = String::from(folder);
    for byte in slug.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.push(HEX[usize::from(byte >> 4)]);
            path.push(HEX[usize::from(byte & 15)]);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(product("rope-2"), "/products/rope-2");
        assert_eq!(product("緑茶"), "/products/%E7%B7%91%E8%8C%B6");
        assert_eq!(
            category("tシャツ"),
            "/categories/t%E3%82%B7%E3%83%A3%E3%83%84"
        );
        assert_eq!(category("a/b?c"), "/categories/a%2Fb%3Fc");
    }
}
