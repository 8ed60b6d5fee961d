//! What the owner of the shop wrote into a block, which is translated. What they left as it was is said in
//! every language anyway.

use app::{
    catalog::limits::MAX_ALT,
    home::{
        keys::key_of,
        types::{
            Block, Button, Hero, MAX_HEADING, MAX_PROMISE, MAX_TEXT, PictureBlock, Promise,
            TextBlock,
        },
    },
};

use crate::admin::translations::ports::BlockPart;

/// A text of a block.
pub struct OwnText<'a> {
    /// What its translations are kept under.
    pub field: String,
    pub part: BlockPart,
    /// Letters that it may have.
    pub most: usize,
    pub text: &'a mut String,
}

impl<'a> OwnText<'a> {
    fn heading(text: &'a mut String) -> Self {
        Self {
            field: "heading".to_owned(),
            part: BlockPart::Heading,
            most: MAX_HEADING,
            text,
        }
    }

    fn text(text: &'a mut String) -> Self {
        Self {
            field: "text".to_owned(),
            part: BlockPart::Text,
            most: MAX_TEXT,
            text,
        }
    }

    /// `at` is counted from 0.
    fn button(at: usize, button: &'a mut Button) -> Self {
        Self {
            field: format!("button{}", key_of(at, &button.key)),
            part: BlockPart::Button,
            most: MAX_HEADING,
            text: &mut button.words,
        }
    }

    fn promise(at: usize, promise: &'a mut Promise) -> [Self; 2] {
        let Promise { key, title, text } = promise;
        let key = key_of(at, key);
        [
            Self {
                field: format!("promise{key}_title"),
                part: BlockPart::PromiseTitle,
                most: MAX_HEADING,
                text: title,
            },
            Self {
                field: format!("promise{key}_text"),
                part: BlockPart::PromiseText,
                most: MAX_PROMISE,
                text,
            },
        ]
    }
}

impl<'a> OwnText<'a> {
    /// Those of a block that say something.
    pub fn all_of(block: &'a mut Block) -> Vec<Self> {
        let mut all = Vec::new();
        match block {
            Block::Hero(Hero {
                heading,
                text,
                buttons,
                ..
            }) => {
                all.extend(heading.as_mut().map(OwnText::heading));
                all.extend(text.as_mut().map(OwnText::text));
                let buttons = buttons.iter_mut().flatten().enumerate();
                all.extend(buttons.map(|(at, button)| OwnText::button(at, button)));
            }
            Block::Text(TextBlock {
                heading,
                text,
                button,
            }) => {
                all.extend([OwnText::heading(heading), OwnText::text(text)]);
                all.extend(button.as_mut().map(|button| OwnText::button(0, button)));
            }
            Block::Picture(PictureBlock { alt, text, .. }) => {
                all.push(OwnText {
                    field: "alt".to_owned(),
                    part: BlockPart::Alt,
                    most: MAX_ALT,
                    text: alt,
                });
                all.push(OwnText::text(text));
            }
            Block::Products(shelf) => all.extend(shelf.heading.as_mut().map(OwnText::heading)),
            Block::Categories(tiles) => all.extend(tiles.heading.as_mut().map(OwnText::heading)),
            Block::Promises(promises) => {
                let items = promises.items.iter_mut().flatten().enumerate();
                all.extend(items.flat_map(|(at, promise)| OwnText::promise(at, promise)));
            }
        }
        all.retain(|own| !own.text.is_empty());
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::home::types::{Promises, standard};

    #[test]
    fn what_the_owner_left_as_it_was_is_not_translated() {
        for mut placed in standard() {
            assert!(OwnText::all_of(&mut placed.block).is_empty());
        }
    }

    #[test]
    fn each_text_of_a_block_has_a_field_of_its_own() {
        let button = |words: &str| Button {
            words: words.to_owned(),
            link: "/products".to_owned(),
            ..Button::default()
        };
        let mut hero = Block::Hero(Hero {
            heading: Some("Ours".to_owned()),
            text: Some(String::new()),
            buttons: Some(vec![button("One"), button("Two")]),
            ..Hero::default()
        });
        let promise = |title: &str, text: &str| Promise {
            title: title.to_owned(),
            text: text.to_owned(),
            ..Promise::default()
        };
        let mut promises = Block::Promises(Promises {
            items: Some(vec![promise("Fast", ""), promise("Safe", "Always")]),
            ..Promises::default()
        });
        let fields = |block: &mut Block| {
            let texts = OwnText::all_of(block).into_iter();
            texts
                .map(|own| (own.field, own.text.clone()))
                .collect::<Vec<_>>()
        };
        let named = |all: &[(&str, &str)]| {
            let all = all.iter();
            all.map(|(field, text)| ((*field).to_owned(), (*text).to_owned()))
                .collect::<Vec<_>>()
        };
        let expected = [("heading", "Ours"), ("button1", "One"), ("button2", "Two")];
        assert_eq!(fields(&mut hero), named(&expected));
        let expected = [
            ("promise1_title", "Fast"),
            ("promise2_title", "Safe"),
            ("promise2_text", "Always"),
        ];
        assert_eq!(fields(&mut promises), named(&expected));
        *OwnText::all_of(&mut hero).remove(0).text = "Unser".to_owned();
        assert_eq!(fields(&mut hero)[0].1, "Unser");
    }
}
