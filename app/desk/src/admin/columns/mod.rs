//! Which columns a list shows: kept in its address, and so in the views that are saved of it.

use app::{
    locale::locale,
    ui::icon::{Icon, icon},
    words::Words,
};
use leptos::prelude::*;

mod text {
    include!(concat!(env!("OUT_DIR"), "/admin_columns_text.rs"));
}

use text::Text;

/// What it is called in addresses, once for each column that is shown.
pub const NAME: &str = "column";

/// Those columns of a list that are shown, of all that can be left out. An address that names none that there is shows all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<C>(Vec<C>);

impl<C: Words> Default for Columns<C> {
    fn default() -> Self {
        Self(C::all().to_vec())
    }
}

impl<C: Words> Columns<C> {
    pub fn named<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let named: Vec<C> = keys.into_iter().filter_map(C::of_word).collect();
        let all = C::all().iter().copied();
        let shown: Vec<C> = all.filter(|column| named.contains(column)).collect();
        match shown.is_empty() {
            true => Self::default(),
            false => Self(shown),
        }
    }

    pub fn show(&self, column: C) -> bool {
        self.0.contains(&column)
    }

    /// The parts of an address: none where all are shown, which goes without saying.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<C> {
        let is_whole = self.0.len() == C::all().len();
        let shown = if is_whole { Vec::new() } else { self.0.clone() };
        shown.into_iter().map(C::word)
    }

    /// For forms that narrow the list.
    pub fn hidden(&self) -> impl IntoView + use<C> {
        let fields = self.keys();
        fields
            .map(|key| view! { <input type="hidden" name=NAME value=key/> })
            .collect_view()
    }
}

/// The form that chooses them, each by its title. `kept` is what else the list's address says.
pub fn chooser<C: Words>(
    list: &'static str,
    columns: &Columns<C>,
    title: impl Fn(C) -> &'static str,
    kept: Vec<(String, String)>,
) -> AnyView {
    let text = Text::from(locale());
    let kept: Vec<_> = kept
        .into_iter()
        .filter(|(name, _)| name != NAME)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    let boxes: Vec<_> = C::all()
        .iter()
        .map(|column| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=NAME
                        value=column.word()
                        checked=columns.show(*column)
                    />
                    <span>{title(*column)}</span>
                </label>
            }
        })
        .collect();
    view! {
        <details class="asked view-asked column-chooser" data-menu>
            <summary class="btn btn-small">{text.columns()} {icon(Icon::Chevron)}</summary>
            <form class="panel stack" action=list method="get">
                {kept}
                <fieldset class="stack">
                    <legend class="visually-hidden">{text.columns()}</legend>
                    {boxes}
                </fieldset>
                <p class="muted small">{text.how_kept()}</p>
                <p>
                    <button class="btn" type="submit">{text.show_columns()}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    app::words! {
        enum Of {
            Size = "size",
            Colour = "colour",
            Weight = "weight",
        }
    }

    #[test]
    fn an_address_names_columns_in_their_order_and_back() {
        let keys = |named: &[&str]| {
            let columns = Columns::<Of>::named(named.iter().copied());
            let keys: Vec<_> = columns.keys().collect();
            assert_eq!(Columns::named(keys.iter().copied()), columns);
            keys
        };
        assert_eq!(keys(&["weight", "size", "weight"]), ["size", "weight"]);
        // All, and none that there is, go without saying.
        for whole in [&["weight", "size", "colour"][..], &[], &["smell"]] {
            assert!(keys(whole).is_empty(), "{whole:?}");
            let columns = Columns::named(whole.iter().copied());
            assert!(Of::ALL.into_iter().all(|column| columns.show(column)));
        }
        assert!(!Columns::named(["size"]).show(Of::Weight));
    }
}
