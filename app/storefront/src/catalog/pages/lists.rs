//! Lists like the one at hand: their addresses, and its state in forms.

use app::{
    catalog::{
        address,
        query::{ListQuery, Unread},
    },
    locale::href,
};
use leptos::prelude::*;

/// A list's state, with what is needed to write addresses of lists like it.
#[derive(Debug, Clone)]
pub struct Lists {
    pub query: ListQuery,
    /// Filters that were typed and could not be read; no other list has them.
    pub unread: Vec<Unread>,
    pub currency: String,
}

impl Lists {
    /// The address of the list after a change, from its first page on.
    pub fn href_with(&self, change: impl FnOnce(&mut ListQuery)) -> String {
        href(&self.path_with(change))
    }

    /// The same without the language.
    pub fn path_with(&self, change: impl FnOnce(&mut ListQuery)) -> String {
        let mut query = self.query.clone();
        query.page = 1;
        change(&mut query);
        query.href(&self.currency)
    }

    pub fn page_href(&self, page: i64) -> String {
        self.href_with(|query| query.page = page)
    }

    /// The list without anything that narrows it down but its category.
    pub fn cleared_href(&self) -> String {
        self.href_with(|query| {
            *query = ListQuery {
                category: query.category.take(),
                sort: query.sort,
                page: 1,
                ..ListQuery::default()
            }
        })
    }

    /// Where forms lead: a category's own page unless there is a search text.
    pub fn action(&self) -> String {
        match (&self.query.category, &self.query.q) {
            (Some(category), None) => href(&address::category(category)),
            _ => href("/products"),
        }
    }

    /// Hidden fields for those parts of the state that a form has no other field for.
    pub fn hidden(&self, wanted: impl Fn(&str) -> bool) -> AnyView {
        let in_action = self.query.q.is_none();
        self.query
            .pairs(&self.currency)
            .into_iter()
            .filter(|(name, _)| name != "page" && wanted(name))
            .filter(|(name, _)| !(in_action && name == "category"))
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view()
            .into_any()
    }

    /// What was typed into a field and could not be read.
    pub fn unread(&self, wanted: &str) -> Option<&Unread> {
        self.unread.iter().find(|unread| unread.field == wanted)
    }

    /// What a field of the state holds, as it is in addresses; as it was typed, if that could not
    /// be read.
    pub fn value(&self, wanted: &str) -> Option<String> {
        if let Some(unread) = self.unread(wanted) {
            return Some(unread.text.clone());
        }
        let pairs = self.query.pairs(&self.currency);
        pairs
            .into_iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value)
    }
}
