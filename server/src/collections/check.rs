//! What a collection may be called and where it may be.

use app::{
    catalog::limits::{MAX_CATEGORY, MAX_DESCRIPTION, MAX_SLUG},
    collections::types::CollectionForm,
    error::{FieldErrors, ShopResult},
};

use super::{said, store::StoredCollection};
use crate::{
    ids::new_id,
    text::{free_slug, html::sanitise, is_slug, name_key, spelled, tidy_name},
};

/// What the form asks for, if it can be, among all there are: `before` is what is changed, none for a
/// new collection.
pub fn checked(
    form: &CollectionForm,
    before: Option<&StoredCollection>,
    all: &[StoredCollection],
) -> ShopResult<StoredCollection> {
    let mut wrong = FieldErrors::default();
    let id = before.map(|before| before.id.as_str());
    let others = || all.iter().filter(move |one| Some(one.id.as_str()) != id);

    let name = tidy_name(&form.name);
    if name.is_empty() {
        wrong.add("name", said().name_wanted());
    } else if name.chars().count() > MAX_CATEGORY {
        wrong.add("name", said().too_long(&MAX_CATEGORY.to_string()));
    } else if others().any(|one| name_key(&one.name) == name_key(&name)) {
        wrong.add("name", said().name_taken());
    }

    let slug = match (form.slug.trim(), before) {
        ("", Some(before)) => before.slug.clone(),
        ("", None) => free_slug(&name, "collection", |slug| {
            all.iter().all(|one| one.slug != slug)
        }),
        (typed, _) => spelled(typed),
    };
    if slug.is_empty() {
        wrong.add("slug", said().address_empty());
    } else if !is_slug(&slug) {
        wrong.add("slug", said().too_long(&MAX_SLUG.to_string()));
    } else if others().any(|one| one.slug == slug) {
        wrong.add("slug", said().address_taken());
    }

    let description_html = sanitise(&form.description_html);
    if description_html.chars().count() > MAX_DESCRIPTION {
        wrong.add("description_html", said().text_too_long());
    }

    wrong.or(StoredCollection {
        id: id.map_or_else(new_id, str::to_owned),
        slug,
        name,
        description_html,
        picture_src: before.and_then(|before| before.picture_src.clone()),
        version: before.map_or(1, |before| before.version + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(id: &str, name: &str, slug: &str) -> StoredCollection {
        StoredCollection {
            id: id.to_owned(),
            slug: slug.to_owned(),
            name: name.to_owned(),
            description_html: String::new(),
            picture_src: None,
            version: 3,
        }
    }

    #[test]
    fn a_form_is_told_all_that_is_wrong_with_it() {
        let all = [stored("a", "Gifts", "gifts"), stored("b", "Sale", "sale")];
        let form = CollectionForm {
            name: " sale ".to_owned(),
            slug: "?".to_owned(),
            description_html: String::new(),
        };
        let refused = checked(&form, Some(&all[0]), &all).unwrap_err();
        let fields: Vec<_> = refused.fields.iter().map(|field| &field.field).collect();
        assert_eq!(fields, ["name", "slug"]);
    }

    #[test]
    fn a_new_collection_finds_an_address_of_its_own() {
        let all = [stored("a", "Gifts", "gifts")];
        let form = CollectionForm {
            name: "Gifts!".to_owned(),
            ..CollectionForm::default()
        };
        let made = checked(&form, None, &all).unwrap();
        assert_eq!((made.slug.as_str(), made.version), ("gifts-2", 1));
        let same = CollectionForm {
            name: "Gifts".to_owned(),
            ..CollectionForm::default()
        };
        let kept = checked(&same, Some(&all[0]), &all).unwrap();
        assert_eq!((kept.slug.as_str(), kept.version), ("gifts", 4));
    }
}
