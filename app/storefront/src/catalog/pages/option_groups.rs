//! The options of a list's products, such as size and colour: which of them are offered as filters,
//! and how.

use app::{
    catalog::{
        colours::is_colour,
        query::ListQuery,
        text::Text,
        types::{Facet, OptionFacet, ProductList},
    },
    locale::locale,
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

use super::{chips::capitalised, lists::Lists};

/// Values of a group that are in sight once it is unfolded.
const IN_SIGHT: usize = 8;

/// The groups that a shopper can choose by. What is chosen is among them whatever it does to the list:
/// what is not in the form would be lost when it is sent.
///
/// Of everything there is, options such as "handle" and "nib" say nothing: there it is only the colour.
pub fn offered(list: &ProductList, query: &ListQuery) -> Vec<OptionFacet> {
    let mut options = with_chosen(&list.facets.options, query);
    options.retain(|option| {
        let is_chosen = query.options.contains_key(&option.name);
        is_chosen || has_its_place(option, query) && divides(option, list.total)
    });
    options
}

fn has_its_place(option: &OptionFacet, query: &ListQuery) -> bool {
    !query.is_of_everything() || is_colour(&option.name)
}

/// Whether choosing from the group is of use in a list of `total` products: one of its values keeps
/// several of them and leaves out others. What a single product has is found sooner by looking; only
/// colours are something to look for even then.
fn divides(option: &OptionFacet, total: i64) -> bool {
    let least = match is_colour(&option.name) {
        true => 1,
        false => 2,
    };
    let mut values = option.values.iter();
    option.values.len() > 1 && values.any(|value| (least..total).contains(&value.count))
}

fn with_chosen(facets: &[OptionFacet], query: &ListQuery) -> Vec<OptionFacet> {
    let mut options = facets.to_vec();
    for (name, chosen) in &query.options {
        let at = options
            .iter()
            .position(|option| option.name == *name)
            .unwrap_or_else(|| {
                options.push(OptionFacet {
                    name: name.clone(),
                    label: capitalised(name),
                    values: Vec::new(),
                });
                options.len() - 1
            });
        add_chosen(&mut options[at].values, chosen);
    }
    options
}

/// The facets with every chosen value among them, also where nothing is left under it.
pub fn add_chosen<'a>(facets: &mut Vec<Facet>, chosen: impl IntoIterator<Item = &'a String>) {
    for value in chosen {
        if !facets.iter().any(|facet| facet.value == *value) {
            facets.push(Facet {
                value: value.clone(),
                label: value.clone(),
                count: 0,
            });
        }
    }
}

pub fn option_group(lists: &Lists, option: OptionFacet) -> AnyView {
    let name = format!("opt.{}", option.name);
    let chosen = lists.query.options.get(&option.name);
    let is_chosen = |facet: &Facet| chosen.is_some_and(|values| values.contains(&facet.value));
    let active = option
        .values
        .iter()
        .filter(|&facet| is_chosen(facet))
        .count();
    let (in_sight, rest) = parted(option.values, is_chosen);
    let pills = |facets: Vec<Facet>| {
        let pills = facets.into_iter().map(|facet| {
            let checked = is_chosen(&facet);
            pill(&name, facet, checked)
        });
        view! { <div class="pills">{pills.collect_view()}</div> }
    };
    let more = (!rest.is_empty()).then(|| {
        let words = Text::from(locale()).more_values(&rest.len().to_string());
        view! {
            <details class="filter-more" data-group=format!("{name} …")>
                <summary class="btn-text">{words}</summary>
                {pills(rest)}
            </details>
        }
    });
    let content = view! { {pills(in_sight)} {more} }.into_any();
    fold(&name, option.label, active, content)
}

fn pill(name: &str, facet: Facet, checked: bool) -> impl IntoView + use<> {
    view! {
        <label class="pill">
            <input type="checkbox" name=name.to_owned() value=facet.value checked=checked/>
            <span>{facet.label}</span>
            " "
            <span class="pill-count">{facet.count}</span>
        </label>
    }
}

