//! The units of a drop come back all at once, by holds that expire, cards that are declined and orders that the staff
//! cancels, while a node dies. Each is offered to the next on the waiting list and is for sale to nobody else; they buy by
//! their links, and what some let pass goes to those behind them.

mod list;
mod stage;
mod watch;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use reqwest::StatusCode;
use server::store::Store;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    alone,
    paid_storm::{Ahead, UNSETTLED, ahead},
    provider::{Provider, Visit, cards},
    rig::{Chance, Cluster, Desk, Goods, Shopper, remaining, until},
    sale::PATIENCE,
};
use list::{Bought, List, in_state};
use stage::{Held, hold_all, open, plan, with_carts};
use watch::Watch;

/// How many units come back; many more if this asks for it: `HOLDFAST_GIVEN_BACK=500`. docs/concurrency.md has the
/// command.
const ASK: &str = "HOLDFAST_GIVEN_BACK";
const UNITS: usize = 50;
const PRICE: i64 = 4900;
/// One in so many of those who are offered a unit lets it pass.
const LETS_PASS: usize = 5;
/// Who is on the list, and never gets one.
const BEHIND: usize = 5;
/// How many do something at a time that is not what is tried here.
const AT_A_TIME: usize = 12;
/// Far more than any run needs.
const ROUNDS: usize = 60;
const MINUTE: i64 = 60 * 1000;

fn units() -> usize {
    let asked = std::env::var(ASK).ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(UNITS)
}

/// What becomes of an order that waits for its payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// Its shopper leaves.
    Expires,
    /// It is paid with a card that has bought as much as one customer gets.
    IsDeclined,
    IsCancelled,
}

