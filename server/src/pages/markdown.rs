//! Markdown as the HTML that shoppers get.

use app::{features, locale::Language};
use comrak::{Arena, Options, format_html, nodes::NodeValue, parse_document};

use crate::text::html::sanitise_page;

/// The HTML of a text: CommonMark with tables, struck out text and bare links. HTML in the text is
/// shown as it was typed. Passes through the cleaning that product texts pass through. Links to pages of
/// the shop keep the language.
pub fn html(markdown: &str, language: Language) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.escape = true;
    // An address is typed line by line.
    options.render.hardbreaks = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    for node in root.descendants() {
        if let NodeValue::Link(link) = &mut node.data_mut().value
            && is_page(&link.url)
        {
            link.url = language.href(&link.url);
        }
    }
    let mut html = String::new();
    // A string takes whatever is written to it.
    format_html(root, &options, &mut html).unwrap_or_default();
    sanitise_page(&html)
}

/// Whether it is the path of a page, which has one for each language.
fn is_page(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    features::areas().of(path).is_some()
}

#[cfg(test)]
mod tests {
    use app::locale::{Languages, Locale};

    use super::*;

    fn read(markdown: &str) -> String {
        html(markdown, Language::default())
    }

    #[test]
    fn links_to_pages_keep_the_language_and_others_stay() {
        let languages = Languages::parse("en,de").unwrap();
        let german = languages.closest(Locale::De);
        for (link, shown) in [
            ("/pages/terms", "/de/pages/terms"),
            ("/pages/terms#costs", "/de/pages/terms#costs"),
            ("/products?q=rope", "/de/products?q=rope"),
            ("/", "/de"),
            ("/?a=b", "/de?a=b"),
            ("/de/pages/terms", "/de/pages/terms"),
            ("/admin", "/admin"),
            ("/media/map.png", "/media/map.png"),
            (
                "https://example.com/pages/terms",
                "https://example.com/pages/terms",
            ),
            ("mailto:kim@example.com", "mailto:kim@example.com"),
        ] {
            let page = html(&format!("[x]({link})"), german);
            assert!(
                page.contains(&format!("href=\"{shown}\"")),
                "{link}: {page}"
            );
            let page = html(&format!("[x]({link})"), languages.default_language());
            assert!(page.contains(&format!("href=\"{link}\"")), "{link}: {page}");
        }
        let page = html("[x][1]\n\n[1]: /cart", german);
        assert!(page.contains("href=\"/de/cart\""), "{page}");
    }

    #[test]
    fn markdown_becomes_headings_lists_tables_and_links() {
        let page = read("## Delivery\n\n- by *post*\n\n[Terms](/pages/terms) <b>x</b>");
        for part in [
            "<h2>Delivery</h2>",
            "<li>by <em>post</em></li>",
            "href=\"/pages/terms\"",
            "&lt;b&gt;x&lt;/b&gt;",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(read("1 Quay\nOld Town").contains("1 Quay<br>"));
        assert!(read("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td>"));
    }

    #[test]
    fn nothing_that_runs_comes_of_it() {
        for text in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "![x](x\" onerror=\"alert(1))",
            "<img src=x onerror=alert(1)>",
            "[x]: javascript:alert(1)\n\n[x]",
            "<javascript:alert(1)>",
            "`</textarea><script>alert(1)</script>`",
            "[x](//evil.test)",
        ] {
            let page = read(text);
            for bad in [
                "<script",
                "<img",
                "href=\"javascript",
                "href=\"data",
                "href=\"//",
            ] {
                assert!(!page.contains(bad), "{text}: {page}");
            }
        }
    }
}
