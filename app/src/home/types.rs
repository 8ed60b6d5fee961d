//! The blocks of the front page.

use serde::{Deserialize, Serialize};

/// The most blocks that a page may have.
pub const MAX_BLOCKS: usize = 30;
/// Of headings and what is on buttons, in characters.
pub const MAX_HEADING: usize = 120;
/// Of texts, in characters.
pub const MAX_TEXT: usize = 5000;
/// Of what is said of a promise, in characters.
pub const MAX_PROMISE: usize = 240;
/// The most promises in a block.
pub const MAX_PROMISES: usize = 4;
/// The most buttons in a block.
pub const MAX_BUTTONS: usize = 2;
/// How many products a block may show.
pub const COUNTS: [i64; 2] = [4, 8];

crate::words! {
    /// What a block is.
    pub enum BlockKind {
        Hero = "hero",
        Text = "text",
        Picture = "picture",
        Products = "products",
        Categories = "categories",
        Promises = "promises",
    }
}

/// What the owner wrote, which may be nothing. `None`: the words that the shop has for it in each
/// language.
pub type Words = Option<String>;

/// A block as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Hero(Hero),
    Text(TextBlock),
    Picture(PictureBlock),
    Products(Shelf),
    Categories(Tiles),
    Promises(Promises),
}

/// The large block that a page begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hero {
    pub heading: Words,
    pub text: Words,
    /// Up to two. `None`: those that the shop has for it.
    pub buttons: Option<Vec<Button>>,
    /// The last key that a button got, if it is no place of an older version's.
    pub last_key: usize,
    /// Without one it shows products.
    pub picture_src: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What its translations are kept under; empty of an older version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    pub words: String,
    /// A path of the shop, or an address with `https`.
    pub link: String,
}

/// Paragraphs, with blank lines between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextBlock {
    pub heading: String,
    pub text: String,
    pub button: Option<Button>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureBlock {
    /// Nothing is shown without one.
    pub picture_src: Option<String>,
    /// For those who do not see it.
    pub alt: String,
    /// Below it.
    pub text: String,
    pub link: Option<String>,
}

/// Some products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    pub heading: Words,
    pub source: Source,
    /// One of [`COUNTS`].
    pub count: i64,
}

impl Shelf {
    pub const fn of(source: Source) -> Self {
        Self {
            heading: None,
            source,
            count: 8,
        }
    }
}

/// Which products.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    #[default]
    Newest,
    BestSelling,
    /// Id of a category.
    Category(String),
    /// Id of a collection: its products are in its order.
    Collection(String),
}

/// The categories at the top that have something for sale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tiles {
    pub heading: Words,
}

/// What the shop stands for, in a few words each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Promises {
    /// `None`: those that the shop has for it.
    pub items: Option<Vec<Promise>>,
    /// As of a hero's buttons.
    pub last_key: usize,
}

/// Also as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Promise {
    /// As of a button.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    pub title: String,
    pub text: String,
}

impl Block {
    pub const fn kind(&self) -> BlockKind {
        match self {
            Self::Hero(_) => BlockKind::Hero,
            Self::Text(_) => BlockKind::Text,
            Self::Picture(_) => BlockKind::Picture,
            Self::Products(_) => BlockKind::Products,
            Self::Categories(_) => BlockKind::Categories,
            Self::Promises(_) => BlockKind::Promises,
        }
    }

    /// One that nothing was typed into yet: it says nothing and promises nothing.
    pub fn new(kind: BlockKind) -> Self {
        let block = match kind {
            BlockKind::Hero => Self::Hero(Hero::default()),
            BlockKind::Text => Self::Text(TextBlock::default()),
            BlockKind::Picture => Self::Picture(PictureBlock::default()),
            BlockKind::Products => Self::Products(Shelf::of(Source::Newest)),
            BlockKind::Categories => Self::Categories(Tiles::default()),
            BlockKind::Promises => Self::Promises(Promises::default()),
        };
        block.unwritten()
    }

    /// The same without the words that the shop has for it, where these tell of goods or promise something.
    #[must_use]
    pub fn unwritten(self) -> Self {
        match self {
            Self::Hero(hero) => Self::Hero(Hero {
                heading: Some(hero.heading.unwrap_or_default()),
                text: Some(hero.text.unwrap_or_default()),
                ..hero
            }),
            Self::Promises(promises) => Self::Promises(Promises {
                items: Some(promises.items.unwrap_or_default()),
                ..promises
            }),
            Self::Text(_) | Self::Picture(_) | Self::Products(_) | Self::Categories(_) => self,
        }
    }

    /// Where the address of its picture is, if it may have one.
    pub fn picture_mut(&mut self) -> Option<&mut Option<String>> {
        match self {
            Self::Hero(hero) => Some(&mut hero.picture_src),
            Self::Picture(picture) => Some(&mut picture.picture_src),
            Self::Text(_) | Self::Products(_) | Self::Categories(_) | Self::Promises(_) => None,
        }
    }

    pub fn picture(&self) -> Option<&str> {
        match self {
            Self::Hero(hero) => hero.picture_src.as_deref(),
            Self::Picture(picture) => picture.picture_src.as_deref(),
            Self::Text(_) | Self::Products(_) | Self::Categories(_) | Self::Promises(_) => None,
        }
    }
}

/// A block of a page, in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedBlock {
    pub id: String,
    pub block: Block,
    pub version: i64,
}

/// The front page of a shop whose owner has not made another one.
pub fn standard() -> Vec<PlacedBlock> {
    let blocks = [
        Block::Hero(Hero::default()),
        Block::Categories(Tiles::default()),
        Block::Products(Shelf::of(Source::Newest)),
        Block::Promises(Promises::default()),
        Block::Products(Shelf::of(Source::BestSelling)),
    ];
    let placed = (1..).zip(blocks).map(|(number, block)| PlacedBlock {
        // They keep these ids when they are changed.
        id: format!("00000000-0000-7000-8000-{number:012}"),
        block,
        version: 1,
    });
    placed.collect()
}

/// The same in a shop of which nothing is known: it says nothing of its products, and promises nothing.
pub fn unwritten() -> Vec<PlacedBlock> {
    let placed = standard().into_iter().map(|placed| PlacedBlock {
        block: placed.block.unwritten(),
        ..placed
    });
    placed.collect()
}

/// The front page as its admin works on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeDraft {
    pub blocks: Vec<PlacedBlock>,
    /// Whether it differs from what shoppers see.
    pub state: DraftState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftState {
    Published,
    /// It was changed, which shoppers do not see yet.
    Changed,
}

/// A block after it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockSaved {
    pub id: String,
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_as_they_are_stored() {
        for kind in BlockKind::ALL {
            let block = Block::new(kind);
            assert_eq!(block.kind(), kind);
            let json = serde_json::to_value(&block).unwrap();
            assert_eq!(json["kind"], kind.as_str());
            assert_eq!(serde_json::from_value::<Block>(json).unwrap(), block);
        }
        let stored = r#"{"kind":"products","heading":null,"source":{"category":"x"},"count":4}"#;
        let block: Block = serde_json::from_str(stored).unwrap();
        let Block::Products(shelf) = block else {
            panic!("it is a shelf");
        };
        assert_eq!(shelf.source, Source::Category("x".to_owned()));
        assert!(serde_json::from_str::<Block>(r#"{"kind":"video"}"#).is_err());
    }
}
