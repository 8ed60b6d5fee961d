//! What is chosen on a product page, and what that comes to.

use app::catalog::{
    stock::{LineStock, StockWords, VariantStock},
    types::Availability,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickerOption {
    pub name: String,
    pub values: Vec<String>,
    /// What each value is called on the page; none if they are called what they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Classes of each value's swatch, empty for a colour that the shop does not know; none if it is no
    /// colours that are chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub swatches: Vec<String>,
}

/// A variant with its prices in words: the browser does no sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickerVariant {
    pub id: String,
    /// One value per option.
    pub options: Vec<String>,
    pub price: String,
    /// The price before and what is saved, if it is reduced.
    pub was: Option<(String, String)>,
    pub availability: Availability,
    /// Number of its picture in the gallery, from 1.
    pub slide: Option<usize>,
}

/// The variants and one chosen value per option.
#[derive(Clone, Copy)]
pub struct Choice {
    variants: StoredValue<Vec<PickerVariant>>,
    /// How many there are of each variant, once that is known.
    stock: RwSignal<Vec<Option<VariantStock>>>,
    values: RwSignal<Vec<String>>,
    /// The last variant that was chosen: its price stays while a combination does not exist.
    last: RwSignal<usize>,
    /// Whether a sold-out choice closes the form. Without script it must stay open, since nothing
    /// would open it again for another choice.
    judged: RwSignal<bool>,
    words: StoredValue<ChoiceWords>,
}

/// What there is to say of a choice, in the language of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChoiceWords {
    pub stock: StockWords,
    /// Of a combination that does not exist.
    pub missing: String,
    /// Behind an option's value.
    pub sold_out: String,
}

impl Choice {
    /// `shown` is the index of the variant chosen first.
    pub fn new(variants: Vec<PickerVariant>, shown: usize, words: ChoiceWords) -> Self {
        let values = variants
            .get(shown)
            .map(|v| v.options.clone())
            .unwrap_or_default();
        let all_sold_out = variants
            .iter()
            .all(|variant| variant.availability == Availability::SoldOut);
        Self {
            stock: RwSignal::new(vec![None; variants.len()]),
            variants: StoredValue::new(variants),
            values: RwSignal::new(values),
            last: RwSignal::new(shown),
            judged: RwSignal::new(all_sold_out),
            words: StoredValue::new(words),
        }
    }

    pub fn judge(self) {
        self.judged.set(true);
    }

    pub fn choose(self, at: usize, value: String) {
        self.values.update(|values| {
            if let Some(chosen) = values.get_mut(at) {
                *chosen = value;
            }
        });
        if let Some(index) = self.index() {
            self.last.set(index);
        }
    }

    /// Takes over what is chosen in the form.
    pub fn take(self, chosen: &[Option<String>]) {
        for (at, value) in chosen.iter().enumerate() {
            if let Some(value) = value.as_ref().filter(|v| **v != self.value_untracked(at)) {
                self.choose(at, value.clone());
            }
        }
    }

    pub fn value(self, at: usize) -> String {
        self.values
            .with(|values| values.get(at).cloned().unwrap_or_default())
    }

    pub fn value_untracked(self, at: usize) -> String {
        self.values
            .with_untracked(|values| values.get(at).cloned().unwrap_or_default())
    }

    /// Whether a value can be bought together with what else is chosen.
    pub fn can_be_had(self, at: usize, value: &str) -> bool {
        self.values.with(|values| {
            self.variants.with_value(|variants| {
                variants.iter().enumerate().any(|(index, variant)| {
                    let fits = |(i, own): (usize, &String)| match i == at {
                        true => own == value,
                        false => values.get(i) == Some(own),
                    };
                    variant.options.iter().enumerate().all(fits)
                        && self.now(index, variant) != Availability::SoldOut
                })
            })
        })
    }

    /// The variant of a product that has no options.
    pub fn only_variant(self) -> Option<String> {
        self.variants
            .with_value(|variants| match variants.as_slice() {
                [only] if only.options.is_empty() => Some(only.id.clone()),
                _ => None,
            })
    }

    fn index(self) -> Option<usize> {
        self.values.with_untracked(|values| {
            self.variants
                .with_value(|variants| variants.iter().position(|v| v.options == *values))
        })
    }

    /// Takes over how many there are of a variant.
    pub fn tell(self, told: &VariantStock) {
        let index = self.variants.with_value(|variants| {
            variants
                .iter()
                .position(|variant| variant.id == told.variant_id)
        });
        if let Some(index) = index {
            self.stock.update(|stock| {
                if let Some(known) = stock.get_mut(index) {
                    *known = Some(told.clone());
                }
            });
        }
    }

    pub fn variant_ids(self) -> Vec<String> {
        self.variants
            .with_value(|variants| variants.iter().map(|variant| variant.id.clone()).collect())
    }

    fn now(self, index: usize, variant: &PickerVariant) -> Availability {
        self.stock.with(|stock| match stock.get(index) {
            Some(Some(stock)) => stock.availability,
            _ => variant.availability,
        })
    }

    fn chosen<T>(self, read: impl FnOnce(&PickerVariant) -> T) -> Option<T> {
        let index = self.index()?;
        self.variants
            .with_value(|variants| variants.get(index).map(read))
    }

    pub fn variant_id(self) -> Option<String> {
        self.chosen(|variant| variant.id.clone())
    }

    pub fn slide(self) -> Option<usize> {
        self.chosen(|variant| variant.slide).flatten()
    }

    /// `None` for a combination that does not exist.
    pub fn availability(self) -> Option<Availability> {
        self.values.track();
        let index = self.index()?;
        self.chosen(|variant| self.now(index, variant))
    }

    pub fn standing(self) -> LineStock {
        let availability = self.availability();
        self.words.with_value(|words| match availability {
            Some(availability) => LineStock::of(availability, &words.stock),
            None => LineStock {
                word: words.missing.clone(),
                ..LineStock::of(Availability::SoldOut, &words.stock)
            },
        })
    }

    /// What is said of a value that is sold out.
    pub fn sold_out(self) -> String {
        self.words.with_value(|words| words.sold_out.clone())
    }

    /// How many there are of what is chosen, in words, if that is known.
    pub fn units(self) -> Option<String> {
        self.values.track();
        let index = self.index()?;
        self.words.with_value(|words| {
            self.stock
                .with(|stock| Some(stock.get(index)?.as_ref()?.words(&words.stock)))
        })
    }

    /// The variant whose price is shown.
    pub fn priced(self) -> Option<PickerVariant> {
        let last = self.last.get();
        self.variants
            .with_value(|variants| variants.get(last).cloned())
    }

    /// Whether the form takes an order as it is.
    pub fn is_open(self) -> bool {
        let buyable = !matches!(self.availability(), None | Some(Availability::SoldOut));
        buyable || !self.judged.get()
    }
}
