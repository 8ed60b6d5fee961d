//! Two people have edited one product: its pictures, their order and what is said of them.

use app::{locale::locale, ui::form::FormState};

use super::{
    conflict::{Clash, Verdict, judge, put},
    editing::{parse_name, picture_order},
    text::Text,
    types::{AdminPicture, AdminProduct, ProductSnapshot},
};

/// What the form was made from said of a picture, if that is known.
fn base_alt<'a>(base: Option<&'a ProductSnapshot>, src: &str) -> Option<&'a str> {
    let base = base?;
    let at = base.pictures.iter().position(|other| other == src)?;
    base.picture_alts.get(at).map(String::as_str)
}

pub fn merge_pictures(
    now: &AdminProduct,
    base: Option<&ProductSnapshot>,
    state: &mut FormState,
    clashes: &mut Vec<Clash>,
) {
    count(now, base, clashes);
    let (typed, gone): (Vec<_>, Vec<_>) = picture_order(&state.values)
        .into_iter()
        .partition(|(id, _)| now.pictures.iter().any(|picture| picture.id == *id));
    state.values.retain(|(name, _)| {
        let row = parse_name(name, "pictures").map(|(row, _)| row);
        gone.iter().all(|(_, gone)| row != Some(*gone))
    });
    if typed.is_empty() {
        return;
    }
    alts(now, base, &typed, state, clashes);
    order(now, base, &typed, state, clashes);
}

/// Pictures that came or went.
fn count(now: &AdminProduct, base: Option<&ProductSnapshot>, clashes: &mut Vec<Clash>) {
    let Some(base) = base else { return };
    let is_same = now.pictures.len() == base.pictures.len()
        && now.pictures.iter().all(|p| base.pictures.contains(&p.src));
    if is_same {
        return;
    }
    let text = Text::from(locale());
    let count = |count: usize| text.picture_count(count as i64);
    clashes.push(Clash {
        label: text.pictures().to_owned(),
        before: Some(count(base.pictures.len())),
        theirs: count(now.pictures.len()),
        yours: None,
    });
}

fn alts(
    now: &AdminProduct,
    base: Option<&ProductSnapshot>,
    typed: &[(String, usize)],
    state: &mut FormState,
    clashes: &mut Vec<Clash>,
) {
    for (place, picture) in now.pictures.iter().enumerate() {
        let Some((_, row)) = typed.iter().find(|(id, _)| *id == picture.id) else {
            continue;
        };
        let name = format!("pictures[{row}][alt]");
        let mine = state.values.iter().find(|(n, _)| *n == name);
        let mine = mine.map_or(String::new(), |(_, alt)| alt.trim().to_owned());
        let was = base_alt(base, &picture.src);
        let clash = |yours: Option<String>| Clash {
            label: Text::from(locale()).alt_text_of_picture(&(place + 1).to_string()),
            before: was.map(str::to_owned),
            theirs: picture.alt.clone(),
            yours,
        };
        match judge(&mine, was.map(str::trim), picture.alt.trim()) {
            Verdict::Same => {}
            Verdict::TakeOver => {
                clashes.push(clash(None));
                put(state, &name, picture.alt.clone());
            }
            Verdict::Keep => clashes.push(clash(Some(mine.clone()))),
        }
    }
}

/// Judged by the pictures that both know; new ones come where the present order has them.
fn order(
    now: &AdminProduct,
    base: Option<&ProductSnapshot>,
    typed: &[(String, usize)],
    state: &mut FormState,
    clashes: &mut Vec<Clash>,
) {
    let text = Text::from(locale());
    let known = |picture: &&AdminPicture| typed.iter().any(|(id, _)| *id == picture.id);
    let theirs: Vec<&AdminPicture> = now.pictures.iter().filter(known).collect();
    let mine: Vec<&AdminPicture> = typed
        .iter()
        .filter_map(|(id, _)| now.pictures.iter().find(|picture| picture.id == *id))
        .collect();
    let was: Option<Vec<&AdminPicture>> = base.map(|base| {
        let find = |src: &String| theirs.iter().find(|picture| picture.src == *src).copied();
        base.pictures.iter().filter_map(find).collect()
    });
    // Pictures are called by their places when the form was made, or now if that is not known.
    let places = was.clone().unwrap_or_else(|| theirs.clone());
    let words = |pictures: &[&AdminPicture]| {
        let place = |picture: &&AdminPicture| {
            let at = places.iter().position(|other| other.id == picture.id);
            at.map_or(text.new_picture().to_owned(), |at| (at + 1).to_string())
        };
        pictures.iter().map(place).collect::<Vec<_>>().join(", ")
    };
    let (mine, was, is) = (words(&mine), was.as_deref().map(words), words(&theirs));
    let clash = |yours: Option<String>| Clash {
        label: text.picture_order().to_owned(),
        before: was.clone(),
        theirs: is.clone(),
        yours,
    };
    match judge(&mine, was.as_deref(), &is) {
        // With the order of the others, pictures that they added are where they put them.
        Verdict::Same if mine == is => take_over(now, typed, state),
        Verdict::Same => {}
        Verdict::TakeOver => {
            clashes.push(clash(None));
            take_over(now, typed, state);
        }
        Verdict::Keep => clashes.push(clash(Some(mine.clone()))),
    }
}

