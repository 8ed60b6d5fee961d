//! What search engines read of shipping and returns, with an offer, in the words of schema.org.

use std::collections::BTreeSet;

use app::{
    catalog::types::Availability,
    checkout::types::{Offers, ShippingOffer},
    delivery::{Handover, WorkingDays},
    money::plain_amount,
    returns::{ReturnCost, ReturnPolicy},
    shop::ShopSettings,
};
use serde_json::{Value, json};

/// What is delivered to, as the offers of a page refer to it.
const DESTINATION: &str = "#delivers-to";
const RETURNS: &str = "#returns";
/// More countries for a policy of returns are an error to those who read it.
const MOST_COUNTRIES: usize = 50;
const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// What holds for all offers of a page. What is the same for all of them is told once and named from then on.
pub struct Terms<'a> {
    offers: &'a Offers,
    settings: &'a ShopSettings,
    /// What was told, by its id.
    told: BTreeSet<&'static str>,
}

impl<'a> Terms<'a> {
    pub fn new(offers: &'a Offers, settings: &'a ShopSettings) -> Self {
        Self {
            offers,
            settings,
            told: BTreeSet::new(),
        }
    }

    pub fn base_url(&self) -> &'a str {
        &self.settings.base_url
    }

    /// Adds to an offer what is set, and nothing where nothing is.
    pub fn put(&mut self, offer: &mut Value, price_minor: i64, availability: Availability) {
        let delivered = self
            .offers
            .shipping
            .iter()
            .filter(|shipping| shipping.handover == Handover::Delivery);
        let shipping: Vec<_> = delivered
            .map(|shipping| self.shipping(shipping, price_minor, availability))
            .collect();
        if !shipping.is_empty() && !self.settings.delivers_to.is_empty() {
            offer["shippingDetails"] = json!(shipping);
        }
        if let Some(policy) = self.settings.returns {
            offer["hasMerchantReturnPolicy"] = self.once(RETURNS, |terms| terms.returns(policy));
        }
    }

    fn once(&mut self, id: &'static str, tell: impl FnOnce(&Self) -> Value) -> Value {
        if !self.told.insert(id) {
            return json!({ "@id": id });
        }
        let mut told = tell(self);
        told["@id"] = json!(id);
        told
    }

    fn shipping(
        &mut self,
        shipping: &ShippingOffer,
        price_minor: i64,
        availability: Availability,
    ) -> Value {
        let currency = &self.offers.currency;
        let mut details = json!({
            "@type": "OfferShippingDetails",
            "shippingRate": {
                "@type": "MonetaryAmount",
                "value": plain_amount(shipping.price_for(price_minor), currency),
                "currency": currency,
            },
            "shippingDestination": self.once(DESTINATION, |terms| json!({
                "@type": "DefinedRegion",
                "addressCountry": terms.settings.delivers_to.codes().collect::<Vec<_>>(),
            })),
        });
        // The days hold for what is there.
        if let Some(delivery) = shipping.delivery
            && availability != Availability::BackOrder
        {
            details["deliveryTime"] = self.delivery_time(delivery.days);
        }
        details
    }

    /// Days count from the order: what is sent off on the next working day is so within them.
    fn delivery_time(&self, days: WorkingDays) -> Value {
        let handling = match self.settings.dispatch_by {
            Some(_) => 1,
            None => 0,
        };
        let weekdays = WEEKDAYS.map(|day| format!("https://schema.org/{day}"));
        json!({
            "@type": "ShippingDeliveryTime",
            "businessDays": { "@type": "OpeningHoursSpecification", "dayOfWeek": weekdays },
            "handlingTime": in_days(0, handling),
            "transitTime": in_days(days.from(), days.to()),
        })
    }

    fn returns(&self, policy: ReturnPolicy) -> Value {
        let fees = match policy.cost {
            ReturnCost::Customer => "ReturnFeesCustomerResponsibility",
            ReturnCost::Shop => "FreeReturn",
        };
        let mut told = json!({
            "@type": "MerchantReturnPolicy",
            "applicableCountry": self.countries_of_returns(),
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": policy.days(),
            "returnMethod": "https://schema.org/ReturnByMail",
            "returnFees": format!("https://schema.org/{fees}"),
        });
        let country = &self.settings.seller.country;
        if !country.is_empty() {
            told["returnPolicyCountry"] = json!(country);
        }
        told
    }

    /// The seller's own country first, which is so never cut off.
    fn countries_of_returns(&self) -> Vec<&str> {
        let (own, mut countries): (Vec<&str>, Vec<&str>) = self
            .settings
            .delivers_to
            .codes()
            .partition(|code| *code == self.settings.seller.country);
        countries.splice(..0, own);
        countries.truncate(MOST_COUNTRIES);
        countries
    }
}

