//! The checklist on the dashboard, for admins.

use app::{
    identity::{Account, Role},
    locale::locale,
    shop::Opening,
    ui::{
        banner::done,
        form::PageField,
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{
    ports::{Checklist, Item, LegalPage, Paying, TestMail},
    text::Text,
};
use crate::admin::frame::refusal_banner;

pub const TEST_MAIL: &str = "/api/admin/opening/test-mail";
pub const CONFIRM: &str = "/api/admin/opening/confirm";
pub const OPEN: &str = "/api/admin/opening/open";
pub const END_DEMONSTRATION: &str = "/api/admin/opening/end-demonstration";

/// What was done last, and what is still to be done. Nothing of a shop that lacks nothing.
pub fn opening(list: &Checklist, account: &Account) -> AnyView {
    let text = Text::from(locale());
    let news = done(&[
        ("test-mail", text.test_mail_on_its_way()),
        ("confirmed", text.confirmed()),
        ("opened", text.opened()),
        ("prepared", text.prepared()),
    ]);
    let panel = match list.opening {
        _ if account.role != Role::Admin => return ().into_any(),
        Opening::Demo => Some(demonstration()),
        Opening::Open if list.is_complete() => None,
        Opening::Open => Some(checklist(
            list,
            text.still_missing(),
            text.still_missing_why(),
        )),
        Opening::Preparing => {
            let why = match (list.may_open(), list.is_complete()) {
                (false, _) => text.before_you_open_why(),
                (true, true) => text.ready(),
                (true, false) => text.ready_outside(),
            };
            Some(checklist(list, text.before_you_open(), why))
        }
    };
    view! { {news} {refusal_banner()} {panel} }.into_any()
}

fn demonstration() -> AnyView {
    let text = Text::from(locale());
    view! {
        <section class="panel" aria-labelledby="opening">
            <h2 class="panel-title" id="opening">{text.demonstration()}</h2>
            <p>{text.demonstration_why()}</p>
            {button(END_DEMONSTRATION, text.end_demonstration(), None)}
        </section>
    }
    .into_any()
}

fn checklist(list: &Checklist, title: &'static str, why: &'static str) -> AnyView {
    let text = Text::from(locale());
    let items: Vec<_> = Item::ALL.into_iter().map(|each| item(list, each)).collect();
    let open = (list.opening == Opening::Preparing && list.may_open())
        .then(|| button(OPEN, text.open(), None));
    view! {
        <section class="panel" aria-labelledby="opening">
            <h2 class="panel-title" id="opening">{title}</h2>
            <p>{why}</p>
            <ol class="checklist">{items}</ol>
            {open}
        </section>
    }
    .into_any()
}

fn item(list: &Checklist, item: Item) -> AnyView {
    let text = Text::from(locale());
    let is_done = list.is_done(item);
    let (sign, state) = match is_done {
        true => (Icon::Check, text.state_done()),
        false => (Icon::Alert, text.state_open()),
    };
    let (name, href) = match item {
        Item::Seller => (text.seller(), "/admin/seller"),
        Item::Pages => (text.pages(), "/admin/pages"),
        Item::Payment => (text.payment(), "/admin/settings#payment"),
        Item::Mail => (text.mail(), "/admin/settings#mail"),
        Item::Delivery => (text.delivery(), "/admin/settings#rates"),
        Item::Tax => (text.tax(), "/admin/settings#money"),
        Item::Product => (text.product(), "/admin/products"),
    };
    let why = why(list, item);
    let buttons = (!is_done).then(|| buttons(list, item));
    view! {
        <li class="checklist-item">
            {icon(sign)}
            <div>
                <p>
                    <a class="link" href=href>{name}</a>
                    <span class="visually-hidden">" " {state}</span>
                </p>
                <p class="small muted">{why}</p>
                {buttons}
            </div>
        </li>
    }
    .into_any()
}

/// What is set, or what is missing.
fn why(list: &Checklist, item: Item) -> String {
    let text = Text::from(locale());
    match item {
        Item::Seller => text.seller_why().to_owned(),
        Item::Pages if list.missing_pages.is_empty() => text.pages_done().to_owned(),
        Item::Pages => {
            let names = list.missing_pages.iter().copied().map(page_name);
            text.pages_missing(&names.collect::<Vec<_>>().join(", "))
        }
        Item::Payment => match list.paying {
            Paying::TestCard => text.payment_test_card(),
            Paying::TestKey => text.payment_test_key(),
            Paying::Nothing => text.payment_none(),
            Paying::Cash => text.payment_cash(),
            Paying::Card => text.payment_card(),
            Paying::CashAndCard => text.payment_cash_and_card(),
            Paying::Transfer => text.payment_transfer(),
        }
        .to_owned(),
        Item::Mail => match list.test_mail {
            _ if list.is_done(item) => text.mail_done(),
            TestMail::Unsent => text.mail_unsent(),
            TestMail::Waiting => text.mail_waiting(),
            TestMail::Sent => text.mail_sent(),
            TestMail::Failed => text.mail_failed(),
        }
        .to_owned(),
        Item::Delivery => {
            let countries = i64::try_from(list.countries).unwrap_or(i64::MAX);
            text.delivery_why(countries, &list.shipping.join(", "))
        }
        Item::Tax if list.tax_basis_points == 0 => text.tax_none().to_owned(),
        Item::Tax => text.tax_why(&locale().percent(list.tax_basis_points)),
        Item::Product if list.is_done(item) => text.product_done().to_owned(),
        Item::Product => text.product_missing().to_owned(),
    }
}

fn page_name(page: LegalPage) -> &'static str {
    let text = Text::from(locale());
    match page {
        LegalPage::Imprint => text.imprint(),
        LegalPage::Privacy => text.privacy(),
        LegalPage::Terms => text.terms(),
        LegalPage::Withdrawal => text.withdrawal(),
    }
}

/// What can be done about it on the spot.
fn buttons(list: &Checklist, item: Item) -> AnyView {
    let text = Text::from(locale());
    let confirm = |words| button(CONFIRM, words, Some((item, list.settings_version)));
    match item {
        Item::Mail => {
            let arrived = (list.test_mail == TestMail::Sent).then(|| confirm(text.mail_arrived()));
            view! {
                <div class="row">{button(TEST_MAIL, text.send_test_mail(), None)} {arrived}</div>
            }
            .into_any()
        }
        Item::Delivery | Item::Tax => {
            view! { <div class="row">{confirm(text.that_is_right())}</div> }.into_any()
        }
        Item::Seller | Item::Pages | Item::Payment | Item::Product => ().into_any(),
    }
}

/// What is confirmed is what is shown: the item in this version of the settings.
fn button(action: &'static str, words: &'static str, shown: Option<(Item, i64)>) -> AnyView {
    let class = match action {
        OPEN => "btn btn-primary btn-large",
        _ => "btn",
    };
    let shown = shown.map(|(item, version)| {
        view! {
            <input type="hidden" name="item" value=item.as_str()/>
            <input type="hidden" name="version" value=version.to_string()/>
        }
    });
    view! {
        <form action=action method="post">
            <PageField/>
            {shown}
            <button class=class type="submit">{words}</button>
        </form>
    }
    .into_any()
}
