//! Lists: filters and counts.

mod order;

use app::catalog::{query::ListQuery, types::Facet};
use server::catalog::write::{CatalogWrite, StockReason};

use crate::support::{Goods, TestShop, on_both_databases};

on_both_databases!(
    each_filter_narrows_the_list,
    filters_hold_together,
    options_must_be_had_by_one_and_the_same_variant,
    counts_say_what_each_choice_would_give,
    choices_follow_options_and_variants,
    a_count_is_what_the_choice_gives,
    a_chosen_value_is_counted_however_many_there_are,
    one_and_the_same_variant_fits_price_options_and_stock,
    a_card_counts_what_there_is_to_choose,
    unknown_values_find_nothing_or_everything_but_never_fail,
);

/// A query as it would be in an address.
pub fn query(pairs: &[(&str, &str)]) -> ListQuery {
    ListQuery::parse(pairs.iter().copied(), "EUR")
}

pub async fn titles(shop: &TestShop, pairs: &[(&str, &str)]) -> Vec<String> {
    let list = shop.shop().catalog.list(&query(pairs)).await.unwrap();
    assert_eq!(list.products.len() as i64, list.total.min(24), "{pairs:?}");
    list.products
        .iter()
        .map(|card| card.title.clone())
        .collect()
}

fn counts(facets: &[Facet]) -> Vec<(&str, i64)> {
    facets
        .iter()
        .map(|facet| (facet.value.as_str(), facet.count))
        .collect()
}

async fn shelf(shop: &TestShop) {
    shop.stock_all(vec![
        Goods::named("Anorak")
            .category("Clothing")
            .tags(&["gift", "rain"])
            .options(
                ["Size", "Colour"],
                &[(["M", "Navy"], 9900, 5), (["L", "Red"], 11900, 0)],
            ),
        Goods::named("Boots")
            .category("Clothing")
            .tags(&["rain"])
            .options(["Size"], &[(["42"], 14900, 3), (["43"], 14900, 0)]),
        Goods::named("Cap")
            .category("Clothing")
            .price(1900)
            .units(0)
            .tags(&["gift"]),
        Goods::named("Drum")
            .category("Music")
            .price(8900)
            .tags(&["gift"]),
        Goods::named("Echo")
            .category("Music")
            .price(100)
            .inactive()
            .tags(&["gift"]),
    ])
    .await;
}

async fn each_filter_narrows_the_list(shop: TestShop) {
    shelf(&shop).await;
    for (pairs, found) in [
        (&[][..], &["Anorak", "Boots", "Cap", "Drum"][..]),
        (&[("category", "music")], &["Drum"]),
        (&[("tag", "gift")], &["Anorak", "Cap", "Drum"]),
        (&[("tag", "gift"), ("tag", "rain")], &["Anorak"]),
        (&[("min", "100")], &["Anorak", "Boots"]),
        (&[("max", "89")], &["Cap", "Drum"]),
        (&[("min", "19"), ("max", "19")], &["Cap"]),
        (&[("in_stock", "1")], &["Anorak", "Boots", "Drum"]),
        (&[("opt.size", "M")], &["Anorak"]),
        (
            &[("opt.size", "M"), ("opt.size", "43")],
            &["Anorak", "Boots"],
        ),
        (&[("opt.colour", "Red")], &["Anorak"]),
    ] {
        let pairs = [pairs, &[("sort", "name")]].concat();
        assert_eq!(titles(&shop, &pairs).await, found, "{pairs:?}");
    }
}

async fn filters_hold_together(shop: TestShop) {
    shelf(&shop).await;
    let all = [
        ("q", "anorak"),
        ("category", "clothing"),
        ("tag", "rain"),
        ("min", "50"),
        ("max", "150"),
        ("in_stock", "1"),
        ("opt.size", "M"),
        ("opt.colour", "Navy"),
    ];
    assert_eq!(titles(&shop, &all).await, ["Anorak"]);
    for (at, other) in [
        (1, ("category", "music")),
        (2, ("tag", "none")),
        (6, ("opt.size", "L")),
    ] {
        let mut pairs = all;
        pairs[at] = other;
        assert_eq!(titles(&shop, &pairs).await, [""; 0], "{other:?}");
    }
}

