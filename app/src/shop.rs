//! The shop of the request at hand: its settings, and what the server provides to pages and server
//! functions.
//!
//! Server functions cannot be generic, so implementations come through the context: each feature
//! names what it needs as a trait, its port.

use std::{
    any::{Any, TypeId, type_name},
    collections::HashMap,
    sync::Arc,
};

use leptos::prelude::expect_context;

use crate::{
    area::Areas,
    brakes::Brakes,
    carriers::Carriers,
    countries::DeliveryCountries,
    delivery::calendar::{Calendar, DispatchTime},
    locale::{Languages, Locale},
    look::Look,
    returns::ReturnPolicy,
    seller::Seller,
    sentences::{Sentence, Sentences},
};

crate::words! {
    /// Whether what is paid is money.
    #[derive(Default)]
    pub enum PaymentMode {
        #[default]
        Real = "real",
        /// A payment provider is asked with a key for tests.
        Test = "test",
        /// Test cards buy, which the shop says on every page.
        Demo = "demo",
    }
}

crate::words! {
    /// Whether the shop takes orders.
    #[derive(Default)]
    pub enum Opening {
        /// Its owner is still setting it up: it takes none.
        Preparing = "preparing",
        #[default]
        Open = "open",
        /// A demonstration, which takes orders that nobody delivers and says so.
        Demo = "demo",
    }
}

/// What every page may need to know of the shop itself, as it is at one moment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ShopSettings {
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Without a trailing slash, for canonical addresses. Not for an admin to change.
    pub base_url: String,
    /// Not for an admin to change.
    pub payment_mode: PaymentMode,
    /// Whether a payment provider is set up, at whose page cards are taken. Not for an admin to
    /// change.
    pub payment_provider: bool,
    /// Percent times 100, contained in prices.
    pub tax_basis_points: i64,
    /// A name of the IANA's, whose days the dashboard's are.
    pub time_zone: String,
    /// Until when orders are sent off on the same working day; none: all day.
    #[serde(default)]
    pub dispatch_by: Option<DispatchTime>,
    /// None: nothing is said of it but in the owner's own words.
    #[serde(default)]
    pub returns: Option<ReturnPolicy>,
    /// Who mails come from; empty: as the command line says.
    pub mail_from: String,
    /// How long an order waits for its payment before its units are for sale again.
    pub payment_hold_minutes: i64,
    /// How long a cart lives that nobody touches.
    pub cart_days: i64,
    /// Stock is low at this number of units and below.
    pub low_stock: i64,
    /// Whether everybody on the staff must have a second factor.
    pub second_factor_required: bool,
    pub delivers_to: DeliveryCountries,
    pub look: Look,
    /// What pages are in.
    pub languages: Languages,
    /// What products, categories and pages are written in before they are translated: the default
    /// language, unless that was changed later.
    pub written_in: Locale,
    pub opening: Opening,
    pub seller: Seller,
    pub sentences: Sentences,
    /// How fast strangers may be.
    pub brakes: Brakes,
    pub carriers: Carriers,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            name: "Holdfast".to_owned(),
            currency: "EUR".to_owned(),
            base_url: "http://localhost".to_owned(),
            payment_mode: PaymentMode::default(),
            payment_provider: false,
            tax_basis_points: 1900,
            time_zone: "UTC".to_owned(),
            dispatch_by: None,
            returns: None,
            mail_from: String::new(),
            payment_hold_minutes: 30,
            cart_days: 30,
            low_stock: 5,
            second_factor_required: false,
            delivers_to: DeliveryCountries::default(),
            look: Look::default(),
            languages: Languages::default(),
            written_in: Locale::default(),
            opening: Opening::default(),
            seller: Seller::default(),
            sentences: Sentences::default(),
            brakes: Brakes::default(),
            carriers: Carriers::default(),
        }
    }
}

