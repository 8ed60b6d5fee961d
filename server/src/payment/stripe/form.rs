//! Forms and queries as Stripe takes them: `metadata[order_id]=…`.

use std::fmt::Display;

use url::form_urlencoded::Serializer;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    pub fn with_some(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub fn encode(&self) -> String {
        Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_escaped() {
        let form = Form::new()
            .with("metadata[order_id]", "a&b=c")
            .with("amount", 4900)
            .with_some("locale", None::<&str>)
            .with_some("customer_email", Some("zoë@shop.example"));
        assert_eq!(
            form.encode(),
            "metadata%5Border_id%5D=a%26b%3Dc&amount=4900&customer_email=zo%C3%AB%40shop.example"
        );
    }
}
