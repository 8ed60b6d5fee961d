//! Which texts there are to translate, and what a form makes of them.

use std::collections::{HashMap, HashSet};

use app::{
    catalog::limits::{
        MAX_ALT, MAX_DESCRIPTION, MAX_OPTION, MAX_SEO_DESCRIPTION, MAX_SEO_TITLE, MAX_TAG,
        MAX_TITLE,
    },
    error::{FieldError, ShopError},
    text::line_fault,
};
use desk::admin::translations::{
    ports::{BlockPart, Subject, TranslationField, TranslationState},
    types::TextForm,
};

use super::said;
use crate::{
    catalog::write::draft::ProductDraft,
    text::{html::sanitise, sort_key},
    translations::{
        Change, DESCRIPTION, Kind, NAME, SEO_TITLE, Stored, TITLE, alt_field, digest, value_field,
    },
};

/// Why what was written is not kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    Wrong(String),
    /// This is the translation by now: none if it is empty.
    Overtaken(String),
}

impl Refusal {
    /// A refused form has seen it, and can be saved again.
    fn in_form(self) -> String {
        match self {
            Self::Wrong(words) => words,
            Self::Overtaken(present) if present.is_empty() => said().removed_since().to_owned(),
            Self::Overtaken(present) => said().changed_since(&present),
        }
    }

    pub fn in_file(self) -> String {
        match self {
            Self::Wrong(words) => words,
            Self::Overtaken(present) if present.is_empty() => {
                said().removed_since_in_file().to_owned()
            }
            Self::Overtaken(present) => said().changed_since_in_file(&present),
        }
    }
}

/// A text that can be translated, with the translation there is.
pub struct Text {
    /// What forms call it.
    pub name: String,
    pub subject: Subject,
    pub kind: Kind,
    pub subject_id: String,
    pub field: String,
    pub original: String,
    pub most: usize,
    pub stored: Option<Stored>,
}

impl Text {
    fn translation(&self) -> &str {
        self.stored.as_ref().map_or("", |stored| &stored.text)
    }

    /// Words of options and tags have no other original.
    fn is_found_by_its_original(&self) -> bool {
        matches!(self.kind, Kind::Option | Kind::Tag)
    }

    fn state(&self) -> TranslationState {
        match &self.stored {
            None => TranslationState::Missing,
            Some(_) if self.is_found_by_its_original() => TranslationState::Current,
            Some(stored) if stored.source_digest == digest(&self.original) => {
                TranslationState::Current
            }
            Some(_) => TranslationState::Stale,
        }
    }

    pub fn shown(self) -> TranslationField {
        TranslationField {
            state: self.state(),
            source: digest(&self.original),
            was: digest(self.translation()),
            text: self.translation().to_owned(),
            name: self.name,
            subject: self.subject,
            original: self.original,
            most: self.most,
        }
    }

    /// The text as it will be kept.
    fn cleaned(&self, typed: &str) -> Result<String, String> {
        // Browsers end lines in two letters.
        let typed = typed.replace("\r\n", "\n");
        let text = match self.subject {
            Subject::Description | Subject::CategoryText(_) => sanitise(&typed).trim().to_owned(),
            _ => typed.trim().to_owned(),
        };
        if text.is_empty() {
            return Ok(text);
        }
        let is_line = !matches!(
            self.subject,
            Subject::Description
                | Subject::SeoDescription
                | Subject::CategoryText(_)
                | Subject::Block(_, BlockPart::Text)
                | Subject::PageText
        );
        let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
        let fault = line_fault(&text, self.most).filter(|_| is_line);
        match fault {
            Some(fault) => Err(fault.words(self.most)),
            None if text.chars().any(is_control) => Err(said().control_characters().to_owned()),
            None if text.chars().count() > self.most => {
                Err(said().up_to_characters(&self.most.to_string()))
            }
            None => Ok(text),
        }
    }

