//! What the catalogue is read as: rows of products, cards, variants and pictures.

use app::catalog::{
    categories::PlacedCategory,
    types::{Card, Category, Colour, Picture, PictureSize, Units, Variant},
};

use crate::{
    db::{Columns, FromRow, from_row},
    error::Result,
};

from_row!(Units {
    available,
    on_shelf
});

/// A picture with what is known of its widest file.
struct PictureRow {
    src: String,
    alt: String,
    cut_out: bool,
    width: Option<i64>,
    height: Option<i64>,
}

from_row!(PictureRow {
    src: "picture_src",
    alt: or_default "picture_alt",
    cut_out: or_default "picture_cut_out",
    width: "picture_width",
    height: "picture_height",
});

impl<R: Columns> FromRow<R> for Picture {
    fn from_row(row: &R) -> Result<Self> {
        let row = PictureRow::from_row(row)?;
        let size = row.width.zip(row.height);
        let size = size.filter(|(width, height)| *width > 0 && *height > 0);
        Ok(Self {
            src: row.src,
            alt: row.alt,
            cut_out: row.cut_out,
            size: size.map(|(width, height)| PictureSize { width, height }),
        })
    }
}

/// Another picture of a card.
struct SecondPicture {
    src: String,
    cut_out: bool,
}

from_row!(SecondPicture {
    src: "second_src",
    cut_out: "second_cut_out",
});

impl From<SecondPicture> for Picture {
    fn from(row: SecondPicture) -> Self {
        Self {
            src: row.src,
            alt: String::new(),
            cut_out: row.cut_out,
            size: None,
        }
    }
}

/// The columns of [`CARD_COLUMNS`](super::CARD_COLUMNS).
struct CardRow {
    id: String,
    slug: String,
    title: String,
    vendor: String,
    picture: Option<Picture>,
    second_picture: Option<SecondPicture>,
    /// As `catalog::write` keeps them.
    colours: Vec<(String, Option<String>)>,
    price_min_minor: i64,
    price_max_minor: i64,
    compare_at_minor: Option<i64>,
    /// Of the variant of which there is most.
    available_max: i64,
    shelf_max: Option<i64>,
    low_stock: i64,
    variants: i64,
    options: i64,
}

from_row!(CardRow {
    id,
    slug,
    title,
    vendor,
    picture: row_if "picture_src",
    second_picture: row_if "second_src",
    colours: json,
    price_min_minor,
    price_max_minor,
    compare_at_minor,
    available_max,
    shelf_max,
    low_stock,
    variants: "variant_count",
    options: "option_count",
});

impl<R: Columns> FromRow<R> for Card {
    fn from_row(row: &R) -> Result<Self> {
        let row = CardRow::from_row(row)?;
        let units = Units {
            available: row.available_max,
            on_shelf: row.shelf_max.unwrap_or(row.available_max),
        };
        let colours = row.colours.into_iter();
        let colours = colours.map(|(value, picture_src)| Colour { value, picture_src });
        Ok(Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            vendor: row.vendor,
            picture: row.picture,
            second_picture: row.second_picture.map(Picture::from),
            colours: colours.collect(),
            price_min_minor: row.price_min_minor,
            price_max_minor: row.price_max_minor,
            compare_at_minor: row.compare_at_minor,
            availability: units.availability(row.low_stock),
            variants: row.variants,
            options: row.options,
            sold_from: None,
        })
    }
}

/// A product's own row; options, variants, pictures and tags have theirs.
pub(super) struct ProductRow {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub description_html: String,
    pub description_text: String,
    pub vendor: String,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub sold_from: i64,
    pub category: Option<CategoryOfProduct>,
}

from_row!(ProductRow {
    id,
    slug,
    title,
    description_html,
    description_text,
    vendor,
    seo_title,
    seo_description,
    created_at,
    updated_at,
    sold_from,
    category: row_if "category_id",
});

/// The category of a product, beside it.
pub(super) struct CategoryOfProduct {
    id: String,
    slug: String,
    name: String,
}

from_row!(CategoryOfProduct {
    id: "category_id",
    slug: "category_slug",
    name: "category_name",
});

impl From<CategoryOfProduct> for Category {
    fn from(row: CategoryOfProduct) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            picture: None,
        }
    }
}

struct VariantRow {
    id: String,
    sku: Option<String>,
    options: [String; 3],
    price_minor: i64,
    compare_at_minor: Option<i64>,
    units: Units,
    low_stock: i64,
    picture_src: Option<String>,
    barcode: Option<String>,
}

from_row!(VariantRow {
    id,
    sku,
    options: row,
    price_minor,
    compare_at_minor,
    units: row,
    low_stock,
    picture_src,
    barcode,
});

/// With all three columns of options, also those that the product does not use.
impl<R: Columns> FromRow<R> for Variant {
    fn from_row(row: &R) -> Result<Self> {
        let row = VariantRow::from_row(row)?;
        Ok(Self {
            id: row.id,
            sku: row.sku,
            options: row.options.into(),
            price_minor: row.price_minor,
            compare_at_minor: row.compare_at_minor,
            availability: row.units.availability(row.low_stock),
            picture_src: row.picture_src,
            barcode: row.barcode,
            sold_from: None,
        })
    }
}

from_row!(Category {
    id,
    slug,
    name,
    picture: row_if "picture_src",
});

from_row!(PlacedCategory {
    category: row,
    parent: "parent_id",
    is_filled,
});
