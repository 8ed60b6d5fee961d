//! Stock and prices, variant by variant.

use app::{
    error::{ErrorKind, ShopError, ShopResult},
    faults::amount_words,
    identity::Account,
    locale::locale,
    money::{parse_amount, plain_amount},
};
use async_trait::async_trait;
use desk::admin::{
    products::text::Text,
    stock::{
        filter::StockFilter,
        ports::StockAdmin,
        text::Text as StockText,
        types::{
            PriceSet, StockAdjusted, StockHistory, StockRow, StockRowForm, StockSaved, StockTable,
        },
    },
};

use super::{AdminService, checked_reason, stock, stock_table};
use crate::{
    catalog::write::draft::{MAX_AMOUNT, MAX_COUNT},
    ids::{self, is_id},
};

#[async_trait]
impl StockAdmin for AdminService {
    async fn adjust_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        delta: i64,
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockAdjusted> {
        let reason = checked_reason(reason)?;
        let form_key = ids::form_key(form_key)?;
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        if delta.unsigned_abs() > MAX_COUNT.unsigned_abs() {
            return Err(ShopError::field(
                "delta",
                Text::from(locale()).too_many_units(),
            ));
        }
        let mut write = self.write(actor).await?;
        if let Some(key) = form_key {
            // Locked first: of two clicks at once, the second finds what the first has booked.
            let stock = stock::locked_units(&mut write, self.db.dialect(), variant_id)
                .await?
                .ok_or_else(ShopError::not_found)?;
            match stock::booked(&mut write, variant_id, key).await? {
                None => {}
                Some(booked) if booked == delta => {
                    return Ok(StockAdjusted {
                        variant_id: variant_id.to_owned(),
                        stock,
                    });
                }
                Some(booked) => {
                    let words = StockText::from(locale()).already_booked(&format!("{booked:+}"));
                    return Err(ShopError::new(ErrorKind::Conflict, words));
                }
            }
        }
        self.book(write, actor, variant_id, delta, reason, form_key)
            .await
    }

    async fn set_price(
        &self,
        actor: &Account,
        variant_id: &str,
        price: &str,
        was: &str,
    ) -> ShopResult<PriceSet> {
        let currency = &self.settings.now().await?.currency;
        let wanted = parse_amount(price, currency).map_err(|error| {
            let wanted = Text::from(locale()).price_wanted();
            ShopError::field("price", amount_words(&error, wanted))
        })?;
        if wanted > MAX_AMOUNT {
            return Err(ShopError::field("price", Text::from(locale()).too_dear()));
        }
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        let mut write = self.write(actor).await?;
        write.priced_in(currency).await?;
        let product = stock::product_of(&mut write, variant_id)
            .await?
            .ok_or_else(ShopError::not_found)?;
        let stored = write.existing(&product).await?;
        let mut draft = stored.draft.clone();
        let variant = draft
            .variants
            .iter_mut()
            .find(|variant| variant.id.as_deref() == Some(variant_id))
            .ok_or_else(ShopError::not_found)?;
        if parse_amount(was, currency) != Ok(variant.price_minor) {
            let present = locale().money(variant.price_minor, currency);
            let words = StockText::from(locale()).price_changed(&present);
            return Err(ShopError::new(ErrorKind::Conflict, words));
        }
        let set = PriceSet {
            variant_id: variant_id.to_owned(),
            price_minor: wanted,
            price: plain_amount(wanted, currency),
        };
        if variant.price_minor != wanted {
            variant.price_minor = wanted;
            self.update(write, actor, &stored, &draft).await?;
        }
        Ok(set)
    }

    async fn set_stock(
        &self,
        actor: &Account,
        variant_id: &str,
        units: i64,
        reason: &str,
    ) -> ShopResult<StockAdjusted> {
        let reason = checked_reason(reason)?;
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        if units < 0 {
            return Err(ShopError::field(
                "units",
                Text::from(locale()).units_wanted(),
            ));
        }
        if units > MAX_COUNT {
            return Err(ShopError::field(
                "units",
                Text::from(locale()).too_many_units(),
            ));
        }
        let mut write = self.write(actor).await?;
        let stock = stock::locked_units(&mut write, self.db.dialect(), variant_id)
            .await?
            .ok_or_else(ShopError::not_found)?;
        if stock == units {
            return Ok(StockAdjusted {
                variant_id: variant_id.to_owned(),
                stock,
            });
        }
        self.book(write, actor, variant_id, units - stock, reason, None)
            .await
    }

    async fn save_rows(
        &self,
        actor: &Account,
        rows: Vec<StockRowForm>,
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockSaved> {
        self.save_stock_rows(actor, &rows, reason, form_key).await
    }

    async fn stock(&self, filter: &StockFilter, typed: &[String]) -> ShopResult<StockTable> {
        let low_stock = self.settings.now().await?.low_stock;
        Ok(stock_table::table(&self.db, filter, typed, low_stock).await?)
    }

    async fn stock_of(&self, variant_id: &str) -> ShopResult<StockRow> {
        if !is_id(variant_id) {
            return Err(ShopError::not_found());
        }
        stock::find(&self.db, variant_id)
            .await?
            .ok_or_else(ShopError::not_found)
    }

    async fn stock_history(
        &self,
        variant_id: &str,
        after: Option<&str>,
    ) -> ShopResult<StockHistory> {
        Ok(stock::history(&self.db, variant_id, after).await?)
    }
}