async fn options_must_be_had_by_one_and_the_same_variant(shop: TestShop) {
    shelf(&shop).await;
    let together = [("opt.size", "M"), ("opt.colour", "Red")];
    assert_eq!(titles(&shop, &together).await, [""; 0]);
    let sold_out = [("opt.size", "L"), ("opt.colour", "Red")];
    assert_eq!(titles(&shop, &sold_out).await, ["Anorak"]);
    let in_stock = [("opt.size", "L"), ("in_stock", "1")];
    assert_eq!(
        titles(&shop, &in_stock).await,
        [""; 0],
        "the L is sold out, only the M is not"
    );
}

async fn counts_say_what_each_choice_would_give(shop: TestShop) {
    shelf(&shop).await;
    let list = shop.shop().catalog.list(&query(&[])).await.unwrap();
    let facets = &list.facets;
    let mut categories = counts(&facets.categories);
    categories.sort_unstable();
    assert_eq!(categories, [("clothing", 3), ("music", 1)]);
    assert_eq!(counts(&facets.tags), [("gift", 3), ("rain", 2)]);
    assert_eq!(
        (facets.price_min_minor, facets.price_max_minor),
        (1900, 14900)
    );
    let options: Vec<_> = facets
        .options
        .iter()
        .map(|option| {
            (
                option.name.as_str(),
                option.label.as_str(),
                counts(&option.values),
            )
        })
        .collect();
    assert_eq!(
        options,
        [
            ("colour", "Colour", vec![("Navy", 1), ("Red", 1)]),
            (
                "size",
                "Size",
                vec![("M", 1), ("L", 1), ("42", 1), ("43", 1)]
            ),
        ]
    );

    // A group's own choice does not count against the group's others.
    let chosen = query(&[("category", "clothing"), ("opt.size", "M")]);
    let list = shop.shop().catalog.list(&chosen).await.unwrap();
    assert_eq!(list.total, 1);
    let size = list
        .facets
        .options
        .iter()
        .find(|o| o.name == "size")
        .unwrap();
    assert_eq!(
        counts(&size.values),
        [("M", 1), ("L", 1), ("42", 1), ("43", 1)]
    );
    let dear = query(&[("min", "140")]);
    let list = shop.shop().catalog.list(&dear).await.unwrap();
    assert_eq!(
        (list.facets.price_min_minor, list.facets.price_max_minor),
        (1900, 14900)
    );
    assert_eq!(counts(&list.facets.tags), [("rain", 1)]);
    let in_stock = query(&[("in_stock", "1")]);
    let list = shop.shop().catalog.list(&in_stock).await.unwrap();
    let size = list
        .facets
        .options
        .iter()
        .find(|o| o.name == "size")
        .unwrap();
    assert_eq!(
        counts(&size.values),
        [("M", 1), ("42", 1)],
        "what is sold out counts nowhere"
    );
}

async fn a_count_is_what_the_choice_gives(shop: TestShop) {
    shelf(&shop).await;
    shop.stock_all(vec![
        Goods::named("Fleece").options(
            ["Size", "Colour"],
            &[(["S", "Red"], 2000, 3), (["M", "Blue"], 9000, 3)],
        ),
        Goods::named("Gilet").options(
            ["Size", "Colour"],
            &[
                (["M", "Red"], 2000, 0),
                (["M", "Navy"], 9000, 3),
                (["S", "Navy"], 3000, 0),
            ],
        ),
    ])
    .await;
    let bases: [&[(&str, &str)]; 8] = [
        &[],
        &[("in_stock", "1")],
        &[("opt.size", "M")],
        &[("opt.size", "M"), ("opt.size", "S")],
        &[("opt.size", "M"), ("in_stock", "1")],
        &[("opt.colour", "Red"), ("opt.size", "S"), ("in_stock", "1")],
        &[("opt.colour", "Navy"), ("max", "50")],
        &[("min", "25"), ("max", "95"), ("in_stock", "1")],
    ];
    for base in bases {
        let list = shop.shop().catalog.list(&query(base)).await.unwrap();
        for option in &list.facets.options {
            let name = format!("opt.{}", option.name);
            for value in &option.values {
                // A value stands for itself, not for what else of its option is chosen.
                let mut pairs: Vec<_> = base.iter().copied().filter(|(n, _)| *n != name).collect();
                pairs.push((&name, &value.value));
                let found = titles(&shop, &pairs).await;
                assert_eq!(found.len() as i64, value.count, "{base:?} {pairs:?}");
            }
        }
    }
}

