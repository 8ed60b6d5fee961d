//! Passwords: the same in whichever form they are typed, and none that anybody would try first.

use app::{
    account::types::MAX_PASSWORD,
    error::ShopError,
    identity::{Account, Role},
};
use server::{
    account::{self, store},
    db::Sql,
    ids::new_id,
};

use super::accounts::who;
use crate::support::{ADMIN, PASSWORD, TestShop, on_both_databases, opened};

on_both_databases!(
    a_password_is_right_in_any_form_of_its_letters,
    a_hash_of_another_form_works_once_more_and_is_replaced,
    length_is_counted_in_characters,
    what_anybody_would_try_first_is_refused_wherever_one_is_chosen,
    who_has_a_weak_password_still_signs_in,
);

const KIM: &str = "kim.larch@example.com";
/// `ä` and `ö` as one letter each, and as a letter with two dots to come.
const COMPOSED: &str = "p\u{e4}ssw\u{f6}rd am Kai";
const DECOMPOSED: &str = "pa\u{308}sswo\u{308}rd am Kai";

async fn make(shop: &TestShop, email: &str, password: &str) -> Result<Account, ShopError> {
    let (clock, role) = (&*shop.clock, Role::Customer);
    account::create(shop.db(), clock, "Holdfast", email, password, role).await
}

/// Whether the password opens a session, from a network of its own.
async fn opens(shop: &TestShop, email: &str, password: &str) -> bool {
    let accounts = &shop.shop().accounts;
    accounts.sign_in(&new_id(), email, password).await.is_ok()
}

async fn hash_of(shop: &TestShop, email: &str) -> String {
    store::by_email(shop.db(), email).await.unwrap().unwrap().1
}

