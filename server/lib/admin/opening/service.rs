//! The checklist, and what is done with it: the port behind the panel on the dashboard.

use std::sync::Arc;

use app::{
    checkout::types::{BANK_TRANSFER, CASH_ON_DELIVERY, STRIPE, TEST_CARD},
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
    shop::{Opening, ShopSettings},
};
use async_trait::async_trait;
use desk::admin::opening::ports::{
    Checklist, Item, LegalPage, OpeningAdmin, Paying, TestMail, TurnedOn,
};
use serde_json::json;

use super::{demo, store, text::Text};
use crate::{
    audit_log,
    clock::Clock,
    db::{Connection, Tx},
    error::{Error, Result},
    feature::Parts,
    outbox::{self, LastTest, Mail, MailState},
    pages,
    payment::methods::{self, Methods},
    pricing::pricing,
    settings::{self, Settings, opening, store::StoredSettings},
    store::{ChangeSet, Store},
};

pub struct OpeningService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

impl OpeningService {
    pub fn new(parts: Parts) -> Self {
        Self {
            db: parts.db,
            clock: parts.clock,
            settings: parts.settings,
        }
    }

    async fn turn(&self, actor: &Account, from: Opening, to: Opening) -> ShopResult<()> {
        let mut tx = self.db.begin().await?;
        // From here on nobody else changes the settings.
        if !opening::turn(&mut tx, from, to).await? {
            return Err(refused(Text::from(locale()).changed_since()));
        }
        let stored = self.locked(&mut tx).await?;
        match to {
            Opening::Open => {
                let list = checklist(&mut tx, &stored, self.clock.now()).await?;
                if !list.may_open() {
                    return Err(refused(Text::from(locale()).not_done()));
                }
            }
            // What was confirmed of a demonstration is nothing that the owner has seen.
            Opening::Preparing => {
                store::forget(&mut tx).await?;
                demo::end(&mut tx).await?;
            }
            Opening::Demo => {}
        }
        self.commit(tx, actor, (from, to)).await
    }

    /// The settings, which nobody else changes before the end of the transaction.
    async fn locked(&self, tx: &mut Tx) -> Result<StoredSettings> {
        settings::store::lock(tx, self.db.dialect(), self.settings.defaults()).await
    }

    async fn commit(
        &self,
        mut tx: Tx,
        actor: &Account,
        (from, to): (Opening, Opening),
    ) -> ShopResult<()> {
        audit_log::record(
            &mut tx,
            self.clock.now(),
            &actor.email,
            "opening.change",
            ("settings", "shop"),
            Some(json!({ "opening": from })),
            Some(json!({ "opening": to })),
        )
        .await?;
        // Every page says so.
        let mut changes = ChangeSet::default();
        changes.everything();
        changes.commit(tx, &self.db).await?;
        Ok(())
    }
}

fn refused(words: &str) -> ShopError {
    ShopError::new(ErrorKind::Conflict, words)
}

/// What has been done, of the settings that count now.
async fn checklist(
    connection: &mut Connection,
    stored: &StoredSettings,
    now: i64,
) -> Result<Checklist> {
    let settings = &stored.settings;
    let published = pages::published(connection, now).await?;
    let missing_pages: Vec<LegalPage> = LegalPage::ALL
        .into_iter()
        .filter(|page| !published.iter().any(|kind| kind.as_str() == page.as_str()))
        .collect();
    let confirmed = store::confirmed(connection).await?;
    let pricing = pricing(connection, settings).await?;
    let rates = pricing.rates;
    let methods = methods::store::read(connection).await?;
    let paying = Paying::of(settings.payment_mode, turned_on(&methods, settings));
    let has_product = store::has_product(connection).await?;
    let is_done = |item: &Item| match item {
        Item::Seller => settings.seller.is_complete(),
        Item::Pages => missing_pages.is_empty(),
        Item::Payment => paying.is_for_real(),
        Item::Product => has_product,
        Item::Delivery => {
            confirmed.contains(item) && !rates.is_empty() && !settings.delivers_to.is_empty()
        }
        Item::Mail | Item::Tax => confirmed.contains(item),
    };
    let done: Vec<Item> = Item::ALL.into_iter().filter(is_done).collect();
    // Nobody asks once it is known that they arrive.
    let test = match done.contains(&Item::Mail) {
        true => None,
        false => outbox::last_test(connection).await?,
    };
    Ok(Checklist {
        opening: settings.opening,
        settings_version: stored.version,
        done,
        missing_pages,
        test_mail: became_of(test.as_ref()),
        paying,
        shipping: rates.into_iter().map(|rate| rate.name).collect(),
        countries: settings.delivers_to.len(),
        tax_basis_points: settings.tax_basis_points,
        knows_country: !settings.seller.country.is_empty(),
        is_in_eu: settings.seller.is_in_eu(),
    })
}

