//! Saving what was typed into rows of the table of stock, all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    faults::amount_words,
    identity::Account,
    locale::locale,
    money::parse_amount,
};
use desk::admin::{
    products::text::Text,
    stock::{
        text::Text as StockText,
        types::{StockRowForm, StockSaved},
    },
};

use super::{AdminService, checked_reason, stock};
use crate::{
    catalog::write::{
        CatalogWrite, StoredProduct,
        draft::{MAX_AMOUNT, MAX_COUNT, refuse},
    },
    ids,
};

/// Rows that are changed at once.
const MAX_ROWS: usize = 100;

/// What is to become of a variant's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Units {
    Set(i64),
    Add(i64),
}

impl Units {
    /// A number sets, one with a sign adds.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−', '–']) {
            Some(digits) => (Some(-1), digits),
            None => match text.strip_prefix('+') {
                Some(digits) => (Some(1), digits),
                None => (None, text),
            },
        };
        let digits = digits.trim_start();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // What is too large for a number is too much in any case.
        let units = digits.parse::<i64>().unwrap_or(i64::MAX);
        Some(match sign {
            Some(sign) => Self::Add(sign * units),
            None => Self::Set(units),
        })
    }

    const fn is_too_much(self) -> bool {
        let (Self::Set(units) | Self::Add(units)) = self;
        units > MAX_COUNT || units < -MAX_COUNT
    }
}

/// What is to become of a variant.
struct Change {
    variant_id: String,
    /// Where it is in the form.
    place: usize,
    units: Option<Units>,
    /// What there was when the form was made.
    units_was: Option<i64>,
    price: Option<Price>,
}

struct Price {
    wanted: i64,
    was: Option<i64>,
}

impl Change {
    fn fault(&self, field: &str, message: impl Into<String>) -> FieldError {
        fault(self.place, field, message)
    }
}

fn fault(place: usize, field: &str, message: impl Into<String>) -> FieldError {
    FieldError {
        field: format!("rows[{place}][{field}]"),
        message: message.into(),
    }
}

/// The rows that change something, and what of them cannot be read.
fn read(rows: &[StockRowForm], currency: &str) -> (Vec<Change>, Vec<FieldError>) {
    let (says, of_stock) = (Text::from(locale()), StockText::from(locale()));
    let (mut changes, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for (place, row) in rows.iter().enumerate() {
        // What a variant is to become is said once.
        let changes_anything = row.changes_units() || row.changes_price();
        if !changes_anything || !seen.insert(row.variant_id.as_str()) {
            continue;
        }
        let units = match row.changes_units().then(|| Units::parse(&row.units)) {
            None => None,
            Some(None) => {
                wrong.push(fault(place, "units", of_stock.change_wanted()));
                None
            }
            Some(Some(units)) if units.is_too_much() => {
                wrong.push(fault(place, "units", says.too_many_units()));
                None
            }
            Some(units) => units,
        };
        let price = match row
            .changes_price()
            .then(|| parse_amount(&row.price, currency))
        {
            None => None,
            Some(Err(error)) => {
                let words = amount_words(&error, says.price_wanted());
                wrong.push(fault(place, "price", words));
                None
            }
            Some(Ok(wanted)) if wanted > MAX_AMOUNT => {
                wrong.push(fault(place, "price", says.too_dear()));
                None
            }
            Some(Ok(wanted)) => Some(Price {
                wanted,
                was: parse_amount(&row.price_was, currency).ok(),
            }),
        };
        changes.push(Change {
            variant_id: row.variant_id.clone(),
            place,
            units,
            units_was: row.units_was.trim().parse().ok(),
            price,
        });
    }
    (changes, wrong)
}

/// A booking that is left once everything was compared.
struct Booking<'a> {
    variant_id: &'a str,
    present: i64,
    delta: i64,
    form_key: Option<&'a str>,
}

impl AdminService {
    pub(super) async fn save_stock_rows(
        &self,
        actor: &Account,
        rows: &[StockRowForm],
        reason: &str,
        form_key: &str,
    ) -> ShopResult<StockSaved> {
        if rows.len() > MAX_ROWS {
            let words = StockText::from(locale()).too_many_rows(&MAX_ROWS.to_string());
            return Err(ShopError::new(ErrorKind::Invalid, words));
        }
        let currency = &self.settings.now().await?.currency;
        let form_key = ids::form_key(form_key)?;
        let (changes, mut wrong) = read(rows, currency);
        let moves_stock = changes.iter().any(|change| change.units.is_some());
        let reason = match checked_reason(reason) {
            Ok(reason) => reason,
            Err(error) if moves_stock => {
                wrong.extend(error.fields);
                ""
            }
            Err(_) => "",
        };
        refuse(wrong)?;
        if changes.is_empty() {
            return Ok(StockSaved { changed: 0 });
        }
        let mut write = self.write(actor).await?;
        if changes.iter().any(|change| change.price.is_some()) {
            write.priced_in(currency).await?;
        }
        let ids: Vec<&str> = changes.iter().map(|c| c.variant_id.as_str()).collect();
        let present = stock::locked(&mut write, self.db.dialect(), &ids).await?;
        let compared = self.compare(&mut write, &changes, &present, form_key, currency);
        let (bookings, priced) = compared.await?;
        let mut changed: BTreeSet<&str> = bookings.iter().map(|b| b.variant_id).collect();
        changed.extend(priced.iter().map(|change| change.variant_id.as_str()));
        self.set_prices(&mut write, actor, &priced, &present)
            .await?;
        for booking in &bookings {
            let Booking {
                variant_id,
                present,
                delta,
                form_key,
            } = booking;
            let stock = write
                .move_stock_by(variant_id, *delta, reason, *form_key)
                .await?;
            self.note_booking(&mut write, actor, variant_id, (*present, stock), reason)
                .await?;
        }
        let changed = changed.len() as i64;
        write.commit().await?;
        Ok(StockSaved { changed })
    }

