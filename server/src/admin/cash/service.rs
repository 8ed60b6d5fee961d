//! The port behind the admin's page.

use std::{ops::RangeInclusive, sync::Arc};

use app::{
    admin::cash::{
        ports::{CashAdmin, CashForm, CashView, ConfirmationRule},
        types::CashSaved,
    },
    error::{ErrorKind, FieldError, ShopError, ShopResult},
    faults::amount_words,
    identity::Account,
    locale::locale,
    money::{parse_amount, plain_amount},
};
use async_trait::async_trait;
use serde_json::{Value, json};

use super::text::Text;
use crate::{
    audit_log,
    clock::Clock,
    error::Error,
    payment::cash::rules::{self, CashSettings},
    settings::{Settings, currency},
    store::{ChangeSet, Store},
};

const MINUTES: RangeInclusive<i64> = 10..=1440;
const MOST_OPEN: RangeInclusive<i64> = 1..=1000;
/// As of prices.
const MAX_AMOUNT: i64 = crate::catalog::write::draft::MAX_AMOUNT;

pub struct CashService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

impl CashService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        Self {
            db,
            clock,
            settings,
        }
    }
}

/// Everything that is wrong with a form.
#[derive(Default)]
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn says(&mut self, field: &str, message: String) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message,
        });
    }

    fn number(&mut self, field: &str, typed: &str, range: &RangeInclusive<i64>) -> i64 {
        match typed.trim().parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let (least, most) = (range.start().to_string(), range.end().to_string());
                let words = Text::from(locale()).number_between(&least, &most);
                self.says(field, words);
                0
            }
        }
    }

    fn amount(&mut self, field: &str, typed: &str, currency: &str) -> i64 {
        let wanted = Text::from(locale()).enter_an_amount();
        match parse_amount(typed, currency) {
            Ok(minor) if (1..=MAX_AMOUNT).contains(&minor) => minor,
            Ok(_) => {
                self.says(field, wanted.to_owned());
                0
            }
            Err(error) => {
                self.says(field, amount_words(&error, wanted));
                0
            }
        }
    }
}

/// What was typed as it is stored, over settings of this version.
fn checked(form: &CashForm, version: i64, currency: &str) -> ShopResult<CashSettings> {
    let text = Text::from(locale());
    let mut wrong = Wrong::default();
    let confirmation = ConfirmationRule::parse(form.confirmation.trim()).unwrap_or_else(|| {
        wrong.says("confirmation", text.choose_an_option().to_owned());
        ConfirmationRule::Asked
    });
    let settings = CashSettings {
        version,
        confirmation: match confirmation {
            ConfirmationRule::Asked => true,
            ConfirmationRule::Off => false,
        },
        minutes: wrong.number("minutes", &form.minutes, &MINUTES),
        most_open: match form.most_open.trim() {
            "" => None,
            typed => Some(wrong.number("most_open", typed, &MOST_OPEN)),
        },
        up_to_minor: match form.up_to.trim() {
            "" => None,
            typed => Some(wrong.amount("up_to", typed, currency)),
        },
    };
    match wrong.0.is_empty() {
        true => Ok(settings),
        false => Err(ShopError::fields(wrong.0)),
    }
}

/// What an entry of the trail says.
fn summary(settings: &CashSettings) -> Value {
    json!({
        "confirmation": ConfirmationRule::of(settings.confirmation).as_str(),
        "minutes": settings.minutes,
        "most_open": settings.most_open,
        "up_to_minor": settings.up_to_minor,
    })
}

#[async_trait]
impl CashAdmin for CashService {
    async fn settings(&self) -> ShopResult<CashView> {
        let currency = self.settings.now().await?.currency.clone();
        let stored = rules::read(self.db.reader()).await?;
        let up_to = stored
            .up_to_minor
            .map(|minor| plain_amount(minor, &currency));
        Ok(CashView {
            version: stored.version,
            confirmation: ConfirmationRule::of(stored.confirmation),
            minutes: stored.minutes,
            most_open: stored.most_open,
            up_to: up_to.unwrap_or_default(),
            currency,
        })
    }

    async fn save(&self, actor: &Account, form: CashForm) -> ShopResult<CashSaved> {
        let currency = self.settings.now().await?.currency.clone();
        let mut tx = self.db.begin().await?;
        // What was typed is meant in it.
        currency::stays(&mut tx, self.db.dialect(), &currency).await?;
        let before = rules::read(&mut *tx).await?;
        if form.version.trim().parse() != Ok(before.version) {
            return Err(overtaken());
        }
        let after = checked(&form, before.version, &currency)?;
        if after == before {
            tx.rollback().await.map_err(Error::from)?;
            return Ok(CashSaved {
                version: before.version,
            });
        }
        if !rules::write(&mut tx, &after).await? {
            return Err(overtaken());
        }
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            "cash.save",
            ("cash", "shop"),
            Some(summary(&before)),
            Some(summary(&after)),
        )
        .await?;
        // No page shows any of it: the checkout reads it as it is.
        ChangeSet::default().commit(tx, &self.db).await?;
        Ok(CashSaved {
            version: after.version + 1,
        })
    }
}

fn overtaken() -> ShopError {
    let words = Text::from(locale()).changed_since();
    ShopError::new(ErrorKind::Conflict, words)
}
