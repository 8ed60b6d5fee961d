//! Which picture is shown for a variant, chosen in its row.

use app::{
    locale::locale,
    ui::{field::error_line, form::Form},
};
use leptos::prelude::*;

use super::{
    text::Text,
    types::{AdminPicture, AdminProduct, NO_PICTURE, VariantForm},
    variants::picture_of,
};

/// Most choices of a picture in all rows together that a page has room for.
const MOST_CHOICES: usize = 20_000;
const SHARED_LIST: &str = "variant-pictures";

/// How a variant's picture is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureChoice {
    /// From a list in its row.
    InRow,
    /// By its address, from one list for all rows: one in each would make a page of many megabytes.
    Shared,
}

impl PictureChoice {
    pub fn of(rows: usize, pictures: usize) -> Self {
        match rows * pictures {
            0..=MOST_CHOICES => Self::InRow,
            _ => Self::Shared,
        }
    }
}

/// The head of the column. There is nothing to choose from before the first picture, so it waits until that is
/// uploaded, beside the form if there is script.
pub fn picture_head(product: &AdminProduct) -> AnyView {
    let waits = product.pictures.is_empty();
    let words = Text::from(locale()).picture();
    view! { <th scope="col" data-variant-picture hidden=waits>{words}</th> }.into_any()
}

/// Which of the product's pictures is shown for the variant.
pub fn picture_cell(
    at: usize,
    row: &VariantForm,
    product: &AdminProduct,
    choice: PictureChoice,
    form: &Form,
) -> AnyView {
    let stored = product.variants.iter().find(|stored| stored.id == row.id);
    let stored = picture_of(stored.and_then(|stored| stored.picture_src.as_deref()));
    let chosen = match row.picture.as_str() {
        "" => stored.clone(),
        picture => picture.to_owned(),
    };
    let text = Text::from(locale());
    let name = format!("variants[{at}][picture]");
    let label = text.what_of_variant(&(at + 1).to_string(), text.picture());
    let error = form.error(&name);
    let is_wrong = error.is_some();
    let described = is_wrong.then(|| format!("{name}-error"));
    let control = match choice {
        PictureChoice::InRow => view! {
            <select
                class="select"
                id=name.clone()
                name=name.clone()
                aria-label=label
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=described
            >
                {options(product, stored, &chosen)}
            </select>
        }
        .into_any(),
        PictureChoice::Shared => view! {
            <input
                class="input"
                id=name.clone()
                name=name.clone()
                list=SHARED_LIST
                value=chosen
                autocomplete="off"
                aria-label=label
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=described
            />
        }
        .into_any(),
    };
    view! {
        <td data-label=text.picture() data-variant-picture hidden=product.pictures.is_empty()>
            {control} {error_line(&name, error)}
        </td>
    }
    .into_any()
}

fn options(product: &AdminProduct, stored: String, chosen: &str) -> Vec<AnyView> {
    let mut choices = picture_choices(product);
    // From a file, or from before the picture was taken away.
    if !choices.iter().any(|(src, _)| *src == stored) {
        choices.push((stored, Text::from(locale()).choose_another().to_owned()));
    }
    choices
        .into_iter()
        .map(|(src, words)| {
            let selected = src == chosen;
            view! { <option value=src selected=selected>{words}</option> }.into_any()
        })
        .collect()
}

pub fn shared_list(product: &AdminProduct) -> AnyView {
    let options: Vec<_> = picture_choices(product)
        .into_iter()
        .map(|(src, words)| view! { <option value=src>{words}</option> })
        .collect();
    view! { <datalist id=SHARED_LIST>{options}</datalist> }.into_any()
}

/// What can be chosen, with words for it.
fn picture_choices(product: &AdminProduct) -> Vec<(String, String)> {
    let none = Text::from(locale()).no_picture();
    let mut choices = vec![(NO_PICTURE.to_owned(), none.to_owned())];
    choices.extend(product.pictures.iter().enumerate().map(picture_choice));
    choices
}

/// `2: Blue, from behind`
fn picture_choice((at, picture): (usize, &AdminPicture)) -> (String, String) {
    let number = at + 1;
    let words = match picture.alt.trim() {
        "" => Text::from(locale()).picture_number(&number.to_string()),
        alt => format!("{number}: {}", alt.chars().take(40).collect::<String>()),
    };
    (picture.src.clone(), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_and_pictures_share_one_list_of_choices() {
        assert_eq!(PictureChoice::of(9, 0), PictureChoice::InRow);
        assert_eq!(PictureChoice::of(103, 100), PictureChoice::InRow);
        assert_eq!(PictureChoice::of(2051, 250), PictureChoice::Shared);
    }
}
