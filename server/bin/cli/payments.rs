//! `payments check`: asks the payment provider whether all is set up, and says what is wrong. `check
//! --provider`: compares our payments with the provider's.

use std::sync::Arc;

use app::money::plain_amount;
use desk::admin::payments::types::{Comparison, DifferenceKind};
use server::{
    admin::payments::PaymentBookService,
    brakes::BrakeService,
    clock::Clock,
    config::Config,
    error::{Error, Result},
    payment::{
        Hosted, Payments,
        stripe::{Stripe, Weight},
    },
    settings::Settings,
    store::Store,
};

use super::serve::site_options;

/// Compares our payments with the provider's list, names each difference and keeps what was found.
pub async fn compare_payments(config: &Config, db: &Store, clock: Arc<dyn Clock>) -> Result<()> {
    let Some(settings) = Config::stripe()? else {
        return Err(Error::Setting(
            "no payment provider is set up: HOLDFAST_STRIPE_SECRET_KEY is not set".into(),
        ));
    };
    let stripe = Arc::new(Stripe::new(settings)?);
    let defaults = config.shop_settings(site_options()?.site_addr)?;
    let brakes = BrakeService::new(db, Settings::new(db.clone(), defaults));
    let stripe = Hosted::new(stripe, db.clone(), clock.clone(), brakes);
    let payments = Payments::new(vec![Arc::new(stripe)], Vec::new());
    let books = PaymentBookService::new(db.clone(), clock, payments);
    let mut count = 0;
    for compared in books.compare_at_once().await? {
        tell(&compared);
        count += compared.differences.len();
    }
    match count {
        0 => Ok(()),
        count => Err(Error::Invariant(format!(
            "{count} differences between our payments and the provider's"
        ))),
    }
}

fn tell(compared: &Comparison) {
    let Comparison {
        provider,
        compared: count,
        foreign,
        differences,
        ..
    } = compared;
    for found in differences {
        let money = |minor| plain_amount(minor, &found.currency);
        println!(
            "{}: {} ({}): {} {} here, {} there",
            words(found.kind),
            found.order_number.as_deref().unwrap_or("no order"),
            found.reference,
            money(found.ours_minor),
            found.currency,
            money(found.theirs_minor),
        );
    }
    println!("{provider}: {count} payments compared, {foreign} are not this shop's.");
}

fn words(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::ChargeWithoutOrder => "a charge without an order",
        DifferenceKind::OrderWithoutCharge => "a paid order without a charge",
        DifferenceKind::NotTakenIn => "charged there and not paid here",
        DifferenceKind::CapturedDiffers => "captured amounts differ",
        DifferenceKind::CurrencyDiffers => "currencies differ",
        DifferenceKind::RefundMissing => "refunded here and not there",
        DifferenceKind::RefundUnknown => "refunded there and not here",
        DifferenceKind::StillHeld => "money is held for an order that does not wait for it",
        DifferenceKind::CancelledAndCharged => "cancelled and not refunded",
    }
}

pub async fn check_payments(config: &Config, clock: &dyn Clock) -> Result<()> {
    let Some(settings) = Config::stripe()? else {
        return Err(Error::Setting(
            "no payment provider is set up: HOLDFAST_STRIPE_SECRET_KEY is not set".into(),
        ));
    };
    let base_url = config.base_url.as_deref().filter(|url| !url.is_empty());
    let base_url = base_url.ok_or_else(|| {
        Error::Setting(
            "HOLDFAST_BASE_URL is not set, so the address of the webhook is not known".into(),
        )
    })?;
    let hook = format!("{}/hooks/stripe", base_url.trim_end_matches('/'));
    let findings = Stripe::new(settings)?.check(&hook, clock.now()).await;
    let mut faults = 0;
    for finding in &findings {
        let mark = match finding.weight {
            Weight::Good => "ok",
            Weight::Note => "note",
            Weight::Fault => {
                faults += 1;
                "FAULT"
            }
        };
        println!("{mark:<6} {}", finding.words);
    }
    match faults {
        0 => Ok(()),
        faults => Err(Error::Setting(format!(
            "payments are not set up right: {faults} of {} findings are faults",
            findings.len()
        ))),
    }
}
