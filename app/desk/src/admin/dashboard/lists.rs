//! What sells, and what is nearly gone.

use app::identity::{Account, Role};
use leptos::prelude::*;

use super::{numbers::money, ports::Figures, said};

pub fn top_products(figures: &Figures, account: &Account) -> AnyView {
    let rows: Vec<_> = figures
        .top
        .iter()
        .map(|product| {
            // Products are the admins' to edit.
            let title = match (&product.product_id, account.role) {
                (Some(id), Role::Admin) => {
                    let href = format!("/admin/products/{id}");
                    view! { <a class="cell-link" href=href>{product.title.clone()}</a> }.into_any()
                }
                (None, Role::Admin) | (_, Role::Staff | Role::Customer) => {
                    product.title.clone().into_any()
                }
            };
            view! {
                <tr>
                    <td>{title}</td>
                    <td class="cell-num">{product.units.to_string()}</td>
                    <td class="cell-num">{money(figures, product.amount_minor)}</td>
                </tr>
            }
        })
        .collect();
    let body = match rows.is_empty() {
        true => view! { <p class="muted">{said().nothing_sold()}</p> }.into_any(),
        false => view! {
            <table class="table table-plain">
                <caption class="visually-hidden">{said().most_units_first()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said().product()}</th>
                        <th scope="col" class="cell-num">{said().units()}</th>
                        <th scope="col" class="cell-num">{said().sales()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="top">
            <h2 class="panel-title" id="top">{said().top_products()}</h2>
            {body}
        </section>
    }
    .into_any()
}

pub fn low_stock(figures: &Figures) -> AnyView {
    let rows: Vec<_> = figures
        .low
        .iter()
        .map(|variant| {
            let href = format!("/admin/stock/{}", variant.variant_id);
            let class = match variant.stock {
                0 => "badge badge-bad",
                _ => "badge badge-warn",
            };
            view! {
                <tr>
                    <td>
                        <a class="cell-link" href=href>{variant.title.clone()}</a>
                    </td>
                    <td class="cell-num">
                        <span class=class>{variant.stock.to_string()}</span>
                    </td>
                </tr>
            }
        })
        .collect();
    let more = figures.more_low.then(|| {
        view! { <p class="small"><a class="link" href="/admin/stock">{said().all_stock()}</a></p> }
    });
    let body = match rows.is_empty() {
        true => view! { <p class="muted">{said().nothing_low()}</p> }.into_any(),
        false => view! {
            <table class="table table-plain">
                <caption class="visually-hidden">{said().lowest_first()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{said().variant()}</th>
                        <th scope="col" class="cell-num">{said().left()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {more}
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="low">
            <h2 class="panel-title" id="low">{said().low_stock(&figures.low_stock.to_string())}</h2>
            {body}
        </section>
    }
    .into_any()
}
