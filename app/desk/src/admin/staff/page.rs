//! `/admin/staff`: who works in the shop, and who was asked to.

use app::{
    identity::{Account, Role},
    ui::{
        banner::done,
        date::time,
        field::{SelectField, TextField, refusal_of},
        form::{Form, PageField},
        table::{Head, stacked_table},
    },
};
use leptos::prelude::*;

use super::{
    said,
    types::{Invitation, Member, StaffList},
};
use crate::admin::{
    frame::{Section, admin_page},
    staff::ports::staff_admin,
};

const INVITE: &str = "/api/admin/staff/invite";
const WITHDRAW: &str = "/api/admin/staff/withdraw";
const ROLE: &str = "/api/admin/staff/role";
/// Also on a customer's page.
pub const RESET_FACTOR: &str = "/api/admin/second-factor/reset";

#[component]
pub fn AdminStaffPage() -> impl IntoView {
    let port = staff_admin();
    let data = async move { port.list().await };
    admin_page(Role::Admin, data, |account, list| {
        Section::Staff.page(said().staff_title(), page(account, list))
    })
}

pub fn role_words(role: Role) -> &'static str {
    match role {
        Role::Customer => said().role_customer(),
        Role::Staff => said().role_staff(),
        Role::Admin => said().role_admin(),
    }
}

pub fn role_badge(role: Role) -> impl IntoView {
    let class = match role {
        Role::Admin => "badge badge-accent",
        Role::Staff | Role::Customer => "badge badge-outline",
    };
    view! { <span class=class>{role_words(role)}</span> }
}

fn page(account: &Account, list: StaffList) -> AnyView {
    let news = done(&[
        ("invited", said().invitation_sent()),
        ("withdrawn", said().invitation_withdrawn()),
        ("role", said().role_changed()),
        ("factor", said().factor_was_reset()),
    ]);
    view! {
        <div class="admin-head">
            <h1 class="admin-title">{said().staff_title()}</h1>
        </div>
        {news}
        {refusal_of(&Form::of(ROLE))}
        {refusal_of(&Form::of(WITHDRAW))}
        {refusal_of(&Form::of(RESET_FACTOR))}
        <div class="admin-cols">
            <div class="stack">{members(account, list.members)} {invitations(list.invitations)}</div>
            <div class="stack">{invite_form()} {what_roles_may()}</div>
        </div>
    }
    .into_any()
}

fn members(account: &Account, members: Vec<Member>) -> AnyView {
    let rows: Vec<_> = members
        .into_iter()
        .map(|member| row(member, account))
        .collect();
    stacked_table(
        said().staff_and_admins(),
        [
            Head::new(said().who()),
            Head::new(said().role()),
            Head::new(said().second_factor()),
            Head::new(said().last_seen()),
            Head::hidden(said().change()),
        ],
        rows,
    )
}

fn row(member: Member, account: &Account) -> AnyView {
    let seen = match member.last_seen_at {
        Some(at) => time(at).into_any(),
        None => said().not_signed_in().into_any(),
    };
    let factor = match member.has_second_factor {
        true => said().factor_on(),
        false => said().factor_off(),
    };
    let change = match member.id == account.id {
        true => view! { <span class="muted">{said().this_is_you()}</span> }.into_any(),
        false => changes(&member),
    };
    let name =
        (!member.name.is_empty()).then(|| view! { <span class="cell-sub">{member.name}</span> });
    view! {
        <tr>
            <td class="cell-first">
                <span>
                    <span class="who">{member.email}</span>
                    {name}
                </span>
            </td>
            <td data-label=said().role()>{role_badge(member.role)}</td>
            <td data-label=said().second_factor()>{factor}</td>
            <td data-label=said().last_seen()>{seen}</td>
            <td class="cell-act">{change}</td>
        </tr>
    }
    .into_any()
}