async fn a_chosen_value_is_counted_however_many_there_are(shop: TestShop) {
    let names: Vec<String> = (0..36).map(|n| format!("V{n:02}")).collect();
    let variants: Vec<_> = names.iter().map(|name| ([name.as_str()], 100, 1)).collect();
    shop.stock(Goods::named("Wire").options(["Gauge"], &variants))
        .await;
    let chosen = query(&[("opt.gauge", "V35")]);
    let list = shop.shop().catalog.list(&chosen).await.unwrap();
    let values = counts(&list.facets.options[0].values);
    assert_eq!(values.len(), 31, "thirty and the chosen one");
    assert_eq!(values.last(), Some(&("V35", 1)));
}

async fn one_and_the_same_variant_fits_price_options_and_stock(shop: TestShop) {
    let goods = Goods::named("Hood").options(
        ["Size"],
        &[(["S"], 2000, 5), (["M"], 5000, 0), (["L"], 9000, 5)],
    );
    shop.stock(goods).await;
    for (pairs, found) in [
        (&[("opt.size", "L"), ("max", "50")][..], 0),
        (&[("opt.size", "L"), ("max", "90")], 1),
        (&[("min", "60"), ("max", "80")], 0),
        (&[("min", "40"), ("max", "60")], 1),
        (&[("min", "40"), ("max", "60"), ("in_stock", "1")], 0),
        (&[("min", "60"), ("in_stock", "1")], 1),
    ] {
        assert_eq!(titles(&shop, pairs).await.len(), found, "{pairs:?}");
    }
}

async fn choices_follow_options_and_variants(shop: TestShop) {
    let goods = Goods::named("Rope").options(
        ["Length", "Colour"],
        &[(["10 m", "Red"], 900, 1), (["20 m", "Red"], 1900, 1)],
    );
    let rope = shop.stock(goods).await;
    let choices = async || {
        let list = shop.shop().catalog.list(&query(&[])).await.unwrap();
        let options = list.facets.options.iter();
        options
            .flat_map(|option| {
                let values = option.values.iter();
                values.map(|value| format!("{} {} {}", option.label, value.value, value.count))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        choices().await,
        ["Colour Red 1", "Length 10 m 1", "Length 20 m 1"]
    );

    shop.rewrite(&rope, |draft| {
        draft.options = vec!["Reach".into()];
        draft.variants.remove(0);
        draft.variants[0].options = ["20 m".into(), String::new(), String::new()];
    })
    .await;
    assert_eq!(choices().await, ["Reach 20 m 1"]);
    assert_eq!(titles(&shop, &[("opt.reach", "20 m")]).await, ["Rope"]);
    assert_eq!(titles(&shop, &[("opt.reach", "10 m")]).await, [""; 0]);

    let mut write = CatalogWrite::begin(shop.db(), shop.now(), "test", StockReason::Adjustment)
        .await
        .unwrap();
    let stored = write.stored(&rope.id).await.unwrap().unwrap();
    write.delete(&stored).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(choices().await, [""; 0]);
    let left = "SELECT COUNT(*) AS n FROM product_choices";
    assert_eq!(shop.number(left).await, 0);
}

async fn a_card_counts_what_there_is_to_choose(shop: TestShop) {
    shop.stock_all(vec![
        Goods::named("Anorak").options(
            ["Size", "Colour"],
            &[
                (["M", "Navy"], 9900, 5),
                (["L", "Navy"], 9900, 5),
                (["L", "Red"], 9900, 0),
            ],
        ),
        Goods::named("Boots").options(["Size"], &[(["42"], 14900, 3)]),
        Goods::named("Cap").price(1900),
    ])
    .await;
    let by_name = query(&[("sort", "name")]);
    let list = shop.shop().catalog.list(&by_name).await.unwrap();
    let counted: Vec<_> = list
        .products
        .iter()
        .map(|card| (card.title.as_str(), card.options, card.colours.len()))
        .collect();
    assert_eq!(counted, [("Anorak", 2, 2), ("Boots", 1, 0), ("Cap", 0, 0)]);
}

async fn unknown_values_find_nothing_or_everything_but_never_fail(shop: TestShop) {
    shelf(&shop).await;
    for (name, value, found) in [
        ("category", "nothing", 4),
        ("tag", "nothing", 0),
        ("tag", "' OR 1=1 --", 0),
        ("opt.size", "XXXXL", 0),
        ("opt.taste", "sweet", 4),
        ("opt.'; DROP TABLE products; --", "x", 4),
        ("sort", "sideways", 4),
        ("min", "999999999999", 0),
        ("max", "0", 0),
    ] {
        let list = shop
            .shop()
            .catalog
            .list(&query(&[(name, value)]))
            .await
            .unwrap();
        assert_eq!(list.total, found, "{name}={value}");
    }
}
