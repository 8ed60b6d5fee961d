//! What a product's first row says of it as a whole.

use super::cell::{self, CellError};
use super::columns::{Column, OPTION_NAMES};
use super::record::ProductRecord;
use super::row::Row;
use crate::{catalog::html, text::spelled_before};

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
    ProductRecord {
        line: row.line,
        handle: row.parse(Column::Handle, cell::handle),
        old_handle: spelled_before(row.text(Column::Handle)),
        title: row.parse(Column::Title, |text| match text {
            "" => Err(CellError::Empty),
            _ => cell::limited(text, MAX_TITLE),
        }),
        description_html: row.parse(Column::Body, description),
        vendor: row.parse(Column::Vendor, |text| cell::limited(text, MAX_VENDOR)),
        category: category(row),
        tags: tags(row),
        // Both are parsed, so that both are complained of.
        active: row.parse(Column::Published, cell::published)
            & row.parse(Column::Status, cell::status_is_active),
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
    if html::is_tangled(text) {
        return Err(CellError::Tangled);
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

#[cfg(test)]
mod tests {
    use super::super::testing::{faults, product};

    /// A file with one product that has `cells` in `columns`.
    fn with(columns: &str, cells: &str) -> String {
        format!("Handle,Title,Variant Price,{columns}\na,A,1,{cells}\n")
    }

    #[test]
    fn a_product_is_active_unless_it_is_hidden_or_not_yet_or_no_longer_sold() {
        for (cells, active) in [
            (",", true),
            ("TRUE,Active", true),
            ("yes,", true),
            ("1,active", true),
            ("false,active", false),
            ("No,", false),
            ("0,", false),
            ("true,draft", false),
            ("true,archived", false),
            ("true,unlisted", false),
        ] {
            assert_eq!(
                product(with("Published,Status", cells)).active,
                active,
                "{cells}"
            );
        }
        assert_eq!(
            faults(with("Published,Status", "maybe,sold")),
            [
                "line 2, column \"Published\": \"maybe\" is neither true nor false",
                "line 2, column \"Status\": \"sold\" is none of active, draft, archived and unlisted",
            ]
        );
    }

    #[test]
    fn tags_are_trimmed_sorted_and_each_there_once() {
        let tags = product(with("Tags", "\" wool, blue,,wool ,Blue\"")).tags;
        assert_eq!(tags, ["Blue", "blue", "wool"]);
    }

    #[test]
    fn the_category_is_the_type_or_else_the_last_part_of_shopifys_category() {
        let columns = "Type,Product Category";
        assert_eq!(product(with(columns, "Shirt,A > B")).category, "Shirt");
        assert_eq!(
            product(with(columns, ",Apparel > Clothing > Tops")).category,
            "Tops"
        );
        assert_eq!(product(with(columns, ",")).category, "");
    }

    #[test]
    fn texts_have_limits_and_are_counted_in_characters() {
        let long = |count: usize| "é".repeat(count);
        assert_eq!(
            product(with("Vendor", &long(120))).vendor.chars().count(),
            120
        );
        for (column, count) in [("Vendor", 121), ("Type", 121), ("SEO Title", 256)] {
            let expected = format!(
                "line 2, column \"{column}\": is longer than {} characters",
                count - 1
            );
            assert_eq!(faults(with(column, &long(count))), [expected]);
        }
        let title = format!("Handle,Title,Price\na,{},1\n", long(256));
        assert_eq!(
            faults(title),
            ["line 2, column \"Title\": is longer than 255 characters"]
        );
        let tag = faults(with(
            "Tags",
            &format!("ok, {}", "x".repeat(61)).replace(", ", "|"),
        ));
        assert!(tag[0].ends_with("is longer than 60 characters"), "{tag:?}");
        let many: Vec<_> = (0..51).map(|number| number.to_string()).collect();
        let many = faults(with("Tags", &format!("\"{}\"", many.join(","))));
        assert_eq!(many, ["line 2, column \"Tags\": has more than 50 tags"]);
    }

    #[test]
    fn a_description_is_sanitised_and_limited_also_after_escaping() {
        let html = product(with(
            "Body (HTML)",
            " <p onclick=x>Soft & warm</p><script>x</script> ",
        ));
        assert_eq!(html.description_html, "<p>Soft &amp; warm</p>");
        let lines = product(with(
            "Body (HTML)",
            "\"<div>First</div><div>was <s>20</s>, <a href=\"\"/sizes\"\">sizes</a></div>\"",
        ));
        assert_eq!(lines.description_html, "First<br>was <s>20</s>, sizes");
        let too_long = ["line 2, column \"Body (HTML)\": is longer than 200 KB"];
        assert_eq!(
            faults(with("Body (HTML)", &"x".repeat(200 * 1024 + 1))),
            too_long
        );
        assert_eq!(
            faults(with(
                "Body (HTML)",
                &format!("{}&&&&", "x".repeat(200 * 1024 - 5))
            )),
            too_long
        );
        assert!(faults(with("Body (HTML)", &"x".repeat(200 * 1024))).is_empty());
        let tangled =
            ["line 2, column \"Body (HTML)\": has more HTML tags than a description can need"];
        assert_eq!(faults(with("Body (HTML)", &"<p>".repeat(5001))), tangled);
    }

    #[test]
    fn options_are_named_in_order_and_each_once() {
        let columns = "Option1 Name,Option1 Value,Option2 Name,Option2 Value";
        assert_eq!(
            product(with(columns, "Size,S,Colour,Red")).options,
            ["Size", "Colour"]
        );
        assert_eq!(
            faults(with(columns, ",,Colour,Red")),
            ["line 2, column \"Option2 Name\": the option before this one has no name"]
        );
        assert_eq!(
            faults(with(columns, "Size,S,size,M")),
            ["line 2, column \"Option2 Name\": the product has two options of this name"]
        );
    }

    #[test]
    fn a_product_without_a_title_is_bad_and_all_its_faults_are_told_at_once() {
        assert_eq!(
            faults("Handle,Title,Variant Price,Published\n!?,,abc,maybe\n"),
            [
                "line 2, column \"Handle\": \"!?\" has none of the letters and digits a handle is made of",
                "line 2, column \"Title\": is empty",
                "line 2, column \"Published\": \"maybe\" is neither true nor false",
                "line 2, column \"Variant Price\": \"abc\" is not an amount of money",
            ]
        );
    }
}
