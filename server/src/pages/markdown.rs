//! Markdown as the HTML that shoppers get.

use comrak::{Options, markdown_to_html};

use crate::text::html::sanitise_page;

/// The HTML of a text: CommonMark with tables, struck out text and bare links. HTML in the text is
/// shown as it was typed. Passes through the cleaning that product texts pass through.
pub fn html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.escape = true;
    // An address is typed line by line.
    options.render.hardbreaks = true;
    sanitise_page(&markdown_to_html(markdown, &options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_headings_lists_tables_and_links() {
        let page = html("## Delivery\n\n- by *post*\n\n[Terms](/pages/terms) <b>x</b>");
        for part in [
            "<h2>Delivery</h2>",
            "<li>by <em>post</em></li>",
            "href=\"/pages/terms\"",
            "&lt;b&gt;x&lt;/b&gt;",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(html("1 Quay\nOld Town").contains("1 Quay<br>"));
        assert!(html("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td>"));
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
            let page = html(text);
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
