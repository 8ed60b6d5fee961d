//! Drops that overlap, changed in the middle, and one buyer who comes under many names.

use std::time::{Duration, Instant};

use futures_util::{
    StreamExt,
    future::{join, join_all},
    stream,
};
use tokio::time::sleep;

use crate::{
    alone,
    one_buyer::SPELLINGS,
    rig::{
        Answer, Chance, Cluster, ClusterBuilder, Desk, DropLine, Goods, Outcome, Owner,
        PlannedDrop, Shopper, Stocked, remaining,
    },
    three_nodes,
};

/// How many carts are filled at a time: that is not what is tried here.
const FILLERS: usize = 12;
/// What a drop has of a product of which the shelf had so many.
const SHELF: i64 = 60;
const LAMPS: i64 = 24;
const ROPES: i64 = 16;
/// How long after its start a drop is still waited for.
const PATIENCE: i64 = 60_000;

/// An order that was sent until there was an answer that stays.
struct Ordered {
    shopper: Shopper,
    outcome: Outcome,
    /// When it was sent for the last time.
    began: Instant,
}

/// Orders again and again while what is wanted is not sold yet.
async fn from_the_start(
    shop: &Cluster,
    nodes: &[String],
    mut shopper: Shopper,
    pause: Duration,
    last: &PlannedDrop,
) -> Ordered {
    let early = last.opens_at - shop.time().await - 200;
    sleep(Duration::from_millis(u64::try_from(early).unwrap_or(0)) + pause).await;
    let mut at = usize::try_from(pause.as_millis()).unwrap_or(0) % nodes.len();
    loop {
        let began = Instant::now();
        match shopper.submit(&nodes[at]).await {
            Answer::Final(outcome) => {
                let waits = matches!(outcome.refused_for(), Some("inactive" | "not_yet"));
                if !waits {
                    return Ordered {
                        shopper,
                        outcome,
                        began,
                    };
                }
                at = (at + 1) % nodes.len();
                sleep(Duration::from_millis(150)).await;
            }
            Answer::Again { after, .. } => shopper.pause(after).await,
        }
        let now = shop.time().await;
        assert!(now < last.opens_at + PATIENCE, "it never began");
    }
}

