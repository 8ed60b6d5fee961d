use leptos::prelude::*;

#[component]
pub fn AdminProductsPage() -> impl IntoView {}
