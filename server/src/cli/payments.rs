//! `payments check`: asks the payment provider whether all is set up, and says what is wrong.

use server::{
    clock::Clock,
    config::Config,
    error::{Error, Result},
    payment::stripe::{Stripe, Weight},
};

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
