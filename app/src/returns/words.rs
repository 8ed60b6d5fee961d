//! What is said of it, in a language.

use super::{ReturnCost, ReturnPolicy};
use crate::locale::Locale;

mod text {
    include!(concat!(env!("OUT_DIR"), "/returns_text.rs"));
}

use text::Text;

impl ReturnPolicy {
    pub fn words(self, locale: Locale) -> String {
        let text = Text::from(locale);
        match self.cost {
            ReturnCost::Customer => text.at_your_cost(self.days),
            ReturnCost::Shop => text.at_our_cost(self.days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_cost_are_said() {
        let words = |days, cost, locale| {
            let policy = ReturnPolicy::new(days, cost);
            policy
                .map(|policy| policy.words(locale))
                .unwrap_or_default()
        };
        let free = words(30, ReturnCost::Shop, Locale::En);
        assert_eq!(free, "You have 30 days to return it, free of charge.");
        let one = words(1, ReturnCost::Customer, Locale::De);
        assert!(one.starts_with("Sie haben 1 Tag "), "{one}");
    }

    #[test]
    fn a_policy_is_from_one_day_to_a_year() {
        for days in [-1, 0, 366] {
            assert_eq!(ReturnPolicy::new(days, ReturnCost::Customer), None);
        }
    }
}
