//! What there is to choose of a product, for its picker.

use app::{
    catalog::{
        colours::{is_colour, swatch},
        stock::StockWords,
        text::Text,
        types::{Availability, Product, ProductOption, Variant},
    },
    drops,
    locale::{href, locale},
    shop::ShopSettings,
    slot::Supply,
    ui::{date::Zone, form::Form, quantity::StepperWords},
};

use crate::catalog::pages::{
    choice::{ChoiceWords, PickerOption, PickerVariant},
    picker::{Picker, PickerWords},
};

/// Before it is sold, nothing of it is sold out.
pub(super) fn supply(product: &Product) -> Supply {
    let out = product
        .variants
        .iter()
        .filter(|variant| variant.availability == Availability::SoldOut)
        .count();
    match out {
        0 => Supply::ToBeHad,
        _ if product.sold_from().is_some() => Supply::ToBeHad,
        all if all == product.variants.len() => Supply::SoldOut,
        _ => Supply::Partly,
    }
}

/// What the picker shows first: what was chosen in a refused form, else what the address asks for.
pub(super) fn picker(
    product: &Product,
    asked: Option<&str>,
    form: &Form,
    settings: &ShopSettings,
) -> Picker {
    let text = Text::from(locale());
    let chosen = form
        .was_refused()
        .then(|| {
            product
                .variants
                .iter()
                .position(|variant| was_chosen(variant, form))
        })
        .flatten();
    let shown = product.shown_variant(asked);
    let first = product
        .variants
        .iter()
        .position(|v| shown.is_some_and(|shown| shown.id == v.id));
    Picker {
        product_id: product.id.clone(),
        options: product
            .options
            .iter()
            .map(|option| PickerOption {
                name: option.label().to_owned(),
                labels: match option.value_labels.is_empty() {
                    true => Vec::new(),
                    false => {
                        let labels = option.values.iter().map(|value| option.label_of(value));
                        labels.map(str::to_owned).collect()
                    }
                },
                swatches: swatches(option),
                values: option.values.clone(),
            })
            .collect(),
        variants: product
            .variants
            .iter()
            .map(|v| picker_variant(product, v))
            .collect(),
        shown: chosen.or(first).unwrap_or_default(),
        quantity: form.value("quantity", "1"),
        terms: match settings.includes_tax() {
            true => text.tax_and_shipping().to_owned(),
            false => text.shipping_only().to_owned(),
        },
        refusal: form.refusal().map(|error| error.message),
        words: picker_words(product),
    }
}

/// Of an option whose values are colours, unless the shop knows none of them.
fn swatches(option: &ProductOption) -> Vec<String> {
    let values: &[String] = match is_colour(&option.name) {
        true => option.values.as_slice(),
        false => &[],
    };
    let known: Vec<_> = values.iter().map(|value| swatch(value)).collect();
    match known.iter().any(Option::is_some) {
        true => known.into_iter().map(Option::unwrap_or_default).collect(),
        false => Vec::new(),
    }
}

fn picker_words(product: &Product) -> PickerWords {
    let text = Text::from(locale());
    let mut stock = StockWords::here();
    if let Some(at) = product.sold_from() {
        stock.sold_out = on_sale_from(at);
    }
    PickerWords {
        choice: ChoiceWords {
            stock,
            missing: text.not_in_this_combination().to_owned(),
            sold_out: text.option_sold_out().to_owned(),
        },
        stepper: StepperWords {
            quantity: text.quantity().to_owned(),
            fewer: text.one_fewer().to_owned(),
            more: text.one_more().to_owned(),
        },
        add: text.add_to_cart().to_owned(),
        now: text.price_now().to_owned(),
        was: text.price_was().to_owned(),
        saved: text.you_save().to_owned(),
        action: href("/api/cart/add"),
        cart: href("/cart"),
    }
}

fn on_sale_from(at: i64) -> String {
    let time = Zone::of_shop().date_and_time(at);
    drops::text::Text::from(locale()).on_sale_from(&time)
}

fn was_chosen(variant: &Variant, form: &Form) -> bool {
    if variant.options.is_empty() {
        return form.value("variant_id", "") == variant.id;
    }
    let names = ["option1", "option2", "option3"];
    variant
        .options
        .iter()
        .zip(names)
        .all(|(value, name)| form.value(name, "") == *value)
}

fn picker_variant(product: &Product, variant: &Variant) -> PickerVariant {
    let money = |minor| locale().money(minor, &product.currency);
    let was = variant
        .compare_at_minor
        .filter(|was| *was > variant.price_minor);
    let slide = variant.picture_src.as_ref().and_then(|src| {
        product
            .pictures
            .iter()
            .position(|picture| picture.src == *src)
    });
    PickerVariant {
        id: variant.id.clone(),
        options: variant.options.clone(),
        price: money(variant.price_minor),
        was: was.map(|was| (money(was), money(was - variant.price_minor))),
        availability: variant.availability,
        slide: slide.map(|at| at + 1),
    }
}