    /// What is left to be done. Refused, with a word at each field, if one of them is not as the form
    /// took it to be.
    async fn compare<'a>(
        &self,
        write: &mut CatalogWrite,
        changes: &'a [Change],
        present: &BTreeMap<String, stock::Present>,
        form_key: Option<&'a str>,
        currency: &str,
    ) -> ShopResult<(Vec<Booking<'a>>, Vec<&'a Change>)> {
        let text = StockText::from(locale());
        let (mut bookings, mut priced) = (Vec::new(), Vec::new());
        let mut wrong = Vec::new();
        for change in changes {
            let id = change.variant_id.as_str();
            let Some(now) = present.get(id) else {
                let field = if change.units.is_some() {
                    "units"
                } else {
                    "price"
                };
                wrong.push(change.fault(field, text.variant_gone()));
                continue;
            };
            match &change.price {
                Some(price) if price.wanted == now.price_minor => {}
                Some(price) if price.was != Some(now.price_minor) => {
                    let present = locale().money(now.price_minor, currency);
                    wrong.push(change.fault("price", text.price_changed(&present)));
                }
                Some(_) => priced.push(change),
                None => {}
            }
            let Some(units) = change.units else { continue };
            if !now.tracked {
                wrong.push(change.fault("units", text.stock_not_tracked()));
                continue;
            }
            let (delta, form_key) = match units {
                Units::Set(units) if units == now.stock => continue,
                Units::Set(_) if change.units_was.is_some_and(|was| was != now.stock) => {
                    let words = text.stock_changed(&now.stock.to_string());
                    wrong.push(change.fault("units", words));
                    continue;
                }
                Units::Set(units) => (units - now.stock, None),
                Units::Add(0) => continue,
                Units::Add(delta) => (delta, form_key),
            };
            if let Some(key) = form_key {
                match stock::booked(write, id, key).await? {
                    None => {}
                    Some(booked) if booked == delta => continue,
                    Some(booked) => {
                        let words = text.already_booked(&format!("{booked:+}"));
                        wrong.push(change.fault("units", words));
                        continue;
                    }
                }
            }
            // Of what is owed a part may come in.
            if !(-now.backorder_limit..=MAX_COUNT).contains(&(now.stock + delta)) {
                let words = text.out_of_range(&now.stock.to_string());
                wrong.push(change.fault("units", words));
                continue;
            }
            bookings.push(Booking {
                variant_id: id,
                present: now.stock,
                delta,
                form_key,
            });
        }
        match wrong.is_empty() {
            true => Ok((bookings, priced)),
            false => Err(ShopError {
                kind: ErrorKind::Conflict,
                ..ShopError::fields(wrong)
            }),
        }
    }

    async fn set_prices(
        &self,
        write: &mut CatalogWrite,
        actor: &Account,
        priced: &[&Change],
        present: &BTreeMap<String, stock::Present>,
    ) -> ShopResult<()> {
        let mut of_products: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
        for change in priced {
            let (Some(price), Some(now)) = (&change.price, present.get(&change.variant_id)) else {
                continue;
            };
            let of_product = of_products.entry(now.product_id.as_str()).or_default();
            of_product.insert(change.variant_id.as_str(), price.wanted);
        }
        for (product_id, prices) in of_products {
            let stored: StoredProduct = write.existing(product_id).await?;
            let mut draft = stored.draft.clone();
            for variant in &mut draft.variants {
                let price = variant.id.as_deref().and_then(|id| prices.get(id));
                if let Some(price) = price {
                    variant.price_minor = *price;
                }
            }
            write.update(&stored, &draft).await?;
            self.record_update(write, actor, &stored, &draft).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Units;

    #[test]
    fn a_number_sets_and_one_with_a_sign_adds() {
        for (typed, read) in [
            ("12", Some(Units::Set(12))),
            (" 0 ", Some(Units::Set(0))),
            ("+5", Some(Units::Add(5))),
            ("-2", Some(Units::Add(-2))),
            ("− 2", Some(Units::Add(-2))),
            ("", None),
            ("+", None),
            ("five", None),
            ("1.5", None),
            ("+-1", None),
        ] {
            assert_eq!(Units::parse(typed), read, "{typed:?}");
        }
        for typed in ["1000000001", "-1000000001", "+99999999999999999999"] {
            assert!(Units::parse(typed).unwrap().is_too_much(), "{typed}");
        }
    }
}
