//! What a product's first row says of it as a whole.

use super::cell::{self, CellError};
use super::columns::{Column, OPTION_NAMES};
use super::html;
use super::record::ProductRecord;
use super::row::Row;

const MAX_DESCRIPTION_BYTES: usize = 200 * 1024;
const MAX_TITLE: usize = 255;
const MAX_VENDOR: usize = 120;
const MAX_CATEGORY: usize = 120;
const MAX_TAG: usize = 60;
const MAX_TAGS: usize = 50;
const MAX_SEO_TITLE: usize = 255;
const MAX_SEO_DESCRIPTION: usize = 1000;
/// For names and values of options.
pub(super) const MAX_OPTION: usize = 255;

/// What the first row says of the product as a whole.
pub(super) fn fields(row: &mut Row) -> ProductRecord {
    let published = row.parse(Column::Published, cell::published);
    let has_status = row.parse(Column::Status, cell::status_is_active);
    ProductRecord {
        line: row.line,
        handle: row.parse(Column::Handle, cell::handle),
        title: row.parse(Column::Title, |text| match text {
            "" => Err(CellError::Empty),
            _ => cell::limited(text, MAX_TITLE),
        }),
        description_html: row.parse(Column::Body, description),
        vendor: row.parse(Column::Vendor, |text| cell::limited(text, MAX_VENDOR)),
        category: category(row),
        tags: tags(row),
        active: published && has_status,
        options: Vec::new(),
        variants: Vec::new(),
        images: Vec::new(),
        seo_title: row.parse(Column::SeoTitle, |text| cell::optional(text, MAX_SEO_TITLE)),
        seo_description: row.parse(Column::SeoDescription, |text| {
            cell::optional(text, MAX_SEO_DESCRIPTION)
        }),
    }
}

fn description(text: &str) -> Result<String, CellError> {
    let too_long = CellError::TooManyBytes {
        kilobytes: MAX_DESCRIPTION_BYTES / 1024,
    };
    if text.len() > MAX_DESCRIPTION_BYTES {
        return Err(too_long);
    }
    let clean = html::sanitise(text).trim().to_owned();
    // Escaping may have made it longer, and an export of it has to be readable again.
    if clean.len() > MAX_DESCRIPTION_BYTES {
        return Err(too_long);
    }
    Ok(clean)
}

fn category(row: &mut Row) -> String {
    if row.has(Column::Type) {
        return row.parse(Column::Type, |text| cell::limited(text, MAX_CATEGORY));
    }
    row.parse(Column::ProductCategory, |text| {
        let last = text.rsplit('>').next().unwrap_or_default();
        cell::limited(last.trim(), MAX_CATEGORY)
    })
}

fn tags(row: &mut Row) -> Vec<String> {
    row.parse(Column::Tags, |text| {
        let named = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
        let mut tags: Vec<_> = named.map(str::to_owned).collect();
        tags.sort_unstable();
        tags.dedup();
        if tags.len() > MAX_TAGS {
            return Err(CellError::TooManyTags { max: MAX_TAGS });
        }
        match tags.iter().find(|tag| tag.chars().count() > MAX_TAG) {
            Some(tag) => Err(CellError::LongTag {
                tag: tag.clone(),
                max: MAX_TAG,
            }),
            None => Ok(tags),
        }
    })
}

/// The names of the product's options. One that is missing before another is an empty name, so that
/// the values do not get complaints of their own.
pub(super) fn options(row: &mut Row) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (place, column) in OPTION_NAMES.into_iter().enumerate() {
        if !row.has(column) {
            continue;
        }
        let name = row.parse(column, |text| cell::limited(text, MAX_OPTION));
        if names.len() < place {
            row.fault(column, "the option before this one has no name");
            names.resize(place, String::new());
        } else if names
            .iter()
            .any(|known| known.to_lowercase() == name.to_lowercase())
        {
            row.fault(column, "the product has two options of this name");
        }
        names.push(name);
    }
    names
}
