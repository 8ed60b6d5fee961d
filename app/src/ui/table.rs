//! Tables of the back office whose rows become cards where there is no room for columns.

use leptos::prelude::*;

/// What a column is called.
pub struct Head {
    words: String,
    kind: Kind,
}

enum Kind {
    Words,
    Numbers,
    /// Named for those who cannot see what is in it.
    Hidden,
}

impl Head {
    pub fn new(words: impl Into<String>) -> Self {
        Self::of(Kind::Words, words)
    }

    /// Of a column of numbers, which are below each other to the right.
    pub fn number(words: impl Into<String>) -> Self {
        Self::of(Kind::Numbers, words)
    }

    /// Of a column of buttons.
    pub fn hidden(words: impl Into<String>) -> Self {
        Self::of(Kind::Hidden, words)
    }

    fn of(kind: Kind, words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            kind,
        }
    }

    fn cell(self) -> AnyView {
        let words = self.words;
        match self.kind {
            Kind::Words => view! { <th scope="col">{words}</th> }.into_any(),
            Kind::Numbers => view! { <th scope="col" class="cell-num">{words}</th> }.into_any(),
            Kind::Hidden => {
                view! { <th scope="col"><span class="visually-hidden">{words}</span></th> }
                    .into_any()
            }
        }
    }
}

/// A table with a caption for those who cannot see it.
pub fn stacked_table(
    caption: impl Into<String>,
    heads: impl IntoIterator<Item = Head>,
    rows: Vec<impl IntoView + 'static>,
) -> AnyView {
    let heads: Vec<_> = heads.into_iter().map(Head::cell).collect();
    view! {
        <div class="table-wrap">
            <table class="table table-stack">
                <caption class="visually-hidden">{caption.into()}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
