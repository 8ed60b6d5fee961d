use super::*;

fn parse(pairs: &[(&str, &str)]) -> ListQuery {
    ListQuery::parse(pairs.iter().copied(), "EUR")
}

#[test]
fn the_normal_form_reads_back_as_itself() {
    let query = parse(&[
        ("page", "3"),
        ("opt.Size", "M"),
        ("opt.size", "L"),
        ("q", "  rain   jacket "),
        ("tag", "Travel"),
        ("max", "99.50"),
        ("min", "10"),
        ("sort", "price-up"),
        ("in_stock", "on"),
        ("utm_source", "mail"),
    ]);
    let pairs = query.pairs("EUR");
    let again = ListQuery::parse(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())), "EUR");
    assert_eq!(again, query);
    assert_eq!(
        query.href("EUR"),
        "/products?q=rain+jacket&tag=travel&min=10&max=100&in_stock=1\
         &opt.size=L&opt.size=M&sort=price-up&page=3"
    );
}

#[test]
fn the_own_order_of_a_list_is_in_no_address() {
    for word in ["featured", "relevance", "sideways"] {
        for q in ["", "tea"] {
            let query = parse(&[("q", q), ("sort", word)]);
            assert_eq!(query.sort, Sort::Featured, "{word}");
            assert!(!query.href("EUR").contains("sort"), "{word}");
        }
    }
    assert_eq!(
        parse(&[("sort", "newest")]).href("EUR"),
        "/products?sort=newest"
    );
}

#[test]
fn unknown_and_senseless_values_are_ignored() {
    let query = parse(&[
        ("sort", "sideways"),
        ("page", "-4"),
        ("min", "cheap"),
        ("q", "\u{0}\n"),
        ("opt.", "x"),
        ("in_stock", "perhaps"),
    ]);
    assert_eq!(
        query,
        ListQuery {
            page: 1,
            ..ListQuery::default()
        }
    );
    assert_eq!(query.href("EUR"), "/products");
}

#[test]
fn what_could_mean_two_amounts_is_told_and_filters_nothing() {
    let given = [("min", "1.000"), ("in_stock", "1"), ("max", " 20,00 ")];
    let (query, unread) = ListQuery::read(given, "EUR");
    assert_eq!(
        (query.price_min_minor, query.price_max_minor),
        (None, Some(2000))
    );
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].field, unread[0].text.as_str()), ("min", "1.000"));
    assert_eq!(
        unread[0].words,
        "1.000 could mean 1.00 or 1,000.00. Write 1000 or 1.00."
    );
    let (_, unread) = ListQuery::read([("min", "cheap"), ("min", "5")], "EUR");
    assert!(unread.is_empty(), "the later value counts");
}

#[test]
fn an_address_in_its_normal_form_stays_as_it_is() {
    let given = [
        ("max", "1,500"),
        ("min", "cheap"),
        ("q", "tea"),
        ("tag", "new"),
    ];
    for currency in ["EUR", "JPY", "KWD"] {
        let once = normal(given, currency);
        let again = once.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        assert_eq!(normal(again, currency), once, "{currency}");
        let typed = [("min", "cheap"), ("max", "1,500")];
        let typed = typed.map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(once[2..], typed, "{currency}");
    }
    for minor in [0, 1, 99, 1000, 1500, 34_000, 1_000_000, 1_200_000] {
        for currency in ["EUR", "JPY", "KWD", "CLF"] {
            let query = ListQuery {
                price_min_minor: Some(minor),
                page: 1,
                ..ListQuery::default()
            };
            let pairs = query.pairs(currency);
            let pairs = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str()));
            assert_eq!(ListQuery::read(pairs, currency), (query, vec![]));
        }
    }
}

fn normal<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    currency: &str,
) -> Vec<(String, String)> {
    let (query, unread) = ListQuery::read(pairs, currency);
    normal_pairs(&query, &unread, currency)
}

#[test]
fn a_reversed_price_range_is_turned_round() {
    let query = parse(&[("min", "50"), ("max", "10")]);
    assert_eq!(
        (query.price_min_minor, query.price_max_minor),
        (Some(1000), Some(5000))
    );
}

#[test]
fn prices_are_rounded_outwards_to_two_digits() {
    for (typed, rounded) in [
        (("7.37", "7.37"), (730, 740)),
        (("10", "250"), (1000, 25_000)),
        (("12.34", "249.99"), (1200, 25_000)),
        (("0", "0.07"), (0, 7)),
        (("99.51", "99.95"), (9900, 10_000)),
    ] {
        let query = parse(&[("min", typed.0), ("max", typed.1)]);
        let found = (query.price_min_minor, query.price_max_minor);
        assert_eq!(found, (Some(rounded.0), Some(rounded.1)), "{typed:?}");
    }
}

#[test]
fn a_category_without_search_has_its_own_address() {
    let query = parse(&[("category", "bags"), ("in_stock", "1")]);
    assert_eq!(query.href("EUR"), "/categories/bags?in_stock=1");
    let query = parse(&[("category", "緑茶")]);
    assert_eq!(query.href("EUR"), "/categories/%E7%B7%91%E8%8C%B6");
}

#[test]
fn an_address_is_written_as_browsers_write_forms() {
    let pairs = [("q", "a*b-c_d.e ~f"), ("opt.größe", "50% & mehr+")];
    let pairs = pairs.map(|(n, v)| (n.to_owned(), v.to_owned()));
    assert_eq!(
        encode(&pairs),
        "q=a*b-c_d.e+%7Ef&opt.gr%C3%B6%C3%9Fe=50%25+%26+mehr%2B"
    );
    assert_eq!(encode(&[]), "");
}

#[test]
fn the_number_of_filters_is_bounded() {
    let many: Vec<_> = (0..500)
        .map(|i| (format!("opt.o{i}"), i.to_string()))
        .collect();
    let query = ListQuery::parse(many.iter().map(|(n, v)| (n.as_str(), v.as_str())), "EUR");
    assert_eq!(query.options.len(), MAX_OPTIONS);
}
