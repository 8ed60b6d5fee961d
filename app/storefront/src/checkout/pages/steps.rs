//! The steps of the checkout and the way between them.

use app::{
    checkout::{text::Text, types::Draft},
    locale::{href, locale},
    ui::icon::{Icon, icon},
};
use leptos::prelude::*;

app::words! {
    #[derive(PartialOrd, Ord)]
    pub enum Step {
        Contact = "contact",
        Shipping = "shipping",
        Payment = "payment",
        Review = "review",
    }
}

impl Step {
    pub fn title(self) -> &'static str {
        let text = Text::from(locale());
        match self {
            Self::Contact => text.contact_and_address(),
            Self::Shipping => text.shipping(),
            Self::Payment => text.payment(),
            Self::Review => text.review(),
        }
    }

    /// Its address, without the language.
    pub fn path(self) -> String {
        format!("/checkout?step={}", self.as_str())
    }

    pub fn href(self) -> String {
        href(&self.path())
    }

    /// The server function that takes the step's form.
    pub const fn action(self) -> &'static str {
        match self {
            Self::Contact => "/api/checkout/contact",
            Self::Shipping => "/api/checkout/shipping",
            Self::Payment => "/api/checkout/payment",
            Self::Review => "/api/checkout/place",
        }
    }

    /// The step whose form posts to `action`.
    pub fn of_action(action: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.action() == action)
    }

    /// The step that asks for a field.
    pub fn of_field(field: &str) -> Self {
        match field {
            "shipping" => Self::Shipping,
            "payment" | "card_number" => Self::Payment,
            _ => Self::Contact,
        }
    }

    /// The furthest step that what has been told allows.
    fn furthest(draft: &Draft) -> Self {
        match draft {
            Draft { contact: None, .. } => Self::Contact,
            Draft { shipping: None, .. } => Self::Shipping,
            Draft { payment: None, .. } => Self::Payment,
            _ => Self::Review,
        }
    }

    /// The step to show: the one asked for, unless one before it is still missing.
    pub fn shown(asked: Option<Self>, draft: &Draft) -> Self {
        let furthest = Self::furthest(draft);
        asked.map_or(furthest, |asked| asked.min(furthest))
    }
}

/// Where one is, with links back to the steps that are done.
pub fn step_list(current: Step) -> impl IntoView {
    let steps: Vec<_> = Step::ALL
        .into_iter()
        .map(|step| item(step, current))
        .collect();
    let name = Text::from(locale()).steps();
    view! {
        <nav class="steps" aria-label=name>
            <ol>{steps}</ol>
        </nav>
    }
}

fn item(step: Step, current: Step) -> AnyView {
    if step < current {
        let done = Text::from(locale()).done();
        return view! {
            <li class="step step-done">
                <a href=step.href()>
                    <span class="step-mark">{icon(Icon::Check)}</span>
                    <span class="step-name">{step.title()}</span>
                    <span class="visually-hidden">" " {done}</span>
                </a>
            </li>
        }
        .into_any();
    }
    let number = (step as usize + 1).to_string();
    view! {
        <li class="step" aria-current=(step == current).then_some("step")>
            <span class="step-mark">{number}</span>
            <span class="step-name">{step.title()}</span>
        </li>
    }
    .into_any()
}

/// The link back and the button onward below a step's form.
pub fn form_actions(back: (String, &'static str), onward: String) -> impl IntoView {
    let (href, words) = back;
    view! {
        <div class="form-actions">
            <a class="btn-text" href=href>{icon(Icon::Back)} {words}</a>
            <button class="btn btn-primary btn-large" type="submit">{onward}</button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{checkout::types::PaymentChoice, contact::Contact, orders::details::Particulars};

    fn draft(done: usize) -> Draft {
        Draft {
            contact: (done > 0).then(Contact::default),
            particulars: Particulars::default(),
            shipping: (done > 1).then(|| "standard".to_owned()),
            payment: (done > 2).then(|| PaymentChoice {
                method: "cash_on_delivery".to_owned(),
                token: String::new(),
                label: "Cash on delivery".to_owned(),
            }),
        }
    }

    #[test]
    fn no_step_is_shown_before_the_ones_it_needs() {
        for (done, asked, shown) in [
            (0, None, Step::Contact),
            (0, Some(Step::Review), Step::Contact),
            (1, Some(Step::Review), Step::Shipping),
            (1, Some(Step::Contact), Step::Contact),
            (2, None, Step::Payment),
            (3, None, Step::Review),
            (3, Some(Step::Shipping), Step::Shipping),
        ] {
            assert_eq!(Step::shown(asked, &draft(done)), shown, "{done} {asked:?}");
        }
    }

    #[test]
    fn addresses_and_forms_lead_back_to_their_step() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.as_str()), Some(step));
            assert_eq!(Step::of_action(step.action()), Some(step));
        }
    }
}
