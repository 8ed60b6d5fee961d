//! A panel whose figures a script asks for again and again and writes over, in the words of the page; without script a
//! link does.

use app::{locale::locale, shop::shop, ui::date::time};
use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::said;

pub struct LivePanel {
    pub title: &'static str,
    /// Where the script asks.
    pub source: String,
    /// How often, in milliseconds, if not every two seconds.
    pub every: Option<&'static str>,
    /// When the figures were read.
    pub at: i64,
    /// Leads to this page again.
    pub here: String,
    /// What else the script says, by the names it has for it.
    pub words: Map<String, Value>,
}

impl LivePanel {
    pub fn around(self, figures: impl IntoView + 'static) -> AnyView {
        let zone = shop().settings.time_zone.clone();
        let words = script_words(self.words);
        view! {
            <section class="panel live" aria-labelledby="live-title" data-live=self.source data-live-every=self.every data-live-zone=zone data-words=words>
                <div class="live-head">
                    <h2 class="panel-title" id="live-title">{self.title}</h2>
                    <p class="muted small">
                        {format!("{} ", said().at_time())} <span data-live-at>{time(self.at)}</span> " "
                        <a class="btn-text" href=self.here data-live-again>{said().refresh()}</a>
                    </p>
                </div>
                {figures}
                <script type="module" src="/admin-assets/live.js"></script>
            </section>
        }
        .into_any()
    }
}

/// What the script says, as JSON.
fn script_words(more: Map<String, Value>) -> String {
    let mut words = more;
    for (name, said) in [
        ("clock", locale().tag()),
        ("point", locale().decimal_point()),
        ("failed", said().no_answer()),
        ("signedOut", said().signed_out()),
    ] {
        words.insert(name.to_owned(), json!(said));
    }
    Value::Object(words).to_string()
}
