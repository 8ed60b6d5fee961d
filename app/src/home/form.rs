//! From a block to what its form shows.

use super::types::{Block, Button, Hero, Promise, Promises, Shelf, Source, Tiles, Words};
use crate::{catalog::text::Text as Standard, locale::Locale};

/// As typed. Each kind of block has its part of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BlockForm {
    pub heading: String,
    pub text: String,
    pub button: String,
    pub link: String,
    pub second_button: String,
    pub second_link: String,
    pub alt: String,
    /// `newest`, `best_selling`, or `category:` or `collection:` and an id.
    pub source: String,
    pub count: String,
    pub promises: Vec<Promise>,
}

/// What a hero leads to, unless its owner says otherwise.
pub(super) fn standard_buttons(text: Standard) -> [Button; 2] {
    let button = |words: &str, link: &str| Button {
        words: words.to_owned(),
        link: link.to_owned(),
        ..Button::default()
    };
    [
        button(text.shop_all(), "/products"),
        button(text.see_whats_new(), "/products?sort=newest"),
    ]
}

/// What a shop promises, unless its owner says otherwise.
pub(super) fn standard_promises(text: Standard) -> Vec<Promise> {
    let promise = |title: &str, text: &str| Promise {
        title: title.to_owned(),
        text: text.to_owned(),
        ..Promise::default()
    };
    vec![
        promise(text.real_stock(), text.real_stock_why()),
        promise(text.no_surprises(), text.no_surprises_why()),
        promise(text.pay_on_delivery(), text.pay_on_delivery_why()),
        promise(text.no_account_needed(), text.no_account_needed_why()),
    ]
}

impl Promise {
    /// Whether this is the shop's own promise of cash on delivery, in any of its languages: it holds as long as
    /// that can be chosen.
    pub fn is_of_cash(&self) -> bool {
        let mut all = Locale::ALL.into_iter().map(Standard::from);
        all.any(|text| {
            self.title == text.pay_on_delivery() && self.text == text.pay_on_delivery_why()
        })
    }
}

impl Hero {
    pub fn heading_in(&self, locale: Locale) -> String {
        or(&self.heading, Standard::from(locale).home_heading())
    }

    pub fn text_in(&self, locale: Locale) -> String {
        or(&self.text, Standard::from(locale).home_text())
    }

    pub fn buttons_in(&self, locale: Locale) -> Vec<Button> {
        match &self.buttons {
            Some(buttons) => buttons.clone(),
            None => standard_buttons(Standard::from(locale)).to_vec(),
        }
    }
}

impl Shelf {
    /// Of a category or a collection it is its name, which is not known here.
    pub fn heading_in(&self, locale: Locale) -> String {
        let text = Standard::from(locale);
        let standard = match self.source {
            Source::Newest => text.new_in(),
            Source::BestSelling => text.popular(),
            Source::Category(_) | Source::Collection(_) => "",
        };
        or(&self.heading, standard)
    }
}

impl Tiles {
    pub fn heading_in(&self, locale: Locale) -> String {
        or(&self.heading, Standard::from(locale).shop_by_category())
    }
}

impl Promises {
    pub fn items_in(&self, locale: Locale) -> Vec<Promise> {
        match &self.items {
            Some(items) => items.clone(),
            None => standard_promises(Standard::from(locale)),
        }
    }
}

fn or(words: &Words, standard: &str) -> String {
    words.clone().unwrap_or_else(|| standard.to_owned())
}

impl BlockForm {
    /// What the form of a block shows, in the language of its admin.
    pub fn of(block: &Block, locale: Locale) -> Self {
        let mut form = Self::default();
        match block {
            Block::Hero(hero) => {
                form.heading = hero.heading_in(locale);
                form.text = hero.text_in(locale);
                let mut buttons = hero.buttons_in(locale).into_iter();
                let first = buttons.next().unwrap_or_default();
                let second = buttons.next().unwrap_or_default();
                (form.button, form.link) = (first.words, first.link);
                (form.second_button, form.second_link) = (second.words, second.link);
            }
            Block::Text(text) => {
                form.heading.clone_from(&text.heading);
                form.text.clone_from(&text.text);
                let button = text.button.clone().unwrap_or_default();
                (form.button, form.link) = (button.words, button.link);
            }
            Block::Picture(picture) => {
                form.alt.clone_from(&picture.alt);
                form.text.clone_from(&picture.text);
                form.link = picture.link.clone().unwrap_or_default();
            }
            Block::Products(shelf) => {
                form.heading = shelf.heading_in(locale);
                form.source = shelf.source.typed();
                form.count = shelf.count.to_string();
            }
            Block::Categories(tiles) => form.heading = tiles.heading_in(locale),
            Block::Promises(promises) => form.promises = promises.items_in(locale),
        }
        form
    }
}

impl Source {
    /// As in the form.
    pub fn typed(&self) -> String {
        match self {
            Self::Newest => "newest".to_owned(),
            Self::BestSelling => "best_selling".to_owned(),
            Self::Category(id) => format!("category:{id}"),
            Self::Collection(id) => format!("collection:{id}"),
        }
    }
}
