//! Two people have edited one product: what the other one changed, and what was typed, side by side.
//!
//! A field that only the other one changed is taken over; what was typed stays. Where both changed
//! the same field, the typed text is in the form and the other one's beside it.

mod variants;

use app::{locale::locale, ui::form::FormState};

use super::{
    conflict_pictures::merge_pictures,
    text::Text,
    types::{AdminProduct, ProductSnapshot, Sent},
};
use variants::variants;

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What the form calls it.
    pub label: String,
    /// What it was when the form was made, if that is known.
    pub before: Option<String>,
    pub theirs: String,
    /// What was typed, if it is in the form instead of theirs.
    pub yours: Option<String>,
}

/// The form with what the other one changed, and the list of it.
#[derive(Debug, Clone)]
pub struct MergedEdit {
    pub state: FormState,
    pub clashes: Vec<Clash>,
    /// Who changed it.
    pub actors: Vec<String>,
}

/// Line ends differ between what a browser sends and what is stored.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn tags(text: &str) -> String {
    let mut tags: Vec<String> = text
        .split(',')
        .map(|tag| tag.trim().to_lowercase())
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort();
    tags.dedup();
    tags.join(", ")
}

struct Field {
    name: String,
    label: String,
    base: Option<String>,
    now: String,
}

/// `now` is the product as it is stored, `base` what the form was made from.
pub fn merge(
    now: &AdminProduct,
    base: Option<&ProductSnapshot>,
    actors: Vec<String>,
    mut state: FormState,
    currency: &str,
) -> MergedEdit {
    let mut clashes = Vec::new();
    for field in fields(now, base) {
        let typed = state.values.iter().find(|(name, _)| *name == field.name);
        let Some((_, typed)) = typed else { continue };
        let normal = |text: &str| match field.name.as_str() {
            "tags" => tags(text),
            _ => plain(text),
        };
        let typed = typed.clone();
        let verdict = judge(
            &normal(&typed),
            field.base.as_deref().map(normal).as_deref(),
            &normal(&field.now),
        );
        let clash = |yours: Option<String>| Clash {
            label: field.label.clone(),
            before: field.base.clone(),
            theirs: field.now.clone(),
            yours,
        };
        match verdict {
            Verdict::Same => {}
            Verdict::TakeOver => {
                clashes.push(clash(None));
                put(&mut state, &field.name, field.now.clone());
            }
            Verdict::Keep => clashes.push(clash(Some(typed))),
        }
    }
    variants(now, base, &mut state, currency, &mut clashes);
    merge_pictures(now, base, &mut state, &mut clashes);
    MergedEdit {
        state,
        clashes,
        actors,
    }
}

pub(super) enum Verdict {
    /// Nothing to tell.
    Same,
    /// Only the other one changed it.
    TakeOver,
    /// Both did, or nobody knows.
    Keep,
}

pub(super) fn judge(typed: &str, base: Option<&str>, now: &str) -> Verdict {
    match base {
        _ if typed == now => Verdict::Same,
        Some(base) if now == base => Verdict::Same,
        Some(base) if typed == base => Verdict::TakeOver,
        _ => Verdict::Keep,
    }
}

pub(super) fn put(state: &mut FormState, name: &str, value: String) {
    match state.values.iter_mut().find(|(n, _)| n == name) {
        Some((_, old)) => *old = value,
        None => state.values.push((name.to_owned(), value)),
    }
}

fn fields(now: &AdminProduct, base: Option<&ProductSnapshot>) -> Vec<Field> {
    let text = Text::from(locale());
    let mut fields = Vec::new();
    let mut add = |name: &str, label: &str, base: Option<String>, now: String| {
        fields.push(Field {
            name: name.to_owned(),
            label: label.to_owned(),
            base,
            now,
        });
    };
    let of = |read: fn(&ProductSnapshot) -> String| base.map(read);
    let active = |active: bool| if active { "1" } else { "0" }.to_owned();
    add(
        "title",
        text.title(),
        of(|b| b.title.clone()),
        now.title.clone(),
    );
    add(
        "slug",
        text.slug(),
        of(|b| b.slug.clone()),
        now.slug.clone(),
    );
    add(
        "description_html",
        text.description(),
        of(|b| b.description_html.clone()),
        now.description_html.clone(),
    );
    add(
        "vendor",
        text.vendor(),
        of(|b| b.vendor.clone()),
        now.vendor.clone(),
    );
    add(
        "category",
        text.category(),
        of(|b| b.category.clone()),
        now.category.clone(),
    );
    add(
        "tags",
        text.tags(),
        of(|b| b.tags.join(", ")),
        now.tags.join(", "),
    );
    add(
        "active",
        text.active_or_inactive(),
        base.map(|b| active(b.active)),
        active(now.active),
    );
    add(
        "prepaid",
        text.prepaid_or_not(),
        base.map(|b| active(b.prepaid)),
        active(now.prepaid),
    );
    add(
        "seo_title",
        text.page_title(),
        of(|b| b.seo_title.clone().unwrap_or_default()),
        now.seo_title.clone(),
    );
    add(
        "seo_description",
        text.page_description(),
        of(|b| b.seo_description.clone().unwrap_or_default()),
        now.seo_description.clone(),
    );
    for at in 0..3 {
        let option = |options: &[String]| options.get(at).cloned().unwrap_or_default();
        add(
            &format!("option{}_name", at + 1),
            &text.option_number(&(at + 1).to_string()),
            base.map(|b| option(&b.options)),
            option(&now.options),
        );
    }
    fields
}

fn sent_text(text: &Sent) -> &String {
    static NOTHING: String = String::new();
    text.0.as_ref().unwrap_or(&NOTHING)
}