fn turned_on(methods: &Methods, settings: &ShopSettings) -> TurnedOn {
    TurnedOn {
        test_card: methods.is_on(TEST_CARD),
        card: settings.payment_provider && methods.is_on(STRIPE),
        cash: methods.is_on(CASH_ON_DELIVERY),
        transfer: methods.is_on(BANK_TRANSFER),
    }
}

fn became_of(test: Option<&LastTest>) -> TestMail {
    match test.map(|test| (test.state, test.error.as_str())) {
        None => TestMail::Unsent,
        Some((MailState::Waiting | MailState::Sending, "")) => TestMail::Waiting,
        Some((MailState::Sent, _)) => TestMail::Sent,
        // It is tried again, but has not worked yet.
        Some((MailState::Waiting | MailState::Sending, _)) => TestMail::Failed,
        Some((MailState::Dropped | MailState::Failed, _)) => TestMail::Failed,
    }
}

#[async_trait]
impl OpeningAdmin for OpeningService {
    async fn checklist(&self) -> ShopResult<Checklist> {
        let stored = settings::read(&self.db, self.settings.defaults()).await?;
        let mut connection = self.db.connection().await?;
        Ok(checklist(&mut connection, &stored, self.clock.now()).await?)
    }

    async fn send_test_mail(&self, actor: &Account) -> ShopResult<()> {
        let mut tx = self.db.begin().await?;
        let last = outbox::last_test(&mut tx).await?;
        if became_of(last.as_ref()) == TestMail::Waiting {
            return Err(refused(Text::from(locale()).test_is_on_its_way()));
        }
        let mail = Mail::TestMail {
            to: actor.email.clone(),
        };
        outbox::queue(&mut tx, self.db.dialect(), self.clock.now(), &mail).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(())
    }

    async fn confirm(&self, actor: &Account, item: &str, version: &str) -> ShopResult<()> {
        let text = Text::from(locale());
        let item = match Item::parse(item) {
            Some(item @ (Item::Mail | Item::Delivery | Item::Tax)) => item,
            _ => return Err(ShopError::field("item", text.nothing_to_confirm())),
        };
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let stored = self.locked(&mut tx).await?;
        if version.trim().parse::<i64>() != Ok(stored.version) {
            return Err(refused(text.settings_changed_since()));
        }
        if item == Item::Mail {
            let last = outbox::last_test(&mut tx).await?;
            if became_of(last.as_ref()) != TestMail::Sent {
                return Err(refused(text.send_a_test_first()));
            }
        }
        store::confirm(&mut tx, item, now, &actor.email).await?;
        audit_log::record(
            &mut tx,
            now,
            &actor.email,
            "opening.confirm",
            ("settings", "shop"),
            None,
            Some(json!({ "item": item })),
        )
        .await?;
        // Shoppers see nothing of it.
        tx.commit().await.map_err(Error::from)?;
        Ok(())
    }

    async fn open(&self, actor: &Account) -> ShopResult<()> {
        self.turn(actor, Opening::Preparing, Opening::Open).await
    }

    async fn end_demonstration(&self, actor: &Account) -> ShopResult<()> {
        self.turn(actor, Opening::Demo, Opening::Preparing).await
    }
}