/// Fills a cart of one of each for everybody.
async fn carts(
    shop: &Cluster,
    chance: &mut Chance,
    wishes: &[Vec<&Stocked>],
    says: impl Fn(usize) -> Vec<(&'static str, String)>,
) -> Vec<Shopper> {
    let nodes = shop.addresses();
    let filling: Vec<_> = wishes
        .iter()
        .enumerate()
        .map(|(n, wish)| {
            let mut shopper = Shopper::new(shop.http.clone(), chance.branch());
            shopper.says = says(n);
            let node = nodes[n % nodes.len()].clone();
            async move {
                for product in wish {
                    shopper.add(&node, &product.variant, 1).await;
                }
                shopper
            }
        })
        .collect();
    let shoppers = stream::iter(filling).buffered(FILLERS);
    shoppers.collect().await
}

fn nobody_special(_: usize) -> Vec<(&'static str, String)> {
    Vec::new()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drops_that_overlap_sell_what_was_set_aside_and_at_the_price_of_the_moment() {
    let _turn = alone().await;
    overlap(three_nodes().await).await;
    overlap(Cluster::on_sqlite()).await;
}

async fn overlap(shop: ClusterBuilder) {
    let mut chance = Chance::new();
    let shop = shop.start().await;
    let nodes = shop.addresses();
    let goods = [
        Goods::new("Storm Lamp", 4900, SHELF),
        Goods::new("Rope", 1900, SHELF),
    ];
    let goods = shop.stock(&goods).await;
    let (lamp, rope) = (&goods[0], &goods[1]);
    // All carts are full before there is any drop.
    let wishes: Vec<Vec<&Stocked>> = (0..90)
        .map(|n| match n % 3 {
            0 => vec![lamp],
            1 => vec![rope],
            // In the one order or the other.
            _ if n % 2 == 0 => vec![lamp, rope],
            _ => vec![rope, lamp],
        })
        .collect();
    let shoppers = carts(&shop, &mut chance, &wishes, nobody_special).await;
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let owner = Owner {
        desk: &desk,
        node: &nodes[0],
    };
    let of = |product, price, units| DropLine {
        product,
        price,
        units,
        limit: "",
    };
    let lights = [of(lamp, "", LAMPS)];
    let lights = owner.plan(&shop, "Lights", 6_000, &lights).await;
    let ropes = [of(rope, "", ROPES)];
    let ropes = owner.plan(&shop, "Ropes", 5_500, &ropes).await;
    let last = match lights.opens_at > ropes.opens_at {
        true => &lights,
        false => &ropes,
    };

    let orders: Vec<_> = shoppers
        .into_iter()
        .map(|shopper| {
            let pause = chance.millis(0..1_500);
            from_the_start(&shop, &nodes, shopper, pause, last)
        })
        .collect();
    // In the middle of it the lamp becomes cheaper.
    let edit = async {
        let sold = async || LAMPS - remaining(&shop, &lights.id).await;
        while sold().await < LAMPS / 3 {
            assert!(
                shop.time().await < last.opens_at + PATIENCE,
                "nothing is sold"
            );
            sleep(Duration::from_millis(10)).await;
        }
        owner.line(&lights.id, &of(lamp, "39", LAMPS)).await;
        Instant::now()
    };
    let (orders, acknowledged) = join(join_all(orders), edit).await;

    for Ordered { outcome, began, .. } in &orders {
        let total = outcome.placed().map(|placed| placed.total_minor);
        match outcome.refused_for() {
            None => assert!(
                matches!(total, Some(4900 | 1900 | 6800)),
                "at the price that was seen: {outcome:?}"
            ),
            Some(kind) => assert!(
                ["sold_out", "price_changed"].contains(&kind),
                "{kind}: {outcome:?}"
            ),
        }
        let has_lamp = matches!(total, Some(4900 | 6800));
        assert!(
            !has_lamp || *began < acknowledged,
            "an old price after the new one was acknowledged"
        );
    }
    // Who comes now sees the new price, and gets what is left.
    let left = usize::try_from(remaining(&shop, &lights.id).await).unwrap_or(0);
    let shoppers = carts(&shop, &mut chance, &vec![vec![lamp]; left], nobody_special).await;
    let late = shoppers.into_iter().map(|shopper| {
        assert_eq!(shopper.total_minor, 3900);
        from_the_start(&shop, &nodes, shopper, Duration::ZERO, last)
    });
    let bought = join_all(late).await;
    assert!(bought.iter().all(|one| one.outcome.placed().is_some()));
    let sold = |price: &[i64]| {
        let all = orders.iter().chain(&bought);
        let placed = all.filter_map(|one| one.outcome.placed());
        let of = placed.filter(|placed| price.contains(&placed.total_minor));
        i64::try_from(of.count()).unwrap_or(0)
    };
    println!(
        "seed {}: {} lamps and {} ropes, {} together",
        chance.seed,
        sold(&[4900, 3900]),
        sold(&[1900]),
        sold(&[6800])
    );
    assert_eq!(sold(&[4900, 3900, 6800]), LAMPS, "all lamps");
    assert_eq!(sold(&[1900, 6800]), ROPES, "all ropes");
    for drop in [&lights, &ropes] {
        assert_eq!(remaining(&shop, &drop.id).await, 0);
    }
    assert_eq!(shop.units(&lamp.variant).await, SHELF - LAMPS);
    assert_eq!(shop.units(&rope.variant).await, SHELF - ROPES);
    let shoppers = orders.into_iter().chain(bought).map(|one| one.shopper);
    shop.assert_books_agree(&shoppers.collect::<Vec<_>>()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_buyer_of_a_drop_in_seven_spellings_gets_one_share() {
    let _turn = alone().await;
    const SHARE: usize = 2;
    let mut chance = Chance::new();
    let shop = three_nodes().await.start().await;
    let nodes = shop.addresses();
    let lamp = shop.stock_one(Goods::new("Storm Lamp", 4900, SHELF)).await;
    let wishes = vec![vec![&lamp]; 3 * SPELLINGS.len()];
    let shoppers = carts(&shop, &mut chance, &wishes, |n| {
        let (email, street, city) = SPELLINGS[n % SPELLINGS.len()];
        let said = [("email", email), ("address_line1", street), ("city", city)];
        said.map(|(name, said)| (name, said.to_owned())).to_vec()
    })
    .await;
    let desk = Desk::open(&shop.nodes[0], shop.http.clone()).await;
    let owner = Owner {
        desk: &desk,
        node: &nodes[0],
    };
    let share = SHARE.to_string();
    let line = DropLine {
        product: &lamp,
        price: "",
        units: LAMPS,
        limit: &share,
    };
    let drop = owner.plan(&shop, "Lights", 6_000, &[line]).await;
    let orders: Vec<_> = shoppers
        .into_iter()
        .map(|shopper| {
            let pause = chance.millis(0..400);
            from_the_start(&shop, &nodes, shopper, pause, &drop)
        })
        .collect();
    let orders = join_all(orders).await;
    let refused = |one: &&Ordered| one.outcome.refused_for() == Some("limit_reached");
    let placed = |one: &&Ordered| one.outcome.placed().is_some();
    let counts = (
        orders.iter().filter(placed).count(),
        orders.iter().filter(refused).count(),
    );
    assert_eq!(
        counts,
        (SHARE, orders.len() - SHARE),
        "seed {}",
        chance.seed
    );
    let left = LAMPS - i64::try_from(SHARE).unwrap_or(0);
    assert_eq!(remaining(&shop, &drop.id).await, left);
    let shoppers: Vec<Shopper> = orders.into_iter().map(|one| one.shopper).collect();
    shop.assert_books_agree(&shoppers).await;
}
