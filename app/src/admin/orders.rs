use leptos::prelude::*;

#[component]
pub fn AdminOrdersPage() -> impl IntoView {}
