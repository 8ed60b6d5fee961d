//! From what was typed to a block.

use super::{
    form::{BlockForm, standard_buttons, standard_promises},
    keys::{self, Keyed},
    text::Text,
    types::{
        Block, Button, COUNTS, Hero, MAX_BUTTONS, MAX_HEADING, MAX_PROMISE, MAX_PROMISES, MAX_TEXT,
        PictureBlock, Promise, Promises, Shelf, Source, TextBlock, Tiles, Words,
    },
};
use crate::{
    catalog::{limits::MAX_ALT, text::Text as Standard},
    error::FieldError,
    locale::{Locale, locale},
    ui::link::no_link,
};

/// Reads a link as it is stored; `None` if it is not one that a page may hold.
pub type ReadLink = fn(&str) -> Option<String>;

/// What is typed, unless that is what the shop says anyway, in any of its languages: then it goes on
/// saying it in all of them.
fn words(typed: &str, standard: impl Fn(Standard) -> &'static str) -> Words {
    let all = Locale::ALL.into_iter().map(Standard::from);
    let is_standard = all.map(standard).any(|words| words == typed);
    (!is_standard).then(|| typed.to_owned())
}

/// The same where nothing typed means that the shop's words are meant.
fn words_or_standard(typed: &str, standard: impl Fn(Standard) -> &'static str) -> Words {
    words(typed, standard).filter(|words| !words.is_empty())
}

impl Source {
    /// `None` for what is none of them; whether there is such a category or collection is not asked
    /// here.
    fn read(typed: &str) -> Option<Self> {
        match typed {
            "newest" => Some(Self::Newest),
            "best_selling" => Some(Self::BestSelling),
            typed => match typed.split_once(':')? {
                ("category", id) => Some(Self::Category(id.to_owned())),
                ("collection", id) => Some(Self::Collection(id.to_owned())),
                _ => None,
            },
        }
    }
}

/// What is said of a form that is refused.
fn said() -> Text {
    Text::from(locale())
}

/// Reads fields and notes what is wrong with them.
struct Reader<'a> {
    form: &'a BlockForm,
    link: ReadLink,
    wrong: Vec<FieldError>,
}

