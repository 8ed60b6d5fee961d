//! Changing the payment methods: the port behind the admin's page.

use std::{collections::HashMap, sync::Arc};

use app::{
    checkout::types::BANK_TRANSFER, error::ShopResult, identity::Account, money::plain_amount,
    shop::ShopSettings,
};
use async_trait::async_trait;
use desk::admin::methods::{
    ports::{Cards, MethodAdmin, MethodView, MethodsForm, MethodsView, Needs, OfferRule},
    types::MethodsSaved,
};
use serde_json::{Map, Value, json};

use super::check::{BankAccount, Before, checked};
use crate::{
    admin::saving::{Kept, Saving, Shown, Stored},
    clock::Clock,
    db::{Connection, Dialect, Tx},
    error::Result,
    payment::{
        Payments, bank_transfer,
        methods::{Method, store},
    },
    settings::{Settings, currency},
    store::Store,
    translations::{self, DESCRIPTION, Kind, NAME},
};

pub struct MethodService {
    saving: Saving,
    settings: Settings,
    payments: Payments,
}

impl MethodService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings, payments: Payments) -> Self {
        Self {
            saving: Saving::new(db, clock),
            settings,
            payments,
        }
    }

    /// Those that this shop can have.
    fn known(&self) -> Vec<&'static str> {
        let offered = self.payments.offered();
        offered.map(|provider| provider.method()).collect()
    }

    fn views(
        &self,
        methods: &[Method],
        settings: &ShopSettings,
        account: BankAccount,
    ) -> Vec<MethodView> {
        let currency = &settings.currency;
        let typed = |minor: Option<i64>| minor.map(|minor| plain_amount(minor, currency));
        let mut views: Vec<_> = self
            .payments
            .offered()
            .filter_map(|provider| {
                let usual = provider.offer(currency)?;
                let set = methods.iter().position(|one| one.method == usual.method);
                let one = set.and_then(|place| methods.get(place));
                let view = MethodView {
                    needs: match account {
                        BankAccount::Missing if usual.method == BANK_TRANSFER => Needs::BankAccount,
                        BankAccount::Missing | BankAccount::Known => Needs::Nothing,
                    },
                    rule: OfferRule::of(one.is_none_or(|one| one.is_on)),
                    name: one.map(|one| one.name.clone()).unwrap_or_default(),
                    description: one.map(|one| one.description.clone()).unwrap_or_default(),
                    lowest: one
                        .and_then(|one| typed(one.lowest_minor))
                        .unwrap_or_default(),
                    highest: one
                        .and_then(|one| typed(one.highest_minor))
                        .unwrap_or_default(),
                    countries: one.map_or_else(none, |one| one.countries.clone()),
                    method: usual.method,
                    usual_name: usual.title,
                    usual_description: usual.text,
                };
                Some((set.unwrap_or(methods.len()), view))
            })
            .collect();
        views.sort_by_key(|(place, _)| *place);
        views.into_iter().map(|(_, view)| view).collect()
    }
}

fn none() -> app::countries::DeliveryCountries {
    app::countries::DeliveryCountries::of([])
}

async fn account(connection: &mut Connection) -> Result<BankAccount> {
    let set = bank_transfer::settings::read(connection).await?;
    Ok(match set.has_account() {
        true => BankAccount::Known,
        false => BankAccount::Missing,
    })
}

/// What is set of the methods, with what it is held against.
#[derive(Debug, Clone)]
struct Set {
    methods: Vec<Method>,
    account: BankAccount,
}

impl PartialEq for Set {
    fn eq(&self, other: &Self) -> bool {
        self.methods == other.methods
    }
}

/// The rows of the methods.
struct TheMethods {
    dialect: Dialect,
    /// What amounts were typed in.
    currency: String,
}

#[async_trait]
impl Kept for TheMethods {
    type Value = Set;

    const NAME: &'static str = "methods";
    /// Pages of products say how orders can be paid.
    const SHOWN: Shown = Shown::Everywhere;

    async fn read(&self, tx: &mut Tx) -> Result<Stored<Set>> {
        currency::stays(tx, self.dialect, &self.currency).await?;
        Ok(Stored {
            version: store::version(tx).await?,
            value: Set {
                methods: store::read(tx).await?.all,
                account: account(tx).await?,
            },
        })
    }

    async fn write(&self, tx: &mut Tx, before: &Stored<Set>, after: &Set) -> Result<bool> {
        if !store::take(tx, before.version).await? {
            return Ok(false);
        }
        store::write(tx, &after.methods).await?;
        follow(tx, self.dialect, &after.methods).await?;
        Ok(true)
    }

    fn summary(set: &Set) -> Value {
        let all = (1..).zip(&set.methods).map(|(position, one)| {
            let summary = json!({
                "position": position,
                "offered": OfferRule::of(one.is_on).as_str(),
                "name": one.name,
                "description": one.description,
                "lowest_minor": one.lowest_minor,
                "highest_minor": one.highest_minor,
                "countries": one.countries.stored(),
            });
            (one.method.clone(), summary)
        });
        Value::Object(all.collect::<Map<_, _>>())
    }
}

/// Notes which translations were made from other words than there are now; without words there is nothing to
/// translate.
async fn follow(tx: &mut Tx, dialect: Dialect, methods: &[Method]) -> Result<()> {
    let mut originals: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    for one in methods {
        match (one.name.as_str(), one.description.as_str()) {
            ("", "") => translations::forget(tx, Kind::PaymentMethod, &one.method).await?,
            (name, description) => {
                let texts = vec![(NAME, name), (DESCRIPTION, description)];
                originals.insert(&one.method, texts);
            }
        }
    }
    translations::mark_stale(tx, dialect, Kind::PaymentMethod, &originals).await
}

#[async_trait]
impl MethodAdmin for MethodService {
    async fn methods(&self) -> ShopResult<MethodsView> {
        let settings = self.settings.now().await?;
        let mut connection = self.saving.db().connection().await?;
        // Before the rest: a change in between is then refused as overtaken, not written over.
        let version = store::version(&mut connection).await?;
        let methods = store::read(&mut connection).await?.all;
        let has_cards = !self.payments.with_books().is_empty();
        let account = account(&mut connection).await?;
        Ok(MethodsView {
            version,
            methods: self.views(&methods, &settings, account),
            currency: settings.currency.clone(),
            written_in: settings.written_in,
            delivers_to: settings.delivers_to.clone(),
            cards: match has_cards {
                true => Cards::SetUp,
                false => Cards::NotSetUp,
            },
        })
    }

    async fn save(&self, actor: &Account, form: MethodsForm) -> ShopResult<MethodsSaved> {
        let settings = self.settings.now().await?;
        let kept = TheMethods {
            dialect: self.saving.db().dialect(),
            currency: settings.currency.clone(),
        };
        let known = self.known();
        let saved = self.saving.save(&kept, actor, &form.version, |before| {
            let held = Before {
                methods: &before.methods,
                known: &known,
                currency: &kept.currency,
                delivers_to: &settings.delivers_to,
                account: before.account,
            };
            let methods = checked(&form.methods, &held)?;
            Ok(Set {
                methods,
                account: before.account,
            })
        });
        Ok(MethodsSaved {
            version: saved.await?,
        })
    }
}