/// Away from the role someone has.
fn changes(member: &Member) -> AnyView {
    let fields = |role: Role| {
        view! {
            <input type="hidden" name="id" value=member.id.clone()/>
            <input type="hidden" name="role" value=role.as_str()/>
        }
    };
    let whose = || view! { <span class="visually-hidden">{format!(" {}", member.email)}</span> };
    let (other, words) = match member.role {
        Role::Admin => (Role::Staff, said().make_staff()),
        Role::Staff | Role::Customer => (Role::Admin, said().make_admin()),
    };
    view! {
        <div class="row row-end">
            <form action=ROLE method="post">
                <PageField/>
                {fields(other)}
                <button class="btn btn-small" type="submit">
                    {words}
                    {whose()}
                </button>
            </form>
            {member
                .has_second_factor
                .then(|| reset_factor(&member.id, &member.email, "btn btn-small"))}
            <details class="asked">
                <summary class="btn btn-small btn-danger">
                    {said().remove_dots()}
                    {whose()}
                </summary>
                <form class="stack" action=ROLE method="post">
                    <PageField/>
                    {fields(Role::Customer)}
                    <p>
                        {said().remove_why()}
                    </p>
                    <div>
                        <button class="btn btn-small btn-danger" type="submit">
                            {said().yes_remove()}
                            {whose()}
                        </button>
                    </div>
                </form>
            </details>
        </div>
    }
    .into_any()
}

/// The way back in for someone who lost phone and recovery codes.
pub fn reset_factor(id: &str, email: &str, class: &'static str) -> AnyView {
    let whose = format!(" {email}");
    view! {
        <details class="asked">
            <summary class=class>
                {said().reset_dots()} <span class="visually-hidden">{whose.clone()}</span>
            </summary>
            <form class="stack" action=RESET_FACTOR method="post">
                <PageField/>
                <input type="hidden" name="id" value=id.to_owned()/>
                <p>
                    {said().reset_why()}
                </p>
                <div>
                    <button class="btn btn-small btn-danger" type="submit">
                        {said().yes_reset()} <span class="visually-hidden">{whose}</span>
                    </button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn invitations(invitations: Vec<Invitation>) -> Option<AnyView> {
    if invitations.is_empty() {
        return None;
    }
    let rows: Vec<_> = invitations
        .into_iter()
        .map(|invitation| {
            let label = said().withdraw_of(&invitation.email);
            view! {
                <tr>
                    <td class="cell-first">
                        <span>
                            <span class="who">{invitation.email}</span>
                            <span class="cell-sub">{said().invited_by(&invitation.invited_by)}</span>
                        </span>
                    </td>
                    <td data-label=said().role()>{role_badge(invitation.role)}</td>
                    <td data-label=said().expires()>{time(invitation.expires_at)}</td>
                    <td class="cell-act">
                        <form action=WITHDRAW method="post">
                            <PageField/>
                            <input type="hidden" name="id" value=invitation.id/>
                            <button class="btn btn-small" type="submit" aria-label=label>
                                {said().withdraw()}
                            </button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect();
    let table = view! {
        <h2 class="panel-title" id="invited">{said().invited()}</h2>
        <div class="table-wrap">
            <table class="table table-stack" aria-labelledby="invited">
                <thead>
                    <tr>
                        <th scope="col">{said().who()}</th>
                        <th scope="col">{said().role()}</th>
                        <th scope="col">{said().expires()}</th>
                        <th scope="col"><span class="visually-hidden">{said().action()}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(table.into_any())
}

fn invite_form() -> AnyView {
    let form = Form::of(INVITE);
    let roles = [Role::Staff, Role::Admin]
        .map(|role| (role.as_str().to_owned(), role_words(role).to_owned()))
        .to_vec();
    view! {
        <form class="panel" action=INVITE method="post">
            <PageField/>
            <h2 class="panel-title">{said().invite()}</h2>
            {refusal_of(&form)}
            <div class="stack">
                <TextField
                    form=&form
                    name="email"
                    label=said().e_mail()
                    kind="email"
                    autocomplete="off"
                    maxlength=254
                />
                <SelectField
                    form=&form
                    name="role"
                    label=said().role()
                    options=roles
                    value=Role::Staff.as_str()
                />
                <div>
                    <button class="btn btn-primary" type="submit">{said().send_invitation()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

fn what_roles_may() -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="roles">
            <h2 class="panel-title" id="roles">{said().role_permissions()}</h2>
            <dl class="stack">
                <div>
                    <dt>{role_badge(Role::Staff)}</dt>
                    <dd class="muted">
                        {said().staff_may()}
                    </dd>
                </div>
                <div>
                    <dt>{role_badge(Role::Admin)}</dt>
                    <dd class="muted">
                        {said().admins_may()}
                    </dd>
                </div>
            </dl>
        </section>
    }
}
