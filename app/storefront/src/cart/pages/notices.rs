//! What happened to the cart on the way here: two carts were put together, or an order was put
//! into it again. The address says only what to look at; the words come from what is there.

use app::{
    account::ports::OwnOrders,
    cart::{
        text::Text,
        types::{CartLine, CartView, MAX_LINES},
    },
    identity::Account,
    locale::locale,
    orders::types::Order,
    ui::{
        banner::{Banner, Heard, Tone, banner_list},
        icon::Icon,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for.
pub struct Notices {
    merged: bool,
    lowered: Vec<String>,
    left_out: i64,
    again: Option<String>,
}

/// What is to be said: a title, and what needs a look.
pub struct News {
    title: &'static str,
    words: Vec<String>,
}

impl Notices {
    pub fn asked() -> Self {
        let query = use_query_map().get_untracked();
        let lowered = query.get("lowered").unwrap_or_default();
        Self {
            merged: query.get("merged").is_some(),
            lowered: lowered.split(',').map(str::to_owned).collect(),
            left_out: query
                .get("left_out")
                .and_then(|left_out| left_out.parse().ok())
                .unwrap_or_default(),
            again: query.get("again"),
        }
    }

    pub async fn find(
        self,
        own_orders: &dyn OwnOrders,
        account: Option<&Account>,
        cart: &CartView,
    ) -> Option<News> {
        if self.merged && !cart.lines.is_empty() {
            return Some(News {
                title: Text::from(locale()).items_from_before(),
                words: self.merge_words(cart),
            });
        }
        let order = own_orders.order(account?, self.again.as_deref()?);
        Some(again_news(&order.await.ok()?, cart))
    }

    fn merge_words(&self, cart: &CartView) -> Vec<String> {
        let text = Text::from(locale());
        let lowered = cart
            .lines
            .iter()
            .filter(|line| self.lowered.contains(&line.variant_id));
        let mut words: Vec<_> = lowered
            .map(|line| text.quantity_lowered(&line.quantity.to_string(), &line.title))
            .collect();
        if self.left_out > 0 {
            words.push(text.cart_is_full(&MAX_LINES.to_string()));
        }
        words
    }
}

/// Units of a line that can be bought, of those that are in it.
fn to_be_had(line: &CartLine) -> i64 {
    match &line.problem {
        None => line.quantity,
        Some(problem) if problem.is_gone() => 0,
        Some(problem) => line.quantity.min(problem.available),
    }
}

/// Which lines of an order are not in the cart as they were ordered.
fn again_news(order: &Order, cart: &CartView) -> News {
    let text = Text::from(locale());
    let mut words = Vec::new();
    let (mut found, mut short) = (0, 0);
    for line in &order.lines {
        let here = cart
            .lines
            .iter()
            .find(|own| line.variant_id.as_deref() == Some(own.variant_id.as_str()));
        let units = here.map_or(0, to_be_had);
        found += units.min(line.quantity);
        short += (line.quantity - units).max(0);
        match (units, here.and_then(|own| own.problem.as_ref())) {
            (0, _) => words.push(text.title_no_longer_available(&line.title)),
            (few, _) if few < line.quantity => {
                words.push(text.title_only_left(&few.to_string(), &line.title));
            }
            (_, Some(problem)) => words.push(problem.words()),
            (_, None) => {}
        }
    }
    let title = match (found, short) {
        (_, 0) => text.ordered_again(),
        (0, _) => text.nothing_ordered_again(),
        _ => text.some_ordered_again(),
    };
    News { title, words }
}

pub fn notices(news: Option<News>) -> Option<impl IntoView> {
    let News { title, words } = news?;
    let tone = match words.is_empty() {
        true => Tone::Good,
        false => Tone::Warning,
    };
    let list = banner_list(words.into_iter().map(IntoAny::into_any));
    Some(view! {
        <Banner tone=tone sign=Icon::Info heard=Heard::Soon title=title class="cart-news">
            {list}
        </Banner>
    })
}
