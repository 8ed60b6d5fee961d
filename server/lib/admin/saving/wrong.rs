//! What is wrong with a form of the settings, field by field.

use std::ops::RangeInclusive;

use app::{
    catalog::limits::MAX_AMOUNT,
    error::{FieldErrors, ShopError, ShopResult},
    faults::amount_words,
    locale::locale,
    money::parse_amount,
    text::line_fault,
};

use super::text::Text;

#[derive(Debug, Default)]
pub struct Wrong(FieldErrors);

impl Wrong {
    /// The fields that something is wrong with.
    #[cfg(test)]
    pub fn fields(self) -> Vec<String> {
        let wrong = self.refusal().map(|refusal| refusal.fields);
        let fields = wrong.unwrap_or_default().into_iter();
        fields.map(|field| field.field).collect()
    }

    /// All of it at once, if there is anything.
    pub fn refusal(self) -> Option<ShopError> {
        self.0.refusal()
    }

    /// What was made of the form, unless something is wrong with it.
    pub fn or<T>(self, made: T) -> ShopResult<T> {
        self.0.or(made)
    }

    pub fn says(&mut self, field: &str, message: impl Into<String>) {
        self.0.add(field, message);
    }

    /// One line of text, trimmed. It may be empty.
    pub fn line(&mut self, field: &str, typed: &str, most: usize) -> String {
        let text = typed.trim();
        if let Some(fault) = line_fault(text, most)
            && !text.is_empty()
        {
            self.says(field, fault.words(most));
        }
        text.to_owned()
    }

    /// A whole number, or 0 where it is none.
    pub fn number(&mut self, field: &str, typed: &str, range: RangeInclusive<i64>) -> i64 {
        self.number_within(field, typed, range).unwrap_or_default()
    }

    pub fn number_within(
        &mut self,
        field: &str,
        typed: &str,
        range: RangeInclusive<i64>,
    ) -> Option<i64> {
        let number = typed.trim().parse::<i64>().ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start().to_string(), range.end().to_string());
            self.says(field, Text::from(locale()).number_between(&least, &most));
        }
        number
    }

    /// An amount of money of at least the smallest coin.
    pub fn amount(&mut self, field: &str, typed: &str, currency: &str) -> i64 {
        let wanted = Text::from(locale()).enter_an_amount();
        match parse_amount(typed, currency) {
            Ok(minor) if (1..=MAX_AMOUNT).contains(&minor) => minor,
            Ok(_) => {
                self.says(field, wanted);
                0
            }
            Err(error) => {
                self.says(field, amount_words(&error, wanted));
                0
            }
        }
    }

    /// One of two words; `otherwise` where it is neither.
    pub fn choice<T>(&mut self, field: &str, chosen: Option<T>, otherwise: T) -> T {
        chosen.unwrap_or_else(|| {
            self.says(field, Text::from(locale()).choose_an_option());
            otherwise
        })
    }
}