impl ShopSettings {
    /// Whether there is tax in prices, which is said only then.
    pub const fn includes_tax(&self) -> bool {
        self.tax_basis_points > 0
    }

    /// By what delivery dates are counted.
    pub fn calendar(&self) -> Calendar {
        Calendar {
            time_zone: self.time_zone.clone(),
            dispatch_by: self.dispatch_by,
        }
    }

    /// What the owner says in this language, if anything.
    pub fn sentence(&self, sentence: Sentence, language: Locale) -> Option<&str> {
        let default = self.languages.default_language().locale;
        self.sentences.said(sentence, language, default)
    }

    /// What is said of returns: the owner's own words before those of the policy.
    pub fn returns_words(&self, language: Locale) -> Option<String> {
        let own = self.sentence(Sentence::Returns, language);
        let policy = self.returns.map(|policy| policy.words(language));
        own.map(str::to_owned).or(policy)
    }
}

/// What the server provides: an implementation for each port.
#[derive(Default)]
pub struct Ports(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Ports {
    #[must_use]
    pub fn with<P: ?Sized + Send + Sync + 'static>(mut self, port: Arc<P>) -> Self {
        self.0.insert(TypeId::of::<P>(), Box::new(port));
        self
    }
}

/// The shop, as pages and server functions find it in their context.
#[derive(Clone)]
pub struct Shop {
    /// As they were when the request was taken.
    pub settings: Arc<ShopSettings>,
    /// Of all features.
    pub areas: Areas,
    ports: Arc<Ports>,
}

impl Shop {
    pub fn new(settings: Arc<ShopSettings>, areas: Areas, ports: Ports) -> Self {
        Self {
            settings,
            areas,
            ports: Arc::new(ports),
        }
    }

    /// The same shop with the settings of another moment.
    #[must_use]
    pub fn with_settings(&self, settings: Arc<ShopSettings>) -> Self {
        Self {
            settings,
            areas: self.areas,
            ports: self.ports.clone(),
        }
    }

    /// The implementation of a port.
    ///
    /// # Panics
    ///
    /// If the server provides none: then the shop was not put together.
    pub fn port<P: ?Sized + Send + Sync + 'static>(&self) -> Arc<P> {
        let port = self.ports.0.get(&TypeId::of::<P>());
        match port.and_then(|port| port.downcast_ref::<Arc<P>>()) {
            Some(port) => port.clone(),
            None => panic!("the server provides no {}", type_name::<P>()),
        }
    }
}

/// The shop of the request at hand.
pub fn shop() -> Shop {
    expect_context::<Shop>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{returns::ReturnCost, sentences::Written};

    #[test]
    fn returns_are_told_in_the_owners_own_words_where_there_are_any() {
        let mut settings = ShopSettings::default();
        assert_eq!(settings.returns_words(Locale::En), None);
        settings.returns = ReturnPolicy::new(30, ReturnCost::Shop);
        let words = settings.returns_words(Locale::En).unwrap_or_default();
        assert!(words.contains("30 days"), "{words}");
        settings.sentences = Sentences::default().with(Written {
            sentence: Sentence::Returns,
            language: Locale::En,
            text: "Bring it back.".to_owned(),
        });
        let words = settings.returns_words(Locale::En);
        assert_eq!(words.as_deref(), Some("Bring it back."));
    }

    trait Greeter: Send + Sync {
        fn greet(&self) -> String;
    }

    struct Polite;

    impl Greeter for Polite {
        fn greet(&self) -> String {
            "Good day".to_owned()
        }
    }

    #[test]
    fn a_port_is_found_by_its_trait_whatever_the_settings() {
        let ports = Ports::default().with::<dyn Greeter>(Arc::new(Polite));
        let shop = Shop::new(Arc::default(), Areas::default(), ports);
        let later = shop.with_settings(Arc::default());
        assert_eq!(later.port::<dyn Greeter>().greet(), "Good day");
    }
}
