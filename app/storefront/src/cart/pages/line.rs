//! One line of the cart, with its forms.

use app::{
    cart::{
        text::Text,
        types::{CartLine, MAX_QUANTITY},
    },
    catalog::{address, picture::thumb, stock::StockWords},
    error::{ErrorKind, LineProblem},
    locale::{href, locale},
    ui::{
        form::{Form, PageField},
        icon::{Icon, icon},
    },
};
use leptos::prelude::*;

use super::{
    problems::{in_short, line_id},
    stock::{LineStock, LineWords, field_id},
};

const UPDATE: &str = "/api/cart/update";

pub fn cart_line(line: &CartLine, currency: &str) -> AnyView {
    let text = Text::from(locale());
    let gone = line.problem.as_ref().is_some_and(LineProblem::is_gone);
    let class = match (&line.problem, gone) {
        (None, _) => "line",
        (Some(_), false) => "line line-flagged",
        (Some(_), true) => "line line-flagged line-gone",
    };
    let total = if gone {
        "–".to_owned()
    } else {
        locale().money(line.total_minor, currency)
    };
    view! {
        <li class=class id=line_id(&line.variant_id)>
            {picture(line)}
            {main(line, currency)}
            <p class="line-total">
                <span class="visually-hidden">{text.line_total()} " "</span>
                {total}
            </p>
            {problem(line, currency)}
            <div class="line-actions">
                {(!gone).then(|| quantity_form(line))}
                {remove_form(line)}
            </div>
        </li>
    }
    .into_any()
}

fn picture(line: &CartLine) -> impl IntoView + use<> {
    let image = thumb(&line.picture);
    // The style sheet lays the link of the name over it.
    view! { <span class="pic">{image}</span> }
}

fn main(line: &CartLine, currency: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let title = match &line.product_slug {
        Some(slug) => {
            view! { <a href=href(&address::product(slug))>{line.title.clone()}</a> }.into_any()
        }
        None => line.title.clone().into_any(),
    };
    let variant = (!line.variant_title.is_empty())
        .then(|| view! { <p class="line-sub">{line.variant_title.clone()}</p> });
    let is_to_be_had = line
        .problem
        .as_ref()
        .is_none_or(|problem| problem.kind == ErrorKind::PriceChanged);
    // What is missing says so itself, and what is kept is sold out to everybody else.
    let stock = match (is_to_be_had, line.kept) {
        (false, _) => None,
        (true, 0) => Some(stock(line)),
        (true, _) => Some(view! { <p class="line-sub">{text.kept_for_you()}</p> }.into_any()),
    };
    view! {
        <div class="line-main">
            <h2 class="line-title">{title}</h2>
            {variant}
            <p class="line-sub">
                {text.each(&locale().money(line.unit_price_minor, currency))}
            </p>
            {stock}
        </div>
    }
}

fn stock(line: &CartLine) -> AnyView {
    let text = Text::from(locale());
    let variant_id = line.variant_id.clone();
    let words = LineWords {
        stock: StockWords::here(),
        fewer: text.fewer_left().to_owned(),
        asked: text.asked_for().to_owned(),
    };
    let on_shelf = (line.back_order > 0).then_some(line.quantity - line.back_order);
    let (title, quantity) = (line.title.clone(), line.quantity);
    view! { <LineStock variant_id title quantity on_shelf words/> }.into_any()
}

fn problem(line: &CartLine, currency: &str) -> Option<impl IntoView + use<>> {
    line.problem.as_ref().map(|problem| {
        let words = in_short(line, problem, currency);
        view! { <p class="line-problem">{icon(Icon::Alert)} <span>{words}</span></p> }
    })
}

/// The stepper's buttons belong to a form of their own: a button's value and the field's would
/// otherwise both be sent as `quantity`, and Enter in the field would press the first button.
fn quantity_form(line: &CartLine) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let id = &line.variant_id;
    let step_form = format!("step-{id}");
    let field_id = field_id(id);
    let refused = Form::of(UPDATE);
    let is_refused = refused.was_refused() && refused.value("variant_id", "") == *id;
    let quantity = line.quantity.to_string();
    let (value, error) = if is_refused {
        (
            refused.value("quantity", quantity),
            refused
                .error("quantity")
                .or_else(|| refused_units(&refused, id)),
        )
    } else {
        (quantity, None)
    };
    let error_id = error.is_some().then(|| format!("{field_id}-error"));
    view! {
        <form id=step_form.clone() action=href(UPDATE) method="post" hidden>
            <PageField/>
            <input type="hidden" name="variant_id" value=id.clone()/>
        </form>
        <form class="line-quantity" action=href(UPDATE) method="post">
            <PageField/>
            <input type="hidden" name="variant_id" value=id.clone()/>
            <div class="stepper">
                {step(line, -1, &step_form)}
                <label class="visually-hidden" for=field_id.clone()>
                    {text.quantity_of(&line.title)}
                </label>
                <input
                    class="stepper-input"
                    id=field_id
                    name="quantity"
                    type="number"
                    min="0"
                    max=MAX_QUANTITY.to_string()
                    value=value
                    inputmode="numeric"
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=error_id.clone()
                />
                {step(line, 1, &step_form)}
            </div>
            <button class="btn-text line-update" type="submit">
                {text.update()}
                <span class="visually-hidden">" " {text.update_what(&line.title)}</span>
            </button>
            {error
                .map(|error| {
                    view! {
                        <p class="field-error" id=error_id>
                            {icon(Icon::Alert)}
                            <span>{error}</span>
                        </p>
                    }
                })}
        </form>
    }
}

/// Why there cannot be as many units of a line as were asked for.
fn refused_units(refused: &Form, variant_id: &str) -> Option<String> {
    let lines = refused.refusal()?.lines;
    let problem = lines.iter().find(|line| line.variant_id == variant_id)?;
    Some(problem.words())
}

fn step(line: &CartLine, by: i64, form: &str) -> impl IntoView + use<> {
    let text = Text::from(locale());
    let (label, sign) = match by {
        ..0 => (text.one_fewer(&line.title), Icon::Minus),
        _ => (text.one_more(&line.title), Icon::Plus),
    };
    let to = line.quantity + by;
    let most = match &line.problem {
        Some(problem) if !problem.is_gone() && problem.available > 0 => problem.available,
        _ => MAX_QUANTITY,
    };
    view! {
        <button
            class="stepper-btn"
            type="submit"
            form=form.to_owned()
            name="quantity"
            value=to.to_string()
            data-step=by.to_string()
            aria-label=label
            disabled={by > 0 && to > most}
        >
            {icon(sign)}
        </button>
    }
}

fn remove_form(line: &CartLine) -> impl IntoView + use<> {
    let text = Text::from(locale());
    view! {
        <form action=href("/api/cart/remove") method="post">
            <PageField/>
            <input type="hidden" name="variant_id" value=line.variant_id.clone()/>
            <button class="btn-text" type="submit">
                {icon(Icon::Trash)}
                {text.remove()}
                <span class="visually-hidden">{format!(" {}", line.title)}</span>
            </button>
        </form>
    }
}
