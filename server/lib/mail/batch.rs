//! What the mails of a batch are written from. It is read by as many statements as for one mail.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use app::{
    locale::{Language, Locale, locale},
    orders::types::Order,
    pages::types::PageLink,
    shop::ShopSettings,
};

use crate::{
    error::Result,
    orders::{
        confirm,
        read::{self, Whole},
    },
    outbox::{Claimed, Mail},
    pages,
    store::Store,
};

pub struct Batch {
    pub shop: Arc<ShopSettings>,
    /// By their ids.
    orders: HashMap<String, Whole>,
    /// What confirms those that wait for it, by their ids.
    confirming: HashMap<String, String>,
    /// The pages that every shop has, in each language that an order is in.
    pages: HashMap<Locale, Vec<PageLink>>,
}

impl Batch {
    pub async fn read(
        db: &Store,
        now: i64,
        shop: Arc<ShopSettings>,
        claimed: &[Claimed],
    ) -> Result<Self> {
        let ids = each(claimed, Mail::order_id);
        let whole = read::orders(db, &ids).await?;
        let to_confirm = each(claimed, |mail| match mail {
            Mail::OrderToConfirm { order_id } => Some(order_id.as_str()),
            _ => None,
        });
        let mut batch = Self {
            shop,
            orders: whole
                .into_iter()
                .map(|whole| (whole.order.id.clone(), whole))
                .collect(),
            confirming: confirm::issue_all(db, now, &to_confirm).await?,
            pages: HashMap::new(),
        };
        let languages: BTreeSet<Locale> = batch
            .orders
            .keys()
            .map(|id| batch.language_of(id).locale)
            .collect();
        for language in languages {
            let translated = Some(language).filter(|language| *language != batch.shop.written_in);
            let pages = pages::links::standard_pages(db, now, translated).await?;
            batch.pages.insert(language, pages.links);
        }
        Ok(batch)
    }

    /// `None` if there is no such order (any more).
    pub fn order(&self, id: &str) -> Option<&Order> {
        self.orders.get(id).map(|whole| &whole.order)
    }

    /// What the one reads who placed an order.
    pub fn language_of(&self, order_id: &str) -> Language {
        let placed_in = self.orders.get(order_id).and_then(|whole| whole.locale);
        match placed_in {
            Some(locale) => self.shop.languages.kept(locale),
            None => self.shop.languages.default_language(),
        }
    }

    /// The token of the link that confirms an order; `None` if there is nothing to confirm (any more).
    pub fn confirming(&self, order_id: &str) -> Option<&str> {
        self.confirming.get(order_id).map(String::as_str)
    }

    /// The pages that every shop has, as far as they are seen, in the language of the task at hand.
    pub fn pages(&self) -> &[PageLink] {
        let pages = self.pages.get(&locale());
        pages.map(Vec::as_slice).unwrap_or_default()
    }
}

/// The orders of these mails, each once.
fn each<'a>(
    claimed: &'a [Claimed],
    order_of: impl Fn(&'a Mail) -> Option<&'a str>,
) -> Vec<&'a str> {
    let ids = claimed.iter().filter_map(|claimed| order_of(&claimed.mail));
    let ids: BTreeSet<&str> = ids.collect();
    ids.into_iter().collect()
}
