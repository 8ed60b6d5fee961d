use leptos::prelude::*;

#[component]
pub fn AdminProductPage() -> impl IntoView {}