/// Gives the account this hash, as if it had been stored long ago.
async fn store_hash(shop: &TestShop, email: &str, hash: &str) {
    let mut tx = shop.db().begin().await.unwrap();
    let mut sql = Sql::new("UPDATE accounts SET password_hash = ");
    sql.text(hash).push(" WHERE email = ").text(email);
    assert_eq!(sql.execute(&mut *tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

async fn a_password_is_right_in_any_form_of_its_letters(shop: TestShop) {
    for (n, (chosen, typed)) in [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)]
        .into_iter()
        .enumerate()
    {
        let email = format!("kim{n}@example.com");
        make(&shop, &email, chosen).await.unwrap();
        assert!(opens(&shop, &email, chosen).await);
        assert!(opens(&shop, &email, typed).await);
        // Blanks that keyboards make of their own.
        let blanks = typed.replace(' ', "\u{a0}");
        assert!(opens(&shop, &email, &blanks).await);
        for other in ["passwo\u{308}rd am Kai", &typed.to_uppercase()] {
            assert!(!opens(&shop, &email, other).await, "{other}");
        }
    }
}

async fn a_hash_of_another_form_works_once_more_and_is_replaced(shop: TestShop) {
    let kim = make(&shop, KIM, PASSWORD).await.unwrap();
    let open = shop.session_of(&kim).await;
    let old = password_auth::generate_hash(DECOMPOSED);
    store_hash(&shop, KIM, &old).await;
    assert!(!opens(&shop, KIM, COMPOSED).await, "it was typed otherwise");
    assert_eq!(hash_of(&shop, KIM).await, old);
    assert!(opens(&shop, KIM, DECOMPOSED).await);
    assert_ne!(
        hash_of(&shop, KIM).await,
        old,
        "it is brought into the one form"
    );
    for typed in [COMPOSED, DECOMPOSED] {
        assert!(opens(&shop, KIM, typed).await);
    }
    assert!(who(&shop, &open).await.is_some(), "nothing ends by that");
    // Also where someone who is signed in enters it.
    store_hash(&shop, KIM, &old).await;
    let own = &shop.shop().own_account;
    let new = "seven lanterns in the harbour";
    own.change_password(&kim, DECOMPOSED, new).await.unwrap();
    assert!(opens(&shop, KIM, new).await);
}

async fn length_is_counted_in_characters(shop: TestShop) {
    let message = async |password: &str| {
        let refused = make(&shop, KIM, password).await.unwrap_err();
        assert_eq!(refused.fields.len(), 1, "{refused:?}");
        assert_eq!(refused.fields[0].field, "password");
        refused.fields[0].message.clone()
    };
    let least = "Use at least 10 characters.";
    // Nine letters of four bytes, and nine with a dot each.
    for short in ["kurz", &"\u{1f30a}".repeat(9), &"e\u{307}".repeat(9)] {
        assert_eq!(message(short).await, least, "{short}");
    }
    let most = "Use at most 256 characters.";
    for long in ["x".repeat(MAX_PASSWORD + 1), "\u{308}".repeat(5000)] {
        assert_eq!(message(&long).await, most);
    }
    for control in ["lanterns\tin the harbour", "lanterns\nin the harbour"] {
        let words = message(control).await;
        assert!(words.contains("letters, digits"), "{words}");
    }
    // Signs of three bytes, none next to another.
    let signs = (0..MAX_PASSWORD as u32).filter_map(|n| char::from_u32(0x4e00 + 37 * n));
    let longest: String = signs.collect();
    assert_eq!(longest.chars().count(), MAX_PASSWORD);
    make(&shop, KIM, &longest).await.unwrap();
    assert!(opens(&shop, KIM, &longest).await);
}

async fn what_anybody_would_try_first_is_refused_wherever_one_is_chosen(shop: TestShop) {
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    let kim = make(&shop, KIM, PASSWORD).await.unwrap();
    let weak = |error: ShopError, field: &str| {
        assert_eq!(error.fields.len(), 1, "{error:?}");
        assert_eq!(error.fields[0].field, field);
        let message = &error.fields[0].message;
        assert!(message.starts_with("This is easy to guess: "), "{message}");
    };
    for password in [
        "1234567890",
        "qwertyuiop",
        "password12",
        "aaaaaaaaaa",
        "holdfast12",
        "lou.marsh@example.com",
    ] {
        weak(
            make(&shop, "lou.marsh@example.com", password)
                .await
                .unwrap_err(),
            "password",
        );
    }

    let token = store::new_setup_token(shop.db(), shop.now()).await.unwrap();
    weak(
        accounts
            .set_up(&token, ADMIN, "password12")
            .await
            .unwrap_err(),
        "password",
    );
    accounts.set_up(&token, ADMIN, PASSWORD).await.unwrap();

    accounts
        .ask_sign_up("client", "mo.reed@example.com")
        .await
        .unwrap();
    let token = post.the_mail().await.link("/account/sign-up/");
    // Known of the person is also what they have just told us.
    let named = accounts
        .sign_up(&token, "Morgana Reed", "morgana reed")
        .await;
    weak(named.unwrap_err(), "password");
    accounts
        .sign_up(&token, "Morgana Reed", PASSWORD)
        .await
        .unwrap();

    accounts.ask_reset("client", KIM).await.unwrap();
    let token = post.the_mail().await.link("/account/reset/");
    weak(
        accounts
            .reset("client", &token, "kim.larch1")
            .await
            .unwrap_err(),
        "password",
    );

    let own = &shop.shop().own_account;
    let changed = own.change_password(&kim, PASSWORD, "kimlarchkim").await;
    weak(changed.unwrap_err(), "new_password");

    let admin = store::by_email(shop.db(), ADMIN).await.unwrap().unwrap().0;
    let staff = &shop.shop().staff;
    staff
        .invite(&admin, "new@shop.test", Role::Staff)
        .await
        .unwrap();
    let token = post.the_mail().await.link("/admin/invitation/");
    weak(
        staff.accept(&token, "", "holdfast99").await.unwrap_err(),
        "password",
    );
    opened(staff.accept(&token, "", PASSWORD).await.unwrap());
}

async fn who_has_a_weak_password_still_signs_in(shop: TestShop) {
    make(&shop, KIM, PASSWORD).await.unwrap();
    store_hash(&shop, KIM, &password_auth::generate_hash("1234567890")).await;
    assert!(opens(&shop, KIM, "1234567890").await);
}
