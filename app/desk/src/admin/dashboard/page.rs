//! `/admin`: what is to be done and how the shop does, for staff and admins.

use app::identity::Role;
use leptos::prelude::*;

use super::{
    charts::charts,
    lists::{low_stock, top_products},
    live,
    numbers::{meaning, numbers},
    range::{AskedPeriod, choices},
    said, todo,
};
use crate::admin::{
    dashboard::ports::dashboard,
    frame::{Section, admin_page},
    opening::{panel::opening, ports::opening_admin},
};

#[component]
pub fn AdminDashboardPage() -> impl IntoView {
    let asked = AskedPeriod::of_address();
    let period = asked.period;
    let (port, checklist) = (dashboard(), opening_admin());
    let data = async move {
        Ok((
            checklist.checklist().await?,
            port.todo().await?,
            port.figures(period).await?,
            port.live().await?,
        ))
    };
    admin_page(
        Role::Staff,
        data,
        move |account, (checklist, todo, figures, live)| {
            let content = view! {
                <div class="admin-head">
                    <h1 class="admin-title">{said().dashboard()}</h1>
                </div>
                <div class="stack">
                    {opening(&checklist, account)} {todo::panel(&todo)} {choices(&asked)}
                    {numbers(&figures, period)} {charts(&figures)}
                    <div class="desk-cols">{top_products(&figures, account)} {low_stock(&figures)}</div>
                    {live::panel(&live, asked.href())} {meaning(&figures)}
                </div>
            };
            Section::Dashboard.page(said().dashboard(), content.into_any())
        },
    )
}
