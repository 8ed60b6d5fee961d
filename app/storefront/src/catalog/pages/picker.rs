//! Choosing a variant of a product and putting it into the cart.

use app::{
    cart::{
        api::add_to_cart,
        badge::{announce_added, announce_count},
        types::MAX_QUANTITY,
    },
    catalog::{live::watch, stock::status},
    ui::{
        icon::{Icon, icon},
        quantity::{Stepper, StepperWords},
    },
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::{
    choice::{Choice, ChoiceWords, PickerOption, PickerVariant},
    pills::fieldset,
};

/// Id of the form.
pub const BUY_FORM: &str = "buy";

/// What the island is made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Picker {
    pub product_id: String,
    pub options: Vec<PickerOption>,
    pub variants: Vec<PickerVariant>,
    /// Index of the variant shown first.
    pub shown: usize,
    pub quantity: String,
    /// What the price comes with, below it.
    pub terms: String,
    /// Why the form was refused that brought the shopper here.
    pub refusal: Option<String>,
    pub words: PickerWords,
}

/// What the island says, in the language of the page, and where it leads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PickerWords {
    pub choice: ChoiceWords,
    pub stepper: StepperWords,
    pub add: String,
    pub now: String,
    pub was: String,
    pub saved: String,
    /// What the form is posted to.
    pub action: String,
    pub cart: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    None,
    Adding,
    Refused(String),
}

/// `children` are the maker and the title, which are above the price.
#[island]
pub fn AddToCart(picker: Picker, children: Children) -> impl IntoView {
    let Picker {
        product_id,
        options,
        variants,
        shown,
        quantity,
        terms,
        refusal,
        words,
    } = picker;
    let cart = StoredValue::new(words.cart);
    let sold_out = words.choice.stock.sold_out.clone();
    let choice = Choice::new(variants, shown, words.choice);
    let outcome = RwSignal::new(refusal.map_or(Outcome::None, Outcome::Refused));
    let form = NodeRef::<html::Form>::new();
    let field = NodeRef::<html::Input>::new();
    let fieldsets = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| fieldset(choice, at, option))
        .collect_view();
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let (Some(id), Some(field)) = (choice.variant_id(), field.get_untracked()) {
            add(outcome, id, field.value(), cart.get_value());
        }
    };
    // What was chosen before the script ran counts; and only from now on can a choice be judged
    // before it is sent.
    Effect::new(move || {
        if let Some(form) = form.get() {
            choice.take(&chosen_in(&form));
            choice.judge();
            watch(choice.variant_ids(), move |stock| choice.tell(stock));
        }
    });
    view! {
        <header class="product-head">
            {children()}
            {price(choice, words.now, words.was, words.saved)}
            <p class="product-tax">{terms}</p>
        </header>
        <form
            node_ref=form
            id=BUY_FORM
            class="buy"
            action=words.action
            method="post"
            autocomplete="off"
            on:submit=on_submit
        >
            {hidden_id(choice, product_id)}
            {fieldsets}
            {how_many(choice)}
            {buy_row(choice, outcome, field, quantity, words.stepper, [words.add, sold_out])}
            {refused(outcome)}
        </form>
    }
}

/// Without options the variant is known; otherwise the server finds it by the values chosen.
fn hidden_id(choice: Choice, product_id: String) -> impl IntoView {
    match choice.only_variant() {
        Some(id) => view! { <input type="hidden" name="variant_id" value=id/> },
        None => view! { <input type="hidden" name="product_id" value=product_id/> },
    }
}

// What may come and go is in the page all the time, hidden or not: branches of a view cost
// the browser far more code than an attribute.

fn price(choice: Choice, now_word: String, was_word: String, saved_word: String) -> impl IntoView {
    let before = Memo::new(move |_| choice.priced().and_then(|variant| variant.was));
    let class = move || match before.get() {
        Some(_) => "price price-sale product-price",
        None => "price product-price",
    };
    let now = move || choice.priced().map(|variant| variant.price);
    let is_plain = move || before.get().is_none();
    let was = move || before.get().map(|(was, _)| was);
    let saved = move || before.get().map(|(_, saved)| saved);
    view! {
        <p class=class>
            <span class="price-now">
                <span class="visually-hidden" hidden=is_plain>{now_word} " "</span>
                {now}
            </span>
            " "
            <s class="price-was" hidden=is_plain>
                <span class="visually-hidden">{was_word} " "</span>
                {was}
            </s>
            " "
            <span class="badge badge-bad" hidden=is_plain>{saved_word} " " {saved}</span>
        </p>
    }
}

fn how_many(choice: Choice) -> impl IntoView {
    let standing = Memo::new(move |_| choice.standing());
    let words = move || choice.units().unwrap_or_else(|| standing.get().word);
    status(standing, words, String::new())
}

fn buy_row(
    choice: Choice,
    outcome: RwSignal<Outcome>,
    field: NodeRef<html::Input>,
    quantity: String,
    stepper: StepperWords,
    [add, sold_out]: [String; 2],
) -> impl IntoView {
    let is_open = Memo::new(move |_| choice.is_open());
    let class = move || if is_open.get() { "buy-row" } else { "" };
    let button = move || match is_open.get() {
        true => "btn btn-primary btn-large",
        false => "btn btn-primary btn-large btn-block",
    };
    let words = move || match is_open.get() {
        true => add.clone(),
        false => sold_out.clone(),
    };
    let busy = move || (outcome.get() == Outcome::Adding).then_some("true");
    view! {
        <div class=class>
            <div hidden=move || !is_open.get()>
                <Stepper id="quantity" value=quantity max=MAX_QUANTITY words=stepper field/>
            </div>
            <button class=button type="submit" disabled=move || !is_open.get() aria-busy=busy>
                {words}
            </button>
        </div>
    }
}

fn add(outcome: RwSignal<Outcome>, variant_id: String, quantity: String, cart_page: String) {
    if outcome.get_untracked() == Outcome::Adding {
        return;
    }
    outcome.set(Outcome::Adding);
    let none = String::new;
    spawn_local(async move {
        match add_to_cart(variant_id, none(), none(), none(), none(), quantity).await {
            Ok(cart) => {
                outcome.set(Outcome::None);
                announce_count(cart.count);
                announce_added(&cart_page);
            }
            Err(error) => outcome.set(Outcome::Refused(error.message)),
        }
    });
}

fn refused(outcome: RwSignal<Outcome>) -> impl IntoView {
    let message = Memo::new(move |_| match outcome.get() {
        Outcome::Refused(message) => Some(message),
        _ => None,
    });
    // Who comes back to the page is led to what is wrong.
    let came_back = message.get_untracked().is_some();
    view! {
        <div
            class="banner banner-bad"
            role="alert"
            tabindex="-1"
            autofocus=came_back
            hidden=move || message.get().is_none()
        >
            {icon(Icon::Alert)}
            <div class="banner-body"><p>{message}</p></div>
        </div>
    }
}

/// Values of the options as they are chosen in the form.
fn chosen_in(form: &web_sys::HtmlFormElement) -> Vec<Option<String>> {
    let Ok(data) = web_sys::FormData::new_with_form(form) else {
        return Vec::new();
    };
    ["option1", "option2", "option3"]
        .map(|name| data.get(name).as_string())
        .into()
}
