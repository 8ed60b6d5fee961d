//! What a category may be called, where it may be, and whether it may be below another.

use app::{
    catalog::{
        categories::MAX_LEVELS,
        limits::{MAX_CATEGORY, MAX_DESCRIPTION, MAX_SLUG},
    },
    error::{FieldErrors, ShopResult},
    locale::locale,
};
use desk::admin::categories::{text::Text, types::CategoryForm};

use crate::{
    catalog::write::categories::{CategoryDraft, StoredCategory},
    text::{free_slug, html::sanitise, is_slug, name_key, spelled, tidy_name},
};

/// All categories, as they are before a change.
#[derive(Clone, Copy)]
pub struct Present<'a>(pub &'a [StoredCategory]);

impl<'a> Present<'a> {
    pub fn find(self, id: &str) -> Option<&'a StoredCategory> {
        self.0.iter().find(|one| one.id == id)
    }

    /// In their order.
    pub fn below(self, parent: Option<&str>) -> impl Iterator<Item = &'a StoredCategory> {
        let all = self.0.iter();
        all.filter(move |one| one.parent_id.as_deref() == parent)
    }

    /// The category and those above it, itself first.
    pub fn way_up(self, id: &str) -> Vec<&'a StoredCategory> {
        let mut way = Vec::new();
        let mut next = self.find(id);
        // What is stored is no ring; were it one, this ends all the same.
        while let Some(one) = next.filter(|_| way.len() <= MAX_LEVELS) {
            way.push(one);
            next = one.parent_id.as_deref().and_then(|id| self.find(id));
        }
        way
    }

    /// Levels that a category takes with all that is below it.
    fn height(self, id: &str) -> usize {
        let below = self
            .0
            .iter()
            .filter_map(|one| self.way_up(&one.id).iter().position(|up| up.id == id));
        1 + below.max().unwrap_or_default()
    }

    /// Whether a category, or a new one, may be below this one.
    pub fn may_be_below(self, category: Option<&str>, parent: &str) -> Result<(), String> {
        let text = Text::from(locale());
        let way = self.way_up(parent);
        if way.is_empty() {
            return Err(text.choose_parent().to_owned());
        }
        if category.is_some_and(|id| way.iter().any(|up| up.id == id)) {
            return Err(text.below_itself().to_owned());
        }
        let height = category.map_or(1, |id| self.height(id));
        match way.len() + height <= MAX_LEVELS {
            true => Ok(()),
            false => Err(text.too_deep(&MAX_LEVELS.to_string())),
        }
    }
}

/// What the form asks for, if it can be: `stored` is what is changed, none for a new category.
pub fn checked(
    form: &CategoryForm,
    stored: Option<&StoredCategory>,
    present: Present<'_>,
) -> ShopResult<CategoryDraft> {
    let mut wrong = FieldErrors::default();
    let text = Text::from(locale());
    let id = stored.map(|stored| stored.id.as_str());
    let others = || {
        let all = present.0.iter();
        all.filter(move |one| Some(one.id.as_str()) != id)
    };

    let name = tidy_name(&form.name);
    if name.is_empty() {
        wrong.add("name", text.name_wanted());
    } else if name.chars().count() > MAX_CATEGORY {
        wrong.add("name", text.too_long(&MAX_CATEGORY.to_string()));
    } else if others().any(|one| name_key(&one.name) == name_key(&name)) {
        wrong.add("name", text.name_taken());
    }

    let typed = form.slug.trim();
    let slug = match (typed, stored) {
        ("", Some(stored)) => stored.slug.clone(),
        ("", None) => free_slug(&name, "category", |slug| {
            present.0.iter().all(|one| one.slug != slug)
        }),
        (typed, _) => spelled(typed),
    };
    if slug.is_empty() {
        wrong.add("slug", text.address_empty());
    } else if !is_slug(&slug) {
        wrong.add("slug", text.too_long(&MAX_SLUG.to_string()));
    } else if others().any(|one| one.slug == slug) {
        wrong.add("slug", text.address_taken());
    }

    let parent_id = match form.parent.trim() {
        "" => None,
        parent => {
            if let Err(why) = present.may_be_below(id, parent) {
                wrong.add("parent", why);
            }
            Some(parent.to_owned())
        }
    };

    let description_html = sanitise(&form.description_html);
    if description_html.chars().count() > MAX_DESCRIPTION {
        wrong.add("description_html", text.text_too_long());
    }

    wrong.or(CategoryDraft {
        slug,
        name,
        parent_id,
        description_html,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: &str, parent: Option<&str>) -> StoredCategory {
        StoredCategory {
            id: id.to_owned(),
            slug: id.to_owned(),
            name: id.to_uppercase(),
            parent_id: parent.map(str::to_owned),
            description_html: String::new(),
            picture_src: None,
            version: 1,
        }
    }

    #[test]
    fn categories_are_nested_up_to_three_levels_and_never_in_a_ring() {
        let all = [
            category("a", None),
            category("b", Some("a")),
            category("c", Some("b")),
            category("d", None),
            category("e", Some("d")),
        ];
        let present = Present(&all);
        for (one, parent, may) in [
            (None, "b", true),
            (None, "c", false),
            (None, "nothing", false),
            (Some("a"), "a", false),
            (Some("a"), "c", false),
            (Some("e"), "b", true),
            (Some("d"), "a", true),
            (Some("d"), "b", false),
            (Some("c"), "d", true),
            (Some("b"), "e", false),
        ] {
            let allowed = present.may_be_below(one, parent).is_ok();
            assert_eq!(allowed, may, "{one:?} below {parent}");
        }
    }

    #[test]
    fn a_form_is_told_all_that_is_wrong_with_it() {
        let all = [category("a", None), category("b", Some("a"))];
        let form = CategoryForm {
            name: " b ".to_owned(),
            slug: "?".to_owned(),
            parent: "b".to_owned(),
            description_html: String::new(),
        };
        let refused = checked(&form, Some(&all[0]), Present(&all)).unwrap_err();
        let fields: Vec<_> = refused.fields.iter().map(|field| &field.field).collect();
        assert_eq!(fields, ["name", "slug", "parent"]);
        let form = CategoryForm {
            name: "B?".to_owned(),
            ..CategoryForm::default()
        };
        let draft = checked(&form, None, Present(&all)).unwrap();
        assert_eq!((draft.slug.as_str(), draft.parent_id), ("b-2", None));
    }
}
