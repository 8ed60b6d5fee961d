//! An authenticator app, and second factors that tests switch on.

use app::{
    account::{
        ports::SignedIn,
        second_factor::{ports::FactorState, types::RecoveryCodes},
    },
    identity::Account,
};
use totp_rs::{Builder, Secret};

use super::{PASSWORD, TestShop};

/// What the app shows for a secret at a time, in milliseconds since 1970.
pub fn code(secret: &str, at: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret is base32");
    let app = Builder::new().with_secret(secret).build();
    let seconds = u64::try_from(at / 1000).expect("a time after 1970");
    app.expect("it is long enough")
        .generate(seconds)
        .to_string()
}

/// The session that the right password opened.
#[track_caller]
pub fn opened(signed_in: SignedIn) -> (String, Account) {
    match signed_in {
        SignedIn::Open(session, account) => (session, account),
        SignedIn::CodeNeeded(_) => panic!("a code is needed"),
    }
}

/// The sign-in that waits for a code.
#[track_caller]
pub fn pending(signed_in: SignedIn) -> String {
    match signed_in {
        SignedIn::CodeNeeded(token) => token,
        SignedIn::Open(..) => panic!("no code is needed"),
    }
}

impl TestShop {
    /// Sets a second factor up in a session of the account's, and tells its secret.
    pub async fn switch_on(&self, account: &Account, session: &str) -> (String, RecoveryCodes) {
        let factors = &self.shop().second_factors;
        factors.begin(account).await.expect("there is none yet");
        let state = factors.state(account).await.unwrap();
        let FactorState::Pending(set_up) = state else {
            panic!("{state:?}")
        };
        let code = code(&set_up.secret, self.now());
        let codes = factors.switch_on(account, session, PASSWORD, &code).await;
        (set_up.secret, codes.expect("the code is right"))
    }

    /// Goes on to the next code of the app: each works once.
    pub fn next_code(&self, secret: &str) -> String {
        self.clock.advance(30_000);
        code(secret, self.now())
    }
}
