use leptos::prelude::*;

#[component]
pub fn AdminOrderPage() -> impl IntoView {}