impl Course {
    const fn of(n: usize) -> Self {
        match n % 5 {
            0 | 1 => Self::Expires,
            2 | 3 => Self::IsDeclined,
            _ => Self::IsCancelled,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_that_come_back_in_a_storm_go_to_those_who_wait_while_nodes_die() {
    let _turn = alone().await;
    let mut chance = Chance::new();
    let units = units();
    let let_pass = units / LETS_PASS;
    let provider = Arc::new(stage::provider(&chance).await);
    let mut shop = open(&provider).await;
    let nodes = shop.addresses();
    let count = i64::try_from(units).expect("there are not that many");
    // One is kept by who bought it.
    let goods = Goods::new("Storm Lamp", PRICE, count + 1);
    let lamp = shop.stock_one(goods).await;
    let buyers = with_carts(&shop, &mut chance, &lamp, "buyer", units + 1).await;
    let late = with_carts(&shop, &mut chance, &lamp, "late", watch::LATE).await;
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let drop = plan(&shop, &desk, &lamp, count + 1).await;

    let mut held = hold_all(&nodes, buyers).await;
    assert_eq!(remaining(&shop, &drop.id).await, 0);
    let keeper = held.pop().expect("there are orders");
    let visit = provider.pay(&keeper.page, cards::APPROVES).await;
    assert!(matches!(visit, Visit::Back(_)), "{visit:?}");
    until("the first order is paid", PATIENCE, async || {
        with_status(&shop, "paid").await == 1
    })
    .await;
    let waiting = units + let_pass + BEHIND;
    let list = List::of(&shop, &mut chance, &lamp, waiting).await;
    let watch = Watch::begin(&shop, &mut chance, &lamp, late);

    // The storm.
    let unhappy = declined_and_cancelled(&held, &desk, &nodes, &provider, &mut chance);
    until("cards are declined", PATIENCE, async || {
        cancelled_for(&shop, "card_limit").await >= count / 10
    })
    .await;
    let before = with_status(&shop, "cancelled").await;
    let expiring = tokio::spawn(expire(shop.db.clone(), provider.clone()));
    sleep(chance.millis(0..100)).await;
    shop.nodes[1].kill();
    sleep(chance.millis(200..900)).await;
    shop.nodes[1].start_again().await;
    unhappy.join_all().await;
    provider.quiet().await;
    expiring.await.expect("all holds end");

    println!(
        "seed {}: {before} of {units} units had come back before holds expired and a node was killed; {} orders \
         expired, {} were declined, {} cancelled",
        chance.seed,
        cancelled_for(&shop, "payment_expired").await,
        cancelled_for(&shop, "card_limit").await,
        cancelled_for(&shop, "cancelled_by_staff").await,
    );
    assert_eq!(with_status(&shop, "cancelled").await, count);
    let left = (0..units).filter(|n| Course::of(*n) == Course::Expires);
    let left = i64::try_from(left.count()).expect("they are few");
    let expired = cancelled_for(&shop, "payment_expired").await;
    assert!(expired >= left, "{expired} of {left} that were left");
    assert_eq!(in_state(&shop.db, "offered").await, list.places(0..units));
    assert_eq!(offered(&shop).await, (0, count), "and none is for sale");
    let moved = "SELECT CAST(SUM(delta) AS BIGINT) AS n FROM stock_entries WHERE reason = 'offer'";
    assert_eq!(shop.number(moved).await, -count);
    assert_eq!(offers(&shop).await, count, "an e-mail for each");

    // They buy by their links, and some let theirs pass.
    let lets_pass = |place: &usize| place % LETS_PASS == LETS_PASS - 1;
    let places: Vec<usize> = (0..units).filter(|place| !lets_pass(place)).collect();
    let mut bought = list.buy(&shop, &mut chance, &places).await;
    let now = shop.time().await;
    shop.execute(&format!(
        "UPDATE waits SET offered_until = {now} WHERE state = 'offered'"
    ))
    .await;
    // A node that starts sees to what is over.
    shop.nodes[2].kill();
    shop.nodes[2].start_again().await;
    let lapsed = i64::try_from(let_pass).expect("they are few");
    until("offers are passed on", PATIENCE, async || {
        let lapsed_now = "SELECT COUNT(*) AS n FROM waits WHERE state = 'lapsed'";
        shop.number(lapsed_now).await == lapsed && offered(&shop).await == (0, lapsed)
    })
    .await;
    let next = units..units + let_pass;
    assert_eq!(
        in_state(&shop.db, "offered").await,
        list.places(next.clone())
    );
    let next: Vec<usize> = next.collect();
    bought.extend(list.buy(&shop, &mut chance, &next).await);

    let seen = watch.end().await;
    println!("seed {}: {seen:?}", chance.seed);
    assert_eq!((seen.for_sale, seen.bought), (0, 0), "{seen:?}");
    assert!(seen.looks > 20 && seen.refused > 10, "{seen:?}");
    everything_went_to_the_list(&shop, &list, &bought, units, let_pass).await;
    let sums = provider.sums();
    let taken: BTreeMap<_, _> = sums.iter().filter(|(_, sum)| **sum != (0, 0, 0)).collect();
    assert_eq!(taken, BTreeMap::from([(&keeper.id, &(PRICE, 0, 0))]));
    let mut shoppers: Vec<Shopper> = bought.into_iter().map(|one| one.shopper).collect();
    shoppers.push(keeper.shopper);
    shop.assert_books_agree(&shoppers).await;
}

async fn everything_went_to_the_list(
    shop: &Cluster,
    list: &List,
    bought: &[Bought],
    units: usize,
    let_pass: usize,
) {
    assert_eq!(bought.len(), units);
    for one in bought {
        // Its order is placed, and the link has done what it could.
        let gone = [StatusCode::CONFLICT, StatusCode::NOT_FOUND];
        let is_gone = one.again.iter().all(|answer| gone.contains(answer));
        assert!(
            is_gone && one.again.len() > 1,
            "{}: {:?}",
            one.email,
            one.again
        );
    }
    let behind = units + let_pass..units + let_pass + BEHIND;
    assert_eq!(in_state(&shop.db, "waiting").await, list.places(behind));
    let units = i64::try_from(units).expect("there are not that many");
    let ordered = "SELECT COUNT(DISTINCT w.order_id) AS n FROM waits w JOIN orders o ON o.id = w.order_id \
         WHERE w.state = 'ordered' AND o.mailbox = w.mailbox AND o.status <> 'cancelled'";
    assert_eq!(shop.number(ordered).await, units, "an order for each link");
    let standing = "SELECT COUNT(*) AS n FROM orders WHERE status <> 'cancelled'";
    assert_eq!(shop.number(standing).await, units + 1);
    assert_eq!(offered(shop).await, (0, 0));
    let offered = i64::try_from(let_pass).expect("they are few") + units;
    assert_eq!(offers(shop).await, offered, "nobody was offered two");
}

/// Those whose cards are declined, and those whom the staff cancels, each at some moment.
fn declined_and_cancelled(
    held: &[Held],
    desk: &Desk,
    nodes: &[String],
    provider: &Arc<Provider>,
    chance: &mut Chance,
) -> JoinSet<()> {
    let mut unhappy = JoinSet::new();
    for (n, one) in held.iter().enumerate() {
        let after = chance.millis(0..1_500);
        match Course::of(n) {
            Course::Expires => {}
            Course::IsDeclined => {
                let (provider, page) = (provider.clone(), one.page.clone());
                unhappy.spawn(async move {
                    sleep(after).await;
                    let visit = provider.pay(&page, cards::APPROVES).await;
                    // Its time may be over before.
                    let is_done = matches!(visit, Visit::Back(_) | Visit::Ended);
                    assert!(is_done, "{visit:?}");
                });
            }
            Course::IsCancelled => {
                let (desk, id) = (desk.clone(), one.id.clone());
                let nodes: Vec<String> = nodes.iter().cycle().skip(n).take(30).cloned().collect();
                unhappy.spawn(async move {
                    sleep(after).await;
                    for node in &nodes {
                        let fields = [("id", id.as_str())];
                        let answer = desk.send(node, "/api/admin/orders/cancel", &fields).await;
                        match answer {
                            Some((StatusCode::OK | StatusCode::CONFLICT, _)) => return,
                            // The node is dead, or busy.
                            Some(_) | None => sleep(Duration::from_millis(300)).await,
                        }
                    }
                    panic!("no node cancels an order");
                });
            }
        }
    }
    unhappy
}

/// Holds expire, for a node whose clock is past them, until nothing is left to be paid.
async fn expire(db: Store, provider: Arc<Provider>) {
    let Ahead { node, clock, .. } = &ahead(&db, &provider);
    let mut rounds = 0;
    while list::number(&db, UNSETTLED).await > 0 {
        assert!(rounds < ROUNDS, "it does not come to an end");
        rounds += 1;
        node.checkout.settle_overdue().await.expect("holds expire");
        clock.advance(2 * MINUTE);
        sleep(Duration::from_millis(100)).await;
    }
}

async fn with_status(shop: &Cluster, status: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM orders WHERE status = '{status}'");
    shop.number(&sql).await
}

async fn cancelled_for(shop: &Cluster, reason: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM orders WHERE cancel_reason = '{reason}'");
    shop.number(&sql).await
}

/// Units that are for sale, and those that are kept.
async fn offered(shop: &Cluster) -> (i64, i64) {
    let of = async |column: &str| {
        let sql = format!("SELECT {column} AS n FROM drop_lines");
        shop.number(&sql).await
    };
    (of("remaining").await, of("offered").await)
}

async fn offers(shop: &Cluster) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM mails WHERE kind = 'unit_offered'";
    shop.number(sql).await
}