/// The values that are in sight, and the rest if it is worth a fold of its own. What is chosen is in sight.
fn parted(values: Vec<Facet>, is_chosen: impl Fn(&Facet) -> bool) -> (Vec<Facet>, Vec<Facet>) {
    if values.len() <= IN_SIGHT + 2 {
        return (values, Vec::new());
    }
    let mut in_sight = values;
    let rest = in_sight.split_off(IN_SIGHT);
    let (chosen, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_chosen);
    in_sight.extend(chosen);
    (in_sight, rest)
}

/// A group that is folded up unless something in it is chosen: `active` of its values are.
pub fn fold(name: &str, label: String, active: usize, content: AnyView) -> AnyView {
    let is_open = active > 0;
    let badge = is_open.then(|| view! { <span class="badge badge-accent">{active}</span> });
    view! {
        <details class="filter-group filter-fold" data-group=name.to_owned() open=is_open>
            <summary class="filter-title">
                <span>{label.clone()}</span>
                " "
                {badge}
                {icon(Icon::Chevron)}
            </summary>
            <fieldset>
                <legend class="visually-hidden">{label}</legend>
                {content}
            </fieldset>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::catalog::types::Facets;

    fn option(name: &str, counts: &[i64]) -> OptionFacet {
        let value = |(at, count): (usize, &i64)| Facet {
            value: format!("v{at}"),
            label: format!("v{at}"),
            count: *count,
        };
        OptionFacet {
            name: name.to_owned(),
            label: name.to_owned(),
            values: counts.iter().enumerate().map(value).collect(),
        }
    }

    fn names(total: i64, options: Vec<OptionFacet>, pairs: &[(&str, &str)]) -> Vec<String> {
        let list = ProductList {
            products: Vec::new(),
            total,
            page: 1,
            pages: 1,
            facets: Facets {
                options,
                ..Facets::default()
            },
            currency: "EUR".to_owned(),
        };
        let query = ListQuery::parse(pairs.iter().copied(), "EUR");
        let offered = offered(&list, &query);
        offered.into_iter().map(|option| option.name).collect()
    }

    #[test]
    fn a_group_is_offered_if_a_value_keeps_several_products_and_leaves_out_others() {
        let options = || {
            vec![
                option("size", &[3, 1]),
                option("length", &[1, 1, 1]),
                option("material", &[7, 7]),
                option("shape", &[4]),
                option("colour", &[1, 1]),
            ]
        };
        let kitchen = [("category", "kitchen")];
        assert_eq!(names(7, options(), &kitchen), ["size", "colour"]);
        assert_eq!(names(7, options(), &[("q", "bowl")]), ["size", "colour"]);
    }

    #[test]
    fn everything_is_filtered_by_colour_alone() {
        let options = || vec![option("size", &[3, 2]), option("farbe", &[3, 2])];
        assert_eq!(names(30, options(), &[]), ["farbe"]);
        assert_eq!(names(30, options(), &[("in_stock", "1")]), ["farbe"]);
        assert_eq!(
            names(30, options(), &[("category", "kitchen")]),
            ["size", "farbe"]
        );
    }

    #[test]
    fn what_is_chosen_is_offered_whatever_it_does() {
        let options = || vec![option("length", &[1, 1])];
        let chosen = [("opt.length", "v0"), ("opt.nib", "F")];
        assert_eq!(names(30, options(), &chosen), ["length", "nib"]);
        assert_eq!(names(0, Vec::new(), &chosen), ["length", "nib"]);
    }

    #[test]
    fn of_many_values_the_first_and_the_chosen_are_in_sight() {
        let values = option("size", &[2; 12]).values;
        let (in_sight, rest) = parted(values.clone(), |facet| facet.value == "v11");
        assert_eq!((in_sight.len(), rest.len()), (IN_SIGHT + 1, 3));
        assert_eq!(in_sight.last().unwrap().value, "v11");
        let (in_sight, rest) = parted(values[..IN_SIGHT + 2].to_vec(), |_| false);
        assert_eq!((in_sight.len(), rest.len()), (IN_SIGHT + 2, 0));
    }
}
