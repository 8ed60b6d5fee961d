use super::*;

fn form(pairs: &[(&str, &str)]) -> Values {
    pairs
        .iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect()
}

#[test]
fn combinations_are_added_to_what_is_there() {
    let state = rework(form(&[
        ("do", "combine"),
        ("id", "x"),
        ("title", "Shirt"),
        ("option1_name", "Size"),
        ("option1_values", "S, M, , M"),
        ("option2_name", "Colour"),
        ("option2_values", "Red,Blue"),
        ("variants[0][id]", "v1"),
        ("variants[0][option1]", "S"),
        ("variants[0][option2]", "Blue"),
        ("variants[0][price]", "12.50"),
        ("variants[1][price]", ""),
    ]));
    assert_eq!((state.action.as_str(), state.error), (UPDATE, None));
    let cell = |at: usize, field: &str| {
        value(&state.values, &format!("variants[{at}][{field}]")).to_owned()
    };
    let rows: Vec<_> = (0..5)
        .map(|at| [cell(at, "option1"), cell(at, "option2"), cell(at, "price")].join(" "))
        .collect();
    assert_eq!(
        rows,
        [
            "S Blue 12.50",
            "S Red 12.50",
            "M Red 12.50",
            "M Blue 12.50",
            "  "
        ]
    );
    assert_eq!(value(&state.values, "title"), "Shirt");
}

#[test]
fn as_many_variants_are_made_as_there_may_be() {
    let many: Vec<String> = (0..64).map(|n| n.to_string()).collect();
    let (many, some) = (many.join(","), many[..32].join(","));
    let state = rework(form(&[
        ("do", "combine"),
        ("option1_name", "A"),
        ("option1_values", &many),
        ("option2_name", "B"),
        ("option2_values", &some),
        ("variants[0][price]", "5"),
    ]));
    assert_eq!(state.error, None);
    let last = format!("variants[{}][option2]", MAX_VARIANTS - 1);
    assert_eq!(value(&state.values, &last), "31");
}

#[test]
fn the_only_row_without_values_becomes_the_first_combination() {
    let state = rework(form(&[
        ("do", "combine"),
        ("option1_name", "Size"),
        ("option1_values", "S,M"),
        ("variants[0][id]", "v1"),
        ("variants[0][price]", "5"),
    ]));
    assert_eq!(state.action, CREATE);
    assert_eq!(value(&state.values, "variants[0][option1]"), "S");
    assert_eq!(value(&state.values, "variants[0][id]"), "v1");
    assert_eq!(value(&state.values, "variants[1][option1]"), "M");
}

#[test]
fn what_cannot_be_combined_is_said_of_its_field() {
    let fields = |pairs: &[(&str, &str)]| {
        let mut pairs = form(pairs);
        pairs.push(("do".to_owned(), "combine".to_owned()));
        let error = rework(pairs).error.unwrap();
        error
            .fields
            .into_iter()
            .map(|f| f.field)
            .collect::<Vec<_>>()
    };
    assert_eq!(fields(&[]), ["option1_name"]);
    assert_eq!(fields(&[("option2_values", "a")]), ["option2_name"]);
    assert_eq!(fields(&[("option1_name", "Size")]), ["option1_values"]);
    let many: Vec<String> = (0..60).map(|n| n.to_string()).collect();
    let many = many.join(",");
    assert_eq!(
        fields(&[
            ("option1_name", "A"),
            ("option1_values", &many),
            ("option2_name", "B"),
            ("option2_values", &many),
        ]),
        ["option1_values"]
    );
}

#[test]
fn pictures_are_moved_by_a_button() {
    let pictures = |wanted: &str| {
        let state = rework(form(&[
            ("do", wanted),
            ("pictures[0][id]", "a"),
            ("pictures[0][position]", "1"),
            ("pictures[1][id]", "b"),
            ("pictures[1][position]", "2"),
            ("pictures[2][id]", "c"),
            ("pictures[2][position]", "3"),
        ]));
        let order = picture_order(&state.values);
        order.into_iter().map(|(id, _)| id).collect::<String>()
    };
    assert_eq!(pictures("up:b"), "bac");
    assert_eq!(pictures("down:b"), "acb");
    assert_eq!(pictures("up:a"), "abc");
    assert_eq!(pictures("down:c"), "abc");
    assert_eq!(pictures("down:unknown"), "abc");
}
