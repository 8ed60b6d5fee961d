//! Breaks in place of the blocks that a description does not keep.

use html5ever::tokenizer::{Tag, TagKind, Token};

use super::{BLOCKS, UNKEPT_BLOCKS, tokens::tokens};

/// Takes away the blocks that are not kept, with a break where text on both sides would meet, and
/// the links that lead nowhere. `None` if there is nothing to take away.
///
/// `html` has every element closed in its place, as a sanitiser writes it.
pub(super) fn separate(html: &str) -> Option<String> {
    let mut lines = Lines::default();
    let mut is_changed = false;
    // Of the links that are open, whether they were kept.
    let mut links = Vec::new();
    for token in tokens(html) {
        let tag = match token {
            Token::CharacterTokens(text) => {
                lines.text(&text);
                continue;
            }
            Token::TagToken(tag) => tag,
            _ => continue,
        };
        let name: &str = &tag.name;
        if UNKEPT_BLOCKS.contains(&name) {
            is_changed = true;
            lines.end_of_line();
        } else if name == "br" {
            lines.line_break();
        } else if BLOCKS.contains(&name) {
            lines.block(&tag);
        } else if name == "a" {
            let is_kept = match tag.kind {
                TagKind::StartTag => {
                    let leads = tag.attrs.iter().any(|attr| &*attr.name.local == "href");
                    links.push(leads);
                    leads
                }
                TagKind::EndTag => links.pop().unwrap_or_default(),
            };
            match is_kept {
                true => lines.tag(&tag),
                false => is_changed = true,
            }
        } else {
            lines.tag(&tag);
        }
    }
    is_changed.then_some(lines.html)
}

/// HTML as it is put together, with an eye on where lines end.
#[derive(Default)]
struct Lines {
    html: String,
    /// Whether there is text on the last line.
    has_text: bool,
    /// Where a line ended that has text, if none followed.
    ended: Option<usize>,
}

impl Lines {
    fn text(&mut self, text: &str) {
        // A no-break space is how editors fill a line that is to stay empty.
        if text.bytes().any(|byte| !byte.is_ascii_whitespace()) {
            self.pay_break();
            self.has_text = true;
        }
        self.html.push_str(&escaped(text));
    }

    fn end_of_line(&mut self) {
        if self.has_text {
            self.has_text = false;
            self.ended = Some(self.html.len());
        }
    }

    fn line_break(&mut self) {
        self.pay_break();
        self.has_text = false;
        self.html.push_str("<br>");
    }

    /// Ends the line by itself.
    fn block(&mut self, tag: &Tag) {
        self.ended = None;
        self.has_text = false;
        self.tag(tag);
    }

    fn tag(&mut self, tag: &Tag) {
        let slash = match tag.kind {
            TagKind::StartTag => "",
            TagKind::EndTag => "/",
        };
        self.html.push('<');
        self.html.push_str(slash);
        self.html.push_str(&tag.name);
        for attr in &tag.attrs {
            let value = escaped(&attr.value);
            self.html
                .push_str(&format!(" {}=\"{value}\"", &*attr.name.local));
        }
        self.html.push('>');
    }

    fn pay_break(&mut self) {
        if let Some(at) = self.ended.take() {
            self.html.insert_str(at, "<br>");
        }
    }
}

/// Right in a text and in a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::separate;

    #[test]
    fn a_break_stands_where_two_texts_would_meet_and_nowhere_else() {
        for (html, separated) in [
            ("<div>A</div><div>B</div>", "A<br>B"),
            ("<div><div>A</div></div>\n<div>B</div>", "A<br>\nB"),
            ("A<div>B</div>C", "A<br>B<br>C"),
            ("<div>A</div>", "A"),
            ("<div>A</div><p>B</p><div>C</div>", "A<p>B</p>C"),
            ("<div><p>A</p></div><div>B</div>", "<p>A</p>B"),
            ("A<hr>B", "A<br>B"),
            ("<div>A</div><div><b>B</b></div>", "A<br><b>B</b>"),
            ("<b><div>A</div></b>B", "<b>A<br></b>B"),
            // A line break ends a line, and an empty line stays one.
            ("A<br><div>B</div>", "A<br>B"),
            ("<div>A<br></div><div>B</div>", "A<br>B"),
            ("<div>A</div><div><br></div><div>B</div>", "A<br><br>B"),
            (
                "<div>A</div><div>\u{a0}</div><div>B</div>",
                "A<br>\u{a0}<br>B",
            ),
        ] {
            assert_eq!(separate(html).as_deref(), Some(separated), "{html}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_leave_their_text() {
        let html = "<a rel=\"x\">one</a> <a href=\"https://e.example/?a&amp;b=%22\">two</a>";
        assert_eq!(
            separate(html).as_deref(),
            Some("one <a href=\"https://e.example/?a&amp;b=%22\">two</a>")
        );
    }

    #[test]
    fn text_stays_text() {
        let html = "<div>1 &lt; 2 &amp;amp; &quot;</div>";
        assert_eq!(separate(html).as_deref(), Some("1 &lt; 2 &amp;amp; &quot;"));
        assert_eq!(separate("<p>A &amp; B</p>"), None);
    }
}
