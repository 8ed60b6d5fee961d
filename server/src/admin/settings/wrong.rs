//! What is wrong with a form of the settings.

use std::ops::RangeInclusive;

use app::{
    error::{FieldError, ShopError},
    text::line_fault,
};

use super::said;

/// Field by field.
#[derive(Default)]
pub struct Wrong(Vec<FieldError>);

impl Wrong {
    /// The fields that something is wrong with.
    #[cfg(test)]
    pub fn fields(self) -> Vec<String> {
        self.0.into_iter().map(|field| field.field).collect()
    }

    /// All of it at once, if there is anything.
    pub fn refusal(self) -> Option<ShopError> {
        (!self.0.is_empty()).then(|| ShopError::fields(self.0))
    }

    pub fn says(&mut self, field: &str, message: &str) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
        });
    }

    /// One line of text, trimmed.
    pub fn line(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = text.trim();
        if let Some(fault) = line_fault(text, most)
            && !text.is_empty()
        {
            self.says(field, &fault.words(most));
        }
        text.to_owned()
    }

    pub fn number(&mut self, field: &str, text: &str, range: RangeInclusive<i64>) -> i64 {
        match text.trim().parse::<i64>() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let (least, most) = (range.start(), range.end());
                let words = said().number_between(&least.to_string(), &most.to_string());
                self.says(field, &words);
                0
            }
        }
    }
}
