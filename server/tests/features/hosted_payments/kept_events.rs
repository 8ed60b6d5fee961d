//! What is kept of the provider's events.

use server::orders::forget::forget;

use super::{connect, opened, paid_on, placed, provider::books::DisputeStatus};
use crate::support::{TestShop, on_both_databases};

on_both_databases!(what_comes_after_the_customer_is_erased_is_kept_without_its_text);

async fn what_comes_after_the_customer_is_erased_is_kept_without_its_text(shop: TestShop) {
    let (provider, shop, rope) = opened(&shop).await;
    let (placed, page) = placed(&shop, &rope).await;
    paid_on(&provider, &page).await;
    shop.shop().orders.returned(&placed.token).await.unwrap();
    let id = shop.order(&placed).await.id;
    let site = shop.open().await;
    connect(&provider, &site);
    let dispute = provider.dispute(&provider.accounts()[0].intent, "fraudulent");
    provider.quiet().await;
    let texts = "SELECT COUNT(*) AS n FROM provider_events WHERE body <> ''";
    let kept = "SELECT COUNT(*) AS n FROM provider_events";
    assert!(shop.number(texts).await > 0);
    let mut tx = shop.db().begin().await.unwrap();
    forget(&mut tx, &id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(shop.number(texts).await, 0);
    let before = shop.number(kept).await;
    provider.close_dispute(&dispute, DisputeStatus::Won);
    provider.quiet().await;
    assert!(shop.number(kept).await > before);
    assert_eq!(shop.number(texts).await, 0);
}