fn in_days(from: i64, to: i64) -> Value {
    json!({ "@type": "QuantitativeValue", "minValue": from, "maxValue": to, "unitCode": "DAY" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{
        countries::DeliveryCountries,
        delivery::{Delivery, calendar::DispatchTime},
    };

    fn offers() -> Offers {
        let shipping = |name: &str, price_minor, handover, days| ShippingOffer {
            name: name.to_owned(),
            description: String::new(),
            price_minor,
            free_from_minor: Some(7500),
            handover,
            delivery: WorkingDays::new(days, days + 2).map(|days| Delivery { handover, days }),
        };
        Offers {
            currency: "EUR".to_owned(),
            shipping: vec![
                shipping("Standard", 490, Handover::Delivery, 2),
                shipping("Pick up", 0, Handover::Collection, 0),
                shipping("Express", 1290, Handover::Delivery, 1),
            ],
            payment: Vec::new(),
        }
    }

    /// The offers of a page at these prices.
    fn told<const N: usize>(settings: &ShopSettings, prices: [i64; N]) -> [Value; N] {
        let offers = offers();
        let mut terms = Terms::new(&offers, settings);
        prices.map(|price_minor| {
            let mut offer = json!({});
            terms.put(&mut offer, price_minor, Availability::InStock);
            offer
        })
    }

    fn settings() -> ShopSettings {
        ShopSettings {
            delivers_to: DeliveryCountries::of(["AT", "DE"]),
            dispatch_by: DispatchTime::parse("14:00"),
            returns: ReturnPolicy::new(30, ReturnCost::Shop),
            ..ShopSettings::default()
        }
    }

    #[test]
    fn what_is_delivered_says_price_countries_and_days_and_what_is_collected_nothing() {
        let [offer] = told(&settings(), [1900]);
        let details = offer["shippingDetails"].as_array().expect("details");
        assert_eq!(details.len(), 2);
        assert_eq!(details[0]["shippingRate"]["value"], "4.90");
        assert_eq!(details[1]["shippingRate"]["value"], "12.90");
        let destination = &details[0]["shippingDestination"];
        assert_eq!(destination["addressCountry"], json!(["AT", "DE"]));
        assert_eq!(
            details[1]["shippingDestination"],
            json!({ "@id": destination["@id"] })
        );
        let time = &details[0]["deliveryTime"];
        assert_eq!(time["transitTime"]["minValue"], 2);
        assert_eq!(time["transitTime"]["maxValue"], 4);
        assert_eq!(time["handlingTime"]["maxValue"], 1);
    }

    #[test]
    fn no_days_are_told_of_what_is_not_there() {
        let (offers, settings) = (offers(), settings());
        let mut offer = json!({});
        Terms::new(&offers, &settings).put(&mut offer, 1900, Availability::BackOrder);
        let details = &offer["shippingDetails"][0];
        assert_eq!(details["shippingRate"]["value"], "4.90");
        assert!(details.get("deliveryTime").is_none(), "{details}");
    }

    #[test]
    fn a_dear_item_is_delivered_free_of_charge() {
        let [_, offer] = told(&settings(), [1900, 7500]);
        let details = &offer["shippingDetails"];
        assert_eq!(details[0]["shippingRate"]["value"], "0.00");
    }

    #[test]
    fn returns_are_told_once_and_only_if_they_are_set() {
        let mut settings = settings();
        let [first, again] = told(&settings, [1900, 1900]);
        let policy = &first["hasMerchantReturnPolicy"];
        assert_eq!(policy["merchantReturnDays"], 30);
        assert_eq!(policy["returnFees"], "https://schema.org/FreeReturn");
        assert_eq!(policy["applicableCountry"], json!(["AT", "DE"]));
        assert!(policy.get("returnPolicyCountry").is_none());
        assert_eq!(
            again["hasMerchantReturnPolicy"],
            json!({ "@id": policy["@id"] })
        );
        settings.delivers_to = DeliveryCountries::everywhere();
        settings.seller.country = "ZA".to_owned();
        let [everywhere] = told(&settings, [1900]);
        let countries = &everywhere["hasMerchantReturnPolicy"]["applicableCountry"];
        assert_eq!(countries.as_array().map(Vec::len), Some(MOST_COUNTRIES));
        assert_eq!(countries[0], "ZA");
        settings.returns = None;
        let [none] = told(&settings, [1900]);
        assert!(none.get("hasMerchantReturnPolicy").is_none());
    }
}
