use leptos::prelude::*;

#[component]
pub fn ProductsPage() -> impl IntoView {}

#[component]
pub fn CategoryPage() -> impl IntoView {}