impl Reader<'_> {
    fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.wrong.push(FieldError {
            field: field.into(),
            message: message.into(),
        });
    }

    /// One line.
    fn line(&mut self, field: &str, typed: &str, most: usize) -> String {
        let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > most {
            self.refuse(field, said().too_long(&most.to_string()));
        }
        line
    }

    /// Paragraphs: with line breaks as all systems write them.
    fn text(&mut self) -> String {
        let text = self.form.text.replace("\r\n", "\n").trim().to_owned();
        if text.chars().count() > MAX_TEXT {
            self.refuse("text", said().too_long(&MAX_TEXT.to_string()));
        }
        text
    }

    /// None if nothing is typed.
    fn link(&mut self, field: &str, typed: &str) -> Option<String> {
        let typed = Some(typed.trim()).filter(|typed| !typed.is_empty())?;
        let link = (self.link)(typed);
        if link.is_none() {
            self.refuse(field, no_link());
        }
        link
    }

    /// Words and link belong together.
    fn button(&mut self, [words, link]: [&str; 2], typed: [&str; 2]) -> Option<Button> {
        let label = self.line(words, typed[0], MAX_HEADING);
        let is_linked = !typed[1].trim().is_empty();
        let leads = self.link(link, typed[1]);
        match (label.is_empty(), is_linked) {
            (true, true) => self.refuse(words, said().button_words_wanted()),
            (false, false) => self.refuse(link, said().button_link_wanted()),
            (true, false) | (false, true) => {}
        }
        Some(Button {
            words: label,
            link: leads?,
            ..Button::default()
        })
    }

    fn hero(&mut self, before: &Hero) -> Hero {
        let form = self.form;
        let heading = self.line("heading", &form.heading, MAX_HEADING);
        let text = self.text();
        let first = self.button(["button", "link"], [&form.button, &form.link]);
        let typed = [form.second_button.as_str(), form.second_link.as_str()];
        let second = self.button(["second_button", "second_link"], typed);
        let typed = [first, second].into_iter().enumerate();
        let buttons: Vec<(usize, Button)> = typed
            .filter_map(|(at, button)| Some((at, button?)))
            .collect();
        let mut all = Locale::ALL.into_iter().map(Standard::from);
        let is_standard = all.any(|text| {
            let buttons = buttons.iter().map(|(_, button)| button);
            standard_buttons(text).iter().eq(buttons)
        });
        let mut last_key = before.last_key;
        let buttons = (!is_standard).then(|| {
            let before = before.buttons.as_deref().unwrap_or_default();
            keyed(buttons, before, MAX_BUTTONS, &mut last_key)
        });
        Hero {
            heading: words(&heading, |text| text.home_heading()),
            text: words(&text, |text| text.home_text()),
            buttons,
            last_key,
            picture_src: before.picture_src.clone(),
        }
    }

    fn text_block(&mut self) -> TextBlock {
        let form = self.form;
        let heading = self.line("heading", &form.heading, MAX_HEADING);
        let text = self.text();
        let button = self.button(["button", "link"], [&form.button, &form.link]);
        if heading.is_empty() && text.is_empty() {
            self.refuse("text", said().words_wanted());
        }
        TextBlock {
            heading,
            text,
            button,
        }
    }

    fn picture(&mut self, before: &PictureBlock) -> PictureBlock {
        let form = self.form;
        let alt = self.line("alt", &form.alt, MAX_ALT);
        let text = self.text();
        let link = self.link("link", &form.link);
        // A link says where it leads by what its picture shows.
        if alt.is_empty() && !form.link.trim().is_empty() {
            self.refuse("alt", said().alt_wanted());
        }
        PictureBlock {
            picture_src: before.picture_src.clone(),
            alt,
            text,
            link,
        }
    }

    fn shelf(&mut self) -> Shelf {
        let form = self.form;
        let heading = self.line("heading", &form.heading, MAX_HEADING);
        let heading = words_or_standard(&heading, |text| text.new_in());
        let heading = heading.and_then(|heading| words(&heading, |text| text.popular()));
        let source = Source::read(form.source.trim());
        if source.is_none() {
            self.refuse("source", said().choose_products());
        }
        let count = form.count.trim().parse().ok();
        let count = count.filter(|count| COUNTS.contains(count));
        if count.is_none() {
            self.refuse("count", said().choose_count());
        }
        Shelf {
            heading,
            source: source.unwrap_or_default(),
            count: count.unwrap_or(COUNTS[0]),
        }
    }

    fn tiles(&mut self) -> Tiles {
        let form = self.form;
        let heading = self.line("heading", &form.heading, MAX_HEADING);
        Tiles {
            heading: words_or_standard(&heading, |text| text.shop_by_category()),
        }
    }

    fn promises(&mut self, before: &Promises) -> Promises {
        let form = self.form;
        let mut items: Vec<(usize, Promise)> = Vec::new();
        for (at, typed) in form.promises.iter().take(MAX_PROMISES).enumerate() {
            let name = |field: &str| format!("promises[{at}][{field}]");
            let title = self.line(&name("title"), &typed.title, MAX_HEADING);
            let text = self.line(&name("text"), &typed.text, MAX_PROMISE);
            match (title.is_empty(), text.is_empty()) {
                (true, true) => {}
                (true, false) => self.refuse(name("title"), said().promise_title_wanted()),
                (false, _) => {
                    let promise = Promise {
                        title,
                        text,
                        ..Promise::default()
                    };
                    items.push((at, promise));
                }
            }
        }
        let mut all = Locale::ALL.into_iter().map(Standard::from);
        let is_standard = all.any(|text| {
            let items = items.iter().map(|(_, promise)| promise);
            standard_promises(text).iter().eq(items)
        });
        let mut last_key = before.last_key;
        let items = (!is_standard).then(|| {
            let before = before.items.as_deref().unwrap_or_default();
            keyed(items, before, MAX_PROMISES, &mut last_key)
        });
        Promises { items, last_key }
    }
}

