use super::*;

#[test]
fn few_are_as_few_as_the_owner_says_and_never_more_than_four() {
    use Availability::*;
    for (low_stock, words) in [
        (0, [SoldOut, InStock, InStock, InStock, InStock]),
        (2, [SoldOut, FewLeft, InStock, InStock, InStock]),
        (4, [SoldOut, FewLeft, FewLeft, FewLeft, InStock]),
        (5, [SoldOut, FewLeft, FewLeft, FewLeft, InStock]),
        (300, [SoldOut, FewLeft, FewLeft, FewLeft, InStock]),
    ] {
        let read = [0, 1, 3, 4, 5].map(|stock| Availability::of(stock, low_stock));
        assert_eq!(read, words, "{low_stock}");
    }
    assert_eq!(Availability::of(-2, 5), SoldOut);
}

#[test]
fn what_is_sold_before_it_is_there_is_not_in_stock() {
    use Availability::*;
    for (on_shelf, ahead, word) in [
        (5, 0, InStock),
        (2, 0, FewLeft),
        (2, 10, InStock),
        (0, 10, BackOrder),
        (-9, 10, BackOrder),
        (-10, 10, SoldOut),
        (0, 0, SoldOut),
    ] {
        let available = on_shelf + ahead;
        let units = Units {
            available,
            on_shelf,
        };
        assert_eq!(units.availability(4), word, "{units:?}");
    }
}