fn take_over(now: &AdminProduct, typed: &[(String, usize)], state: &mut FormState) {
    let mut next = typed.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
    for (place, picture) in now.pictures.iter().enumerate() {
        let row = match typed.iter().find(|(id, _)| *id == picture.id) {
            Some((_, row)) => *row,
            None => {
                put(state, &format!("pictures[{next}][id]"), picture.id.clone());
                put(
                    state,
                    &format!("pictures[{next}][alt]"),
                    picture.alt.clone(),
                );
                next += 1;
                next - 1
            }
        };
        let name = format!("pictures[{row}][position]");
        put(state, &name, (place + 1).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(pictures: &[(&str, &str)]) -> AdminProduct {
        let pictures = pictures.iter().map(|(id, alt)| AdminPicture {
            id: (*id).to_owned(),
            src: format!("/media/{id}.webp"),
            alt: (*alt).to_owned(),
            cut_out: false,
        });
        AdminProduct {
            pictures: pictures.collect(),
            ..crate::admin::products::page::blank_product()
        }
    }

    fn snapshot(product: &AdminProduct) -> ProductSnapshot {
        let pictures = || product.pictures.iter();
        ProductSnapshot {
            pictures: pictures().map(|picture| picture.src.clone()).collect(),
            picture_alts: pictures().map(|picture| picture.alt.clone()).collect(),
            ..ProductSnapshot::default()
        }
    }

    /// Merges the form of someone whose pictures look like `mine`: ids and alt texts of what then
    /// is in the form, and what is told.
    fn merged(
        base: Option<&[(&str, &str)]>,
        now: &[(&str, &str)],
        mine: &[(&str, &str)],
    ) -> (Vec<(String, String)>, Vec<Clash>) {
        let mut state = FormState {
            action: String::new(),
            values: Vec::new(),
            error: None,
        };
        for (at, (id, alt)) in mine.iter().enumerate() {
            let place = (at + 1).to_string();
            for (field, value) in [("id", *id), ("alt", *alt), ("position", &place)] {
                put(
                    &mut state,
                    &format!("pictures[{at}][{field}]"),
                    value.to_owned(),
                );
            }
        }
        let base = base.map(|base| snapshot(&product(base)));
        let mut clashes = Vec::new();
        merge_pictures(&product(now), base.as_ref(), &mut state, &mut clashes);
        let order = picture_order(&state.values).into_iter();
        let form = order.map(|(id, row)| {
            let name = format!("pictures[{row}][alt]");
            let alt = state.values.iter().find(|(n, _)| *n == name);
            (id, alt.map_or(String::new(), |(_, alt)| alt.clone()))
        });
        (form.collect(), clashes)
    }

    const BASE: &[(&str, &str)] = &[("a", "A"), ("b", "B"), ("c", "C")];

    fn form(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter()
            .map(|(id, alt)| ((*id).to_owned(), (*alt).to_owned()))
            .collect()
    }

    #[test]
    fn what_only_the_other_did_to_pictures_is_taken_over() {
        let theirs = &[("c", "C"), ("d", "New"), ("a", "Better"), ("b", "B")];
        let (current, told) = merged(Some(BASE), theirs, BASE);
        assert_eq!(current, form(theirs));
        let told: Vec<_> = told.iter().map(|clash| clash.label.as_str()).collect();
        assert_eq!(
            told,
            ["Pictures", "Alt text of picture 3", "Order of the pictures"]
        );
    }

    #[test]
    fn what_only_i_did_to_pictures_stays() {
        let mine = &[("b", "Mine"), ("a", "A"), ("c", "C")];
        let (current, told) = merged(Some(BASE), BASE, mine);
        assert_eq!((current, told), (form(mine), Vec::new()));
    }

    #[test]
    fn what_both_did_to_pictures_stands_as_typed_with_the_other_beside_it() {
        let theirs = &[("c", "C"), ("a", "Theirs"), ("b", "B")];
        let mine = &[("b", "B"), ("a", "Mine"), ("c", "C")];
        for base in [Some(BASE), None] {
            let (current, told) = merged(base, theirs, mine);
            assert_eq!(current, form(mine));
            let [alt, order] = told.as_slice() else {
                panic!("{told:?}");
            };
            assert_eq!(
                (alt.theirs.as_str(), alt.yours.as_deref()),
                ("Theirs", Some("Mine"))
            );
            assert!(order.yours.is_some());
        }
    }

    #[test]
    fn a_picture_that_the_other_took_away_goes() {
        let (current, told) = merged(Some(BASE), &[("a", "A"), ("c", "C")], BASE);
        let left: Vec<_> = current.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(left, ["a", "c"]);
        assert_eq!(told.len(), 1);
    }
}
