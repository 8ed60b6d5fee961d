//! The categories of the shop in their places: some are below others.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::types::{Category, Picture};

/// How deep categories may be nested.
pub const MAX_LEVELS: usize = 3;

/// A category in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedCategory {
    pub category: Category,
    /// Id of the one it is below; none at the top.
    pub parent: Option<String>,
    /// Whether it, or one below it, has a product that is for sale.
    pub is_filled: bool,
}

/// What a category's own page says above its products.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryText {
    /// Sanitised when it was stored.
    pub description_html: String,
    /// Its words alone, for search engines.
    pub description_text: String,
    pub picture_src: Option<String>,
}

/// All categories, each followed by those below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryTree(Vec<PlacedCategory>);

impl CategoryTree {
    /// From categories in the order in which those below the same one are shown. A category without a
    /// picture takes one from those below it, and is filled if one of them is.
    pub fn new(all: Vec<PlacedCategory>) -> Self {
        let ids: HashSet<String> = all.iter().map(|one| one.category.id.clone()).collect();
        let mut below: HashMap<Option<String>, Vec<PlacedCategory>> = HashMap::new();
        for mut one in all {
            one.parent.take_if(|parent| !ids.contains(parent.as_str()));
            below.entry(one.parent.clone()).or_default().push(one);
        }
        let mut tree = Self::default();
        tree.add(None, &mut below);
        tree
    }

    /// Adds what is below a category; tells whether any of it is filled, and the first picture.
    fn add(
        &mut self,
        parent: Option<String>,
        below: &mut HashMap<Option<String>, Vec<PlacedCategory>>,
    ) -> (bool, Option<Picture>) {
        let mut found = (false, None);
        for one in below.remove(&parent).unwrap_or_default() {
            let (at, id) = (self.0.len(), one.category.id.clone());
            self.0.push(one);
            let (is_filled, picture) = self.add(Some(id), below);
            let one = &mut self.0[at];
            one.is_filled |= is_filled;
            one.category.picture = one.category.picture.take().or(picture);
            found.0 |= one.is_filled;
            if found.1.is_none() {
                found.1.clone_from(&one.category.picture);
            }
        }
        found
    }

    pub fn iter(&self) -> impl Iterator<Item = &PlacedCategory> {
        self.0.iter()
    }

    /// To call them something else: they stay in their places.
    pub fn categories_mut(&mut self) -> impl Iterator<Item = &mut Category> {
        self.0.iter_mut().map(|one| &mut one.category)
    }

    pub fn find(&self, slug: &str) -> Option<&PlacedCategory> {
        self.0.iter().find(|one| one.category.slug == slug)
    }

    pub fn of_id(&self, id: &str) -> Option<&PlacedCategory> {
        self.0.iter().find(|one| one.category.id == id)
    }

    /// The categories above one, the top first.
    pub fn above(&self, one: &PlacedCategory) -> Vec<&Category> {
        let mut above = Vec::new();
        let mut parent = one.parent.as_deref();
        while let Some(found) = parent.and_then(|id| self.of_id(id)) {
            above.push(&found.category);
            parent = found.parent.as_deref();
        }
        above.reverse();
        above
    }

    /// Those right below one that have something for sale.
    pub fn below(&self, id: &str) -> Vec<&Category> {
        let below = |one: &&PlacedCategory| one.is_filled && one.parent.as_deref() == Some(id);
        let below = self.0.iter().filter(below);
        below.map(|one| &one.category).collect()
    }

    /// Those at the top that have something for sale.
    pub fn menu(&self) -> Vec<Category> {
        let top = |one: &&PlacedCategory| one.is_filled && one.parent.is_none();
        let top = self.0.iter().filter(top);
        top.map(|one| one.category.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(id: &str, parent: Option<&str>, is_filled: bool) -> PlacedCategory {
        PlacedCategory {
            category: Category {
                id: id.to_owned(),
                slug: format!("{id}-slug"),
                name: id.to_owned(),
                picture: is_filled.then(|| Picture {
                    src: format!("/media/{id}.webp"),
                    alt: String::new(),
                    cut_out: false,
                    size: None,
                }),
            },
            parent: parent.map(str::to_owned),
            is_filled,
        }
    }

    fn ids<'a>(categories: impl IntoIterator<Item = &'a Category>) -> Vec<&'a str> {
        let ids = categories.into_iter().map(|category| category.id.as_str());
        ids.collect()
    }

    #[test]
    fn each_category_is_followed_by_those_below_it() {
        let tree = CategoryTree::new(vec![
            placed("hats", Some("clothes"), false),
            placed("tools", None, false),
            placed("clothes", None, false),
            placed("caps", Some("hats"), true),
            placed("lost", Some("gone"), true),
        ]);
        let all = tree.iter().map(|one| &one.category);
        assert_eq!(ids(all), ["tools", "clothes", "hats", "caps", "lost"]);
        let caps = tree.find("caps-slug").unwrap();
        assert_eq!(ids(tree.above(caps)), ["clothes", "hats"]);
        assert_eq!(ids(tree.below("clothes")), ["hats"]);
        let menu = tree.menu();
        assert_eq!(ids(&menu), ["clothes", "lost"], "tools has nothing");
        let picture = menu[0].picture.as_ref().map(|picture| picture.src.as_str());
        assert_eq!(picture, Some("/media/caps.webp"));
    }

    #[test]
    fn a_ring_of_categories_ends() {
        let ring = vec![placed("a", Some("b"), true), placed("b", Some("a"), true)];
        assert_eq!(CategoryTree::new(ring).iter().count(), 0);
    }
}
