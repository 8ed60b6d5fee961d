//! Prices as cards and product pages show them.

use leptos::prelude::*;

use super::text::Text;
use crate::locale::locale;

/// What a price is made of, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    pub now_minor: i64,
    pub span: PriceSpan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceSpan {
    One,
    /// Some variants cost more.
    From,
    /// It cost this much before.
    Reduced(i64),
}

impl Price {
    /// The price of something that may be reduced.
    pub fn of(now_minor: i64, compare_at_minor: Option<i64>) -> Self {
        let span = match compare_at_minor {
            Some(was) if was > now_minor => PriceSpan::Reduced(was),
            _ => PriceSpan::One,
        };
        Self { now_minor, span }
    }

    /// The price of something whose variants differ: the lowest.
    pub fn range(min_minor: i64, max_minor: i64, compare_at_minor: Option<i64>) -> Self {
        match max_minor > min_minor {
            true => Self {
                now_minor: min_minor,
                span: PriceSpan::From,
            },
            false => Self::of(min_minor, compare_at_minor),
        }
    }

    pub fn is_reduced(self) -> bool {
        matches!(self.span, PriceSpan::Reduced(_))
    }
}

pub fn price(price: Price, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let now = locale().money(price.now_minor, currency);
    match price.span {
        PriceSpan::One => {
            view! { <p class="price"><span class="price-now">{now}</span></p> }.into_any()
        }
        PriceSpan::From => view! {
            <p class="price">
                <span class="price-now"><span class="price-from">{text.price_from()}</span>" "{now}</span>
            </p>
        }
        .into_any(),
        PriceSpan::Reduced(was) => view! {
            <p class="price price-sale">
                <span class="price-now"><span class="visually-hidden">{text.price_now()} " "</span>{now}</span>
                " "
                <s class="price-was">
                    <span class="visually-hidden">{text.price_was()} " "</span>
                    {locale().money(was, currency)}
                </s>
            </p>
        }
        .into_any(),
    }
}
