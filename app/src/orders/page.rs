use leptos::prelude::*;

#[component]
pub fn OrderLookUpPage() -> impl IntoView {}

#[component]
pub fn OrderPage() -> impl IntoView {}
