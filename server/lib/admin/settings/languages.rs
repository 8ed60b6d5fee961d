//! Which languages a form of the settings means.

use app::{
    locale::{Languages, Locale},
    shop::ShopSettings,
};
use desk::admin::settings::ports::SettingsForm;

use super::said;
use crate::{
    admin::saving::Wrong,
    db::{Sql, Tx},
    error::Result,
};

/// A form that does not know the fields leaves the languages as they are.
pub fn languages(form: &SettingsForm, before: &ShopSettings, wrong: &mut Wrong) -> Languages {
    let kept = before.languages.default_language().locale;
    let default = match form.default_language.trim() {
        "" => kept,
        code => Locale::of_code(code).unwrap_or_else(|| {
            wrong.says("default_language", said().choose_language());
            kept
        }),
    };
    let mut others: Vec<Locale> = Vec::new();
    if form.languages.is_empty() {
        others.extend(before.languages.locales());
    }
    let named = form.languages.iter().map(|code| code.trim());
    for code in named.filter(|code| !code.is_empty()) {
        match Locale::of_code(code) {
            Some(locale) => others.push(locale),
            None => wrong.says("languages", said().choose_languages()),
        }
    }
    Languages::of(default, &others)
}

/// The language that the shop's texts are written in after a change of the settings. Texts do not
/// change with the default language: if there are any, they stay what they were.
pub async fn written_in(
    tx: &mut Tx,
    before: &ShopSettings,
    after: &ShopSettings,
) -> Result<Locale> {
    let default = after.languages.default_language().locale;
    if before.written_in == default {
        return Ok(default);
    }
    let texts = "SELECT CASE WHEN EXISTS (SELECT 1 FROM products) OR EXISTS \
        (SELECT 1 FROM categories) THEN 1 ELSE 0 END AS n";
    let has_texts: bool = Sql::new(texts).fetch_value(&mut **tx).await?;
    Ok(match has_texts {
        true => before.written_in,
        false => default,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a form means over a shop in English and German, and the fields that are wrong with it.
    fn meant(default: &str, ticked: &[&str]) -> (String, Vec<String>) {
        let form = SettingsForm {
            default_language: default.to_owned(),
            languages: ticked.iter().map(|code| (*code).to_owned()).collect(),
            ..SettingsForm::default()
        };
        let before = ShopSettings {
            languages: Languages::of(Locale::En, &Locale::ALL),
            ..ShopSettings::default()
        };
        let mut wrong = Wrong::default();
        let languages = languages(&form, &before, &mut wrong);
        (languages.stored(), wrong.fields())
    }

    #[test]
    fn the_default_is_always_one_of_them() {
        for (default, ticked, expected) in [
            ("", &[][..], "en,de"),
            ("de", &[], "de,en"),
            ("", &[""], "en"),
            ("de", &[""], "de"),
            ("en", &["", "en", "de"], "en,de"),
            ("de", &["", "en"], "de,en"),
        ] {
            let (languages, wrong) = meant(default, ticked);
            assert_eq!(languages, expected, "{default:?} {ticked:?}");
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }

    #[test]
    fn a_language_without_texts_is_refused_at_its_field() {
        assert_eq!(meant("xx", &[""]).1, ["default_language"]);
        assert_eq!(meant("en", &["", "xx"]).1, ["languages"]);
    }
}
