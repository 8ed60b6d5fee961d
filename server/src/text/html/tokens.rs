//! HTML as tags and text, one after the other.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};

#[derive(Default)]
struct Collected(RefCell<Vec<Token>>);

impl TokenSink for Collected {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().push(token);
        TokenSinkResult::Continue
    }
}

/// The tags and texts of sanitised HTML, as a browser reads them: entities are decoded, once. A text
/// may come in several pieces.
///
/// Scripts and other elements whose content is not HTML would be read wrongly; sanitised HTML has
/// none.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let options = TokenizerOpts {
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(Collected::default(), options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // Only scripts and declared encodings would stop it before the end.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}