/// Items with their keys. An older version has had as many as there may be, known by their places.
fn keyed<T: Keyed>(
    mut typed: Vec<(usize, T)>,
    before: &[T],
    most: usize,
    last_key: &mut usize,
) -> Vec<T> {
    if !typed.is_empty() {
        *last_key = most.max(*last_key);
    }
    keys::keep(&mut typed, before, last_key);
    typed.into_iter().map(|(_, item)| item).collect()
}

/// The block that a form asks for, in place of the one `before`, whose picture it keeps.
pub fn read(form: &BlockForm, before: &Block, link: ReadLink) -> Result<Block, Vec<FieldError>> {
    let mut reader = Reader {
        form,
        link,
        wrong: Vec::new(),
    };
    let block = match before {
        Block::Hero(before) => Block::Hero(reader.hero(before)),
        Block::Text(_) => Block::Text(reader.text_block()),
        Block::Picture(before) => Block::Picture(reader.picture(before)),
        Block::Products(_) => Block::Products(reader.shelf()),
        Block::Categories(_) => Block::Categories(reader.tiles()),
        Block::Promises(before) => Block::Promises(reader.promises(before)),
    };
    match reader.wrong.is_empty() {
        true => Ok(block),
        false => Err(reader.wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::types::{BlockKind, standard, unwritten};

    fn link(typed: &str) -> Option<String> {
        typed.starts_with('/').then(|| typed.to_owned())
    }

    #[test]
    fn what_is_sent_back_as_it_was_shown_changes_nothing() {
        for placed in standard().into_iter().chain(unwritten()) {
            for locale in Locale::ALL {
                let form = BlockForm::of(&placed.block, locale);
                let read = read(&form, &placed.block, link);
                assert_eq!(read.as_ref(), Ok(&placed.block), "{locale:?}");
            }
        }
    }

    #[test]
    fn a_block_that_nothing_was_typed_into_says_nothing() {
        let new = BlockKind::ALL.map(Block::new);
        let unwritten = unwritten().into_iter().map(|placed| placed.block);
        for block in new.into_iter().chain(unwritten) {
            for locale in Locale::ALL {
                let form = BlockForm::of(&block, locale);
                assert_eq!(form.text, "");
                assert!(form.promises.is_empty());
                // Shelves and tiles say what they show.
                if matches!(block, Block::Hero(_)) {
                    assert_eq!(form.heading, "");
                }
            }
        }
    }

    #[test]
    fn the_shops_promise_of_cash_is_known_in_each_language() {
        for locale in Locale::ALL {
            let items = Promises::default().items_in(locale);
            let of_cash: Vec<_> = items.iter().map(Promise::is_of_cash).collect();
            assert_eq!(of_cash, [false, false, true, false]);
            let own = Promise {
                text: "At the door.".to_owned(),
                ..items[2].clone()
            };
            assert!(!own.is_of_cash());
        }
    }

    #[test]
    fn what_is_cleared_is_not_said_any_more() {
        let form = BlockForm {
            text: "Ours".to_owned(),
            ..BlockForm::default()
        };
        let read = read(&form, &Block::new(BlockKind::Hero), link).unwrap();
        let Block::Hero(hero) = read else {
            panic!("it is a hero");
        };
        assert_eq!(hero.heading.as_deref(), Some(""));
        assert_eq!(hero.text.as_deref(), Some("Ours"));
        assert_eq!(hero.buttons, Some(Vec::new()));
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        let form = BlockForm {
            heading: "x".repeat(MAX_HEADING + 1),
            button: "Go".to_owned(),
            second_link: "javascript:alert(1)".to_owned(),
            ..BlockForm::default()
        };
        let wrong = read(&form, &Block::new(BlockKind::Hero), link).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["heading", "link", "second_link", "second_button"]);
        let wrong = read(&form, &Block::new(BlockKind::Products), link).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["heading", "source", "count"]);
    }

    #[test]
    fn a_picture_that_leads_somewhere_says_what_it_shows() {
        let form = BlockForm {
            link: "/products".to_owned(),
            ..BlockForm::default()
        };
        let picture = Block::new(BlockKind::Picture);
        let wrong = read(&form, &picture, link).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["alt"]);
        let form = BlockForm {
            alt: "A quay".to_owned(),
            ..form
        };
        assert!(read(&form, &picture, link).is_ok());
    }
}