    /// What is to be kept of a form's row; nothing if it changes nothing.
    pub fn change(&self, form: &TextForm) -> Result<Option<Change>, Refusal> {
        let text = self.cleaned(&form.text).map_err(Refusal::Wrong)?;
        let original = digest(&self.original);
        let source_digest = match form.source.as_str() {
            "" => original.clone(),
            source => source.to_owned(),
        };
        let change = Change {
            subject_id: self.subject_id.clone(),
            field: self.field.clone(),
            stale: !self.is_found_by_its_original() && source_digest != original,
            sort_key: match self.kind == Kind::Product && self.field == TITLE {
                true => sort_key(&text),
                false => String::new(),
            },
            source_digest,
            text,
        };
        let present = self.translation();
        if change.text == present {
            let is_confirmed = form.confirm == "1" && self.state() == TranslationState::Stale;
            return Ok(is_confirmed.then_some(change));
        }
        let is_untouched = !form.was.is_empty() && digest(&change.text) == form.was;
        let is_overtaken = !form.was.is_empty() && digest(present) != form.was;
        match (is_untouched, is_overtaken) {
            (true, _) => Ok(None),
            (false, true) => Err(Refusal::Overtaken(shortened(present))),
            (false, false) => Ok(Some(change)),
        }
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The texts of a product, of its options and tags. Nothing is stored of them yet.
pub fn of_product(id: &str, draft: &ProductDraft) -> Vec<Text> {
    let own = draft.originals().map(|(field, original)| {
        let (subject, most) = match field {
            TITLE => (Subject::Title, MAX_TITLE),
            DESCRIPTION => (Subject::Description, MAX_DESCRIPTION),
            SEO_TITLE => (Subject::SeoTitle, MAX_SEO_TITLE),
            _ => (Subject::SeoDescription, MAX_SEO_DESCRIPTION),
        };
        Text {
            name: field.to_owned(),
            subject,
            kind: Kind::Product,
            subject_id: id.to_owned(),
            field: field.to_owned(),
            original: original.to_owned(),
            most,
            stored: None,
        }
    });
    let mut texts: Vec<Text> = own.into();
    texts.extend(of_pictures(id, draft));
    for (at, option) in draft.options.iter().enumerate() {
        let word = |name: String, subject: Subject, field: String, original: &str| Text {
            name,
            subject,
            kind: Kind::Option,
            subject_id: option.to_lowercase(),
            field,
            original: original.to_owned(),
            most: MAX_OPTION,
            stored: None,
        };
        let name = format!("option{}", at + 1);
        texts.push(word(
            name.clone(),
            Subject::OptionName,
            NAME.to_owned(),
            option,
        ));
        let mut values: Vec<&String> = Vec::new();
        for variant in &draft.variants {
            let value = &variant.options[at];
            if !value.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        for value in values {
            texts.push(word(
                format!("{name}:{value}"),
                Subject::OptionValue(option.clone()),
                value_field(value),
                value,
            ));
        }
    }
    texts.extend(draft.tags.iter().map(|tag| Text {
        name: format!("tag:{tag}"),
        subject: Subject::Tag,
        kind: Kind::Tag,
        subject_id: tag.clone(),
        field: NAME.to_owned(),
        original: tag.clone(),
        most: MAX_TAG,
        stored: None,
    }));
    texts
}

/// What the pictures of a product show. One that is there twice shows the same.
fn of_pictures<'a>(id: &'a str, draft: &'a ProductDraft) -> impl Iterator<Item = Text> + 'a {
    let mut seen = HashSet::new();
    let numbered = (1..).zip(&draft.pictures);
    numbered
        .filter(move |(_, picture)| !picture.alt.is_empty() && seen.insert(&picture.src))
        .map(|(number, picture)| Text {
            name: alt_field(&picture.src),
            subject: Subject::PictureAlt(number),
            kind: Kind::Product,
            subject_id: id.to_owned(),
            field: alt_field(&picture.src),
            original: picture.alt.clone(),
            most: MAX_ALT,
            stored: None,
        })
}

/// Puts what is stored to the texts it belongs to.
pub fn with_stored(texts: &mut [Text], kind: Kind, all: Vec<Stored>) {
    let all = all.into_iter();
    let mut by_field: HashMap<(String, String), Stored> = all
        .map(|stored| ((stored.subject_id.clone(), stored.field.clone()), stored))
        .collect();
    for text in texts.iter_mut().filter(|text| text.kind == kind) {
        let key = (text.subject_id.clone(), text.field.clone());
        if let Some(stored) = by_field.remove(&key) {
            text.stored = Some(stored);
        }
    }
}

/// What a form changes, with the text that it changes. All that is wrong is said at once, each at its
/// field. Rows of texts that are gone by now are left out.
pub fn changes<'a>(
    texts: &'a [Text],
    forms: &[TextForm],
) -> Result<Vec<(&'a Text, Change)>, ShopError> {
    let mut changes = Vec::new();
    let mut wrong = Vec::new();
    for (at, form) in forms.iter().enumerate() {
        let Some(text) = texts.iter().find(|text| text.name == form.name) else {
            continue;
        };
        match text.change(form) {
            Ok(change) => changes.extend(change.map(|change| (text, change))),
            Err(refusal) => wrong.push(FieldError {
                field: format!("texts[{at}][text]"),
                message: refusal.in_form(),
            }),
        }
    }
    match wrong.is_empty() {
        true => Ok(changes),
        false => Err(ShopError::fields(wrong)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(original: &str, stored: Option<(&str, &str)>) -> Text {
        Text {
            name: TITLE.to_owned(),
            subject: Subject::Title,
            kind: Kind::Product,
            subject_id: "p".to_owned(),
            field: TITLE.to_owned(),
            original: original.to_owned(),
            most: 10,
            stored: stored.map(|(text, of)| Stored {
                subject_id: "p".to_owned(),
                field: TITLE.to_owned(),
                text: text.to_owned(),
                source_digest: digest(of),
            }),
        }
    }

    fn form(text: &str, was: &str, source: &str) -> TextForm {
        TextForm {
            name: TITLE.to_owned(),
            text: text.to_owned(),
            was: digest(was),
            source: digest(source),
            confirm: String::new(),
        }
    }

    #[test]
    fn a_translation_belongs_to_the_original_that_was_shown() {
        let new = title("Rope", None);
        let change = new.change(&form(" Seil ", "", "Rope")).unwrap().unwrap();
        assert_eq!((change.text.as_str(), change.stale), ("Seil", false));
        // The original was changed while the form was open.
        let change = new.change(&form("Seil", "", "Cord")).unwrap().unwrap();
        assert!(change.stale);
        assert_eq!(new.change(&form("", "", "Rope")), Ok(None));
    }

    #[test]
    fn what_is_stale_stays_so_until_it_is_changed_or_confirmed() {
        let stale = title("Cord", Some(("Seil", "Rope")));
        assert_eq!(stale.state(), TranslationState::Stale);
        let untouched = form("Seil", "Seil", "Cord");
        assert_eq!(stale.change(&untouched), Ok(None));
        let confirmed = TextForm {
            confirm: "1".to_owned(),
            ..untouched
        };
        let change = stale.change(&confirmed).unwrap().unwrap();
        assert_eq!((change.text.as_str(), change.stale), ("Seil", false));
    }

    #[test]
    fn nobody_overwrites_what_they_have_not_seen() {
        let others = title("Rope", Some(("Tau", "Rope")));
        assert!(others.change(&form("Seil", "", "Rope")).is_err());
        // Left as it was in the form: not meant to be changed.
        assert_eq!(others.change(&form("Leine", "Leine", "Rope")), Ok(None));
        assert_eq!(others.change(&form("Tau", "", "Rope")), Ok(None));
    }

    #[test]
    fn a_text_that_is_too_long_or_no_line_is_refused() {
        let text = title("Rope", None);
        assert!(text.change(&form("Seil Seil Seil", "", "Rope")).is_err());
        assert!(text.change(&form("Se\nil", "", "Rope")).is_err());
    }
}
