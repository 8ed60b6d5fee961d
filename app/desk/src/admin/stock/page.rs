//! `/admin/stock`: what there is of every variant, counted and adjusted page by page.

use app::{
    answers::Tally,
    identity::{Account, Role},
    locale::locale,
    ui::{banner::done, pagination::steps},
};
use leptos::prelude::*;

use super::{
    filter::{HERE, StockFilter, StockTab},
    ports::stock_admin,
    rows::{Typed, refused_banner, rows},
    text::Text,
    types::StockTable,
};
use crate::admin::{
    frame::{Section, Tab, admin_page, nothing_here, search_form, tabs},
    product_filter::Cursor,
};

#[component]
pub fn AdminStockPage() -> impl IntoView {
    let filter = StockFilter::of_address();
    let shown = filter.clone();
    let port = stock_admin();
    let typed = Typed::of_form();
    let ids = typed.variants();
    let data = async move { port.stock(&filter, &ids).await };
    admin_page(Role::Staff, data, move |account, table| {
        let title = Text::from(locale()).stock();
        Section::Stock.page(title, list(account, &shown, table, &typed))
    })
}

fn list(account: &Account, filter: &StockFilter, table: StockTable, typed: &Typed) -> AnyView {
    let text = Text::from(locale());
    let at = |cursor: Option<Cursor>| cursor.map(|cursor| filter.at(Some(cursor)).href());
    let (back, onward) = (
        at(table.before.clone().map(Cursor::Before)),
        at(table.after.clone().map(Cursor::After)),
    );
    let search = filter.text.clone().unwrap_or_default();
    let kept = filter.pairs();
    let kept = kept.into_iter().filter(|(name, _)| *name != "q").collect();
    let ways = stock_tabs(filter, &table.tallies);
    let content = match table.rows.is_empty() {
        true => {
            let way_on = (HERE, text.show_all_stock());
            nothing_here(text.nothing_found(), text.no_variants_match(), way_on)
        }
        false => rows(account, filter, table, typed),
    };
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{text.stock()}</h1>
            {search_form(HERE, text.search_stock(), search, kept)}
        </div>
        {done(&[("saved", text.stock_saved())])}
        {refused_banner(typed)}
        {ways}
        {content}
        {steps(back, onward)}
        <script type="module" src="/admin-assets/stock.js"></script>
    }
    .into_any()
}

fn stock_tabs(filter: &StockFilter, tallies: &[Tally]) -> AnyView {
    let text = Text::from(locale());
    let all = [None].into_iter();
    let tab_values = all.chain(StockTab::ALL.into_iter().map(Some));
    let ways = tab_values
        .zip(tallies)
        .map(|(tab, tally)| Tab {
            href: filter.in_tab(tab).href(),
            title: tab.map_or(text.all(), |tab| tab_words(tab, text)),
            current: (filter.tab == tab).then_some(*tally),
            count: Some(*tally),
        })
        .collect();
    view! { <div class="admin-bar">{tabs(text.by_stock(), ways)}</div> }.into_any()
}

fn tab_words(tab: StockTab, text: Text) -> &'static str {
    match tab {
        StockTab::SoldOut => text.sold_out(),
        StockTab::Low => text.low(),
        StockTab::InStock => text.in_stock_tab(),
        StockTab::Untracked => text.not_tracked(),
    }
}
