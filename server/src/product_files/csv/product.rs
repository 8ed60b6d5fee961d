//! What a product's first row says of it as a whole.

use app::catalog::limits::{
    MAX_CATEGORY, MAX_DESCRIPTION, MAX_OPTION, MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_TAG,
    MAX_TAGS, MAX_TITLE, MAX_VENDOR,
};
use desk::admin::jobs::told::Message;

use super::cell::{self, CellError, filled};
use super::columns::{Column, OPTION_NAMES};
use super::record::ProductRecord;
use super::row::Row;
use super::said::Said;
use super::translations;
use crate::text::{html, spelled_before};

/// What the first row says of the product as a whole.
pub(super) fn fields(row: &mut Row) -> ProductRecord {
    ProductRecord {
        line: row.line,
        handle: row.parse(Column::Handle, cell::handle),
        old_handle: spelled_before(row.text(Column::Handle)),
        title: row.say(Column::Title, |text| match text {
            "" => Err(CellError::Empty),
            _ => cell::limited(text, MAX_TITLE),
        }),
        description_html: row.say(Column::Body, description),
        vendor: row.say(Column::Vendor, |text| cell::limited(text, MAX_VENDOR)),
        category: category(row),
        tags: row.say(Column::Tags, tags),
        active: active(row),
        prepaid: row.parse(Column::Prepaid, |text| filled(text, cell::published)),
        options: Said::Nothing,
        variants: Vec::new(),
        images: Said::Nothing,
        seo_title: row.say(Column::SeoTitle, |text| cell::optional(text, MAX_SEO_TITLE)),
        seo_description: row.say(Column::SeoDescription, |text| {
            cell::optional(text, MAX_SEO_DESCRIPTION)
        }),
        translations: translations::read(row),
        remarks: Vec::new(),
    }
}

/// For sale if all that is said of it says so.
fn active(row: &mut Row) -> Option<bool> {
    let published = row.parse(Column::Published, |text| filled(text, cell::published));
    let status = row.parse(Column::Status, |text| filled(text, cell::status_is_active));
    let mut said = [published, status].into_iter().flatten();
    let first = said.next()?;
    Some(said.fold(first, |all, one| all & one))
}

pub(super) fn description(text: &str) -> Result<String, CellError> {
    let text = cell::limited(text, MAX_DESCRIPTION)?;
    if html::is_tangled(&text) {
        return Err(CellError::Tangled);
    }
    // Escaping may have made it longer, and an export of it has to be readable again.
    cell::limited(html::sanitise(&text).trim(), MAX_DESCRIPTION)
}

fn category(row: &mut Row) -> Said<String> {
    if row.has(Column::Type) || !row.file_has(Column::ProductCategory) {
        return row.say(Column::Type, |text| cell::limited(text, MAX_CATEGORY));
    }
    row.say(Column::ProductCategory, |text| {
        let last = text.rsplit('>').next().unwrap_or_default();
        cell::limited(last.trim(), MAX_CATEGORY)
    })
}

fn tags(text: &str) -> Result<Vec<String>, CellError> {
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
}

/// The names of the product's options. One that is missing before another is an empty name, so that
/// the values do not get complaints of their own.
pub(super) fn options(row: &mut Row) -> Said<Vec<String>> {
    if !row.file_has_any(&OPTION_NAMES) {
        return Said::Nothing;
    }
    let mut names: Vec<String> = Vec::new();
    for (place, column) in OPTION_NAMES.into_iter().enumerate() {
        if !row.has(column) {
            continue;
        }
        let name = row.parse(column, |text| cell::limited(text, MAX_OPTION));
        if names.len() < place {
            row.fault(column, Message::OptionBeforeNameless);
            names.resize(place, String::new());
        } else if names
            .iter()
            .any(|known| known.to_lowercase() == name.to_lowercase())
        {
            row.fault(column, Message::OptionTwice);
        }
        names.push(name);
    }
    Said::This(names)
}

#[cfg(test)]
mod tests {
    use super::super::Said;
    use super::super::testing::{faults, product};

    /// A file with one product that has `cells` in `columns`.
    fn with(columns: &str, cells: &str) -> String {
        format!("Handle,Title,Variant Price,{columns}\na,A,1,{cells}\n")
    }

    #[test]
    fn a_product_is_active_where_nothing_that_is_said_hides_it() {
        for (cells, active) in [
            (",", None),
            ("TRUE,Active", Some(true)),
            ("yes,", Some(true)),
            (",active", Some(true)),
            ("1,active", Some(true)),
            ("false,active", Some(false)),
            ("No,", Some(false)),
            ("0,", Some(false)),
            ("true,draft", Some(false)),
            (",draft", Some(false)),
            ("true,archived", Some(false)),
            ("true,unlisted", Some(false)),
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
        let sorted = ["Blue", "blue", "wool"].map(str::to_owned);
        assert_eq!(tags, Said::This(sorted.to_vec()));
    }

    #[test]
    fn the_category_is_the_type_or_else_the_last_part_of_shopifys_category() {
        let columns = "Type,Product Category";
        let category = |columns, cells| product(with(columns, cells)).category;
        let said = |category: &str| Said::This(category.to_owned());
        assert_eq!(category(columns, "Shirt,A > B"), said("Shirt"));
        let path = ",Apparel > Clothing > Tops";
        assert_eq!(category(columns, path), said("Tops"));
        assert_eq!(category(columns, ","), said(""));
        assert_eq!(category("Type", "\"\""), said(""));
        assert_eq!(category("Product Category", "A > B"), said("B"));
        assert_eq!(category("Vendor", "x"), Said::Nothing);
    }

    #[test]
    fn texts_have_limits_and_are_counted_in_characters() {
        let long = |count: usize| "é".repeat(count);
        let vendor = product(with("Vendor", &long(255))).vendor;
        assert_eq!(vendor, Said::This(long(255)));
        for (column, count) in [("Vendor", 256), ("Type", 256), ("SEO Title", 401)] {
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
            &format!("ok, {}", "x".repeat(256)).replace(", ", "|"),
        ));
        assert!(tag[0].ends_with("is longer than 255 characters"), "{tag:?}");
        let many: Vec<_> = (0..251).map(|number| number.to_string()).collect();
        let many = faults(with("Tags", &format!("\"{}\"", many.join(","))));
        assert_eq!(many, ["line 2, column \"Tags\": has more than 250 tags"]);
    }

    #[test]
    fn a_description_is_sanitised_and_limited_also_after_escaping() {
        let html = product(with(
            "Body (HTML)",
            " <p onclick=x>Soft & warm</p><script>x</script> ",
        ));
        let clean = "<p>Soft &amp; warm</p>".to_owned();
        assert_eq!(html.description_html, Said::This(clean));
        let lines = product(with(
            "Body (HTML)",
            "\"<div>First</div><div>was <s>20</s>, <a href=\"\"/sizes\"\">sizes</a></div>\"",
        ));
        let clean = "First<br>was <s>20</s>, sizes".to_owned();
        assert_eq!(lines.description_html, Said::This(clean));
        let too_long = ["line 2, column \"Body (HTML)\": is longer than 204800 characters"];
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
            Said::This(["Size", "Colour"].map(str::to_owned).to_vec())
        );
        assert_eq!(product("Handle,Title\na,A\n").options, Said::Nothing);
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
                "line 2, column \"Handle\": \"!?\" has no letters or digits to make a handle from",
                "line 2, column \"Title\": is empty",
                "line 2, column \"Published\": \"maybe\" is neither true nor false",
                "line 2, column \"Variant Price\": \"abc\" is not an amount of money",
            ]
        );
    }
}
