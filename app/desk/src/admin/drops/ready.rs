//! `/admin/drops/:id/checks`: what has to be right before a drop starts, and where to put it right.

use app::{
    drops::{room::RoomSwitch, types::DropState},
    identity::Role,
    locale::locale,
    shop::{Opening, PaymentMode},
    ui::{
        breadcrumbs::{breadcrumbs, crumb},
        date::Zone,
        icon::{Icon, icon},
        path::path_part,
    },
};
use leptos::prelude::*;

use super::{
    checks::{Check, Checks, Paying, Verdict},
    ports::drop_desk,
    said,
    ways::editor,
};
use crate::admin::frame::{Section, admin_page};

/// Names that are told of a list.
const NAMED: usize = 5;

#[component]
pub fn AdminDropChecksPage() -> impl IntoView {
    let id = path_part("id");
    let port = drop_desk();
    let data = async move { port.checks(&id).await };
    admin_page(Role::Admin, data, |_, checks| {
        Section::Drops.page(said().checks_of(&checks.title), page(&checks))
    })
}

fn page(checks: &Checks) -> AnyView {
    let words = match checks.verdict() {
        Verdict::Good => said().all_good(),
        Verdict::Look => said().worth_a_look(),
        Verdict::Wrong => said().not_ready(),
    };
    let items: Vec<_> = checks.all.iter().map(|one| item(&checks.id, one)).collect();
    view! {
        <div class="admin-head">
            {breadcrumbs(crumb(&editor(&checks.id), &checks.title), said().checks())}
            <h1 class="admin-title">{said().checks()}</h1>
        </div>
        <section class="panel" aria-labelledby="checks">
            <h2 class="panel-title" id="checks">{words}</h2>
            <ol class="checklist">{items}</ol>
        </section>
    }
    .into_any()
}

fn item(id: &str, check: &Check) -> AnyView {
    let (sign, state) = match check.verdict() {
        Verdict::Good => (Icon::Check, said().state_good()),
        Verdict::Look => (Icon::Info, said().state_look()),
        Verdict::Wrong => (Icon::Alert, said().state_wrong()),
    };
    let (name, href) = match check {
        Check::Start { .. } => (said().start(), editor(id)),
        Check::Goods { .. } => (said().goods(), editor(id)),
        Check::Units { .. } => (said().units(), editor(id)),
        Check::Payment(_) => (said().payment(), "/admin/settings#payment".to_owned()),
        Check::Limits { .. } => (said().limits(), editor(id)),
        Check::Room { .. } => (said().room(), editor(id)),
        Check::Mails { .. } => (said().mails(), "/admin/system".to_owned()),
        Check::Connections { .. } => (said().connections(), "/admin/system".to_owned()),
    };
    view! {
        <li class="checklist-item">
            {icon(sign)}
            <div>
                <p>
                    <a class="link" href=href>{name}</a>
                    <span class="visually-hidden">" " {state}</span>
                </p>
                <p class="small muted">{found(check)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What was found, in a sentence or two.
fn found(check: &Check) -> String {
    let number = |count: i64| locale().number(count);
    let moment = |at: i64| Zone::of_shop().date_and_time(at);
    match check {
        Check::Start {
            state: DropState::CalledOff,
            ..
        } => said().start_called_off().to_owned(),
        Check::Start {
            state: DropState::Draft,
            is_ahead: false,
            ..
        } => said().start_is_over().to_owned(),
        Check::Start {
            state: DropState::Draft,
            opens_at,
            ..
        } => said().start_not_planned(&moment(*opens_at)),
        Check::Start {
            state: DropState::Planned,
            opens_at,
            closes_at,
            ..
        } => match closes_at {
            Some(at) => said().start_planned(&moment(*at), &moment(*opens_at)),
            None => said().start_without_end(&moment(*opens_at)),
        },
        Check::Goods { lines: 0, .. } => said().no_goods().to_owned(),
        Check::Goods { lines, not_on_sale } => match not_on_sale.is_empty() {
            true => said().goods_on_sale(*lines),
            false => said().goods_not_on_sale(&names(not_on_sale)),
        },
        Check::Units {
            units,
            set_aside,
            short,
        } => match (short.is_empty(), *set_aside) {
            (false, _) => said().units_short(&names(short)),
            (true, 0) => said().units_on_shelf(&number(*units)),
            (true, set_aside) => said().units_set_aside(&number(set_aside), &number(*units)),
        },
        Check::Payment(paying) => payment(paying),
        Check::Limits { without } => match without.is_empty() {
            true => said().all_limited().to_owned(),
            false => said().not_limited(&names(without)),
        },
        Check::Room { switch, per_minute } => match switch {
            RoomSwitch::On => said().room_on(&number(*per_minute)),
            RoomSwitch::Off => said().room_off().to_owned(),
        },
        Check::Mails { .. } => mails(check),
        Check::Connections { of_a_node, allowed } => match (allowed, check.nodes()) {
            (Some(allowed), Some(nodes)) => {
                said().nodes_fit(&number(*allowed), &number(*of_a_node), nodes)
            }
            _ => said().one_node().to_owned(),
        },
    }
}

fn payment(paying: &Paying) -> String {
    if paying.opening == Opening::Preparing {
        return said().shop_not_open().to_owned();
    }
    if paying.methods.is_empty() {
        return said().no_way_to_pay().to_owned();
    }
    let methods = paying.methods.iter().map(|name| said().method(name));
    let methods = methods.collect::<Vec<_>>().join(", ");
    let ways = said().ways_to_pay(&methods);
    let for_real = paying.opening == Opening::Open && paying.mode == PaymentMode::Real;
    match for_real {
        true => ways,
        false => format!("{ways} {}", said().no_money()),
    }
}

fn mails(check: &Check) -> String {
    let Check::Mails {
        waiting,
        failed,
        coming,
        per_minute,
    } = check
    else {
        return String::new();
    };
    let number = |count: i64| locale().number(count);
    let state = said().mails_now(&failed.words(), &waiting.words());
    let rate = match (per_minute, check.mail_minutes()) {
        (Some(rate), Some(minutes)) => said().mails_take(&number(*coming), minutes, &number(*rate)),
        _ => said().mails_unknown(&number(*coming)),
    };
    format!("{rate} {state}")
}

/// The first few of a list.
fn names(all: &[String]) -> String {
    let first = all.iter().take(NAMED).cloned().collect::<Vec<_>>();
    let more = all.len().saturating_sub(NAMED);
    let first = first.join(", ");
    match i64::try_from(more) {
        Ok(more) if more > 0 => said().and_more(more, &first),
        _ => first,
    }
}
