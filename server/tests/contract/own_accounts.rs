//! Accounts of shoppers: mailed links, passwords, and the end of it all.

use app::{
    account::{ports::AddressRole, types::MailedLink},
    contact::Contact,
    error::{ErrorKind, ShopResult},
    identity::{Account, Role},
    locale::{Languages, Locale},
    visitor::Visitor,
};
use server::{account::store, ids::new_id};

use super::accounts::{sign_in, who};
use crate::support::{
    ADMIN, DAY, Goods, HOUR, PASSWORD, Post, TestShop, cash, contact, on_both_databases, opened,
};

on_both_databases!(
    a_mailed_link_makes_a_proven_account_once,
    every_spelling_of_an_address_is_one_account,
    an_address_that_mail_may_not_reach_is_told_at_its_field,
    nothing_but_the_mailbox_tells_whether_there_is_an_account,
    a_mailbox_is_not_flooded,
    strangers_who_ask_keep_nobody_from_confirming_an_address,
    only_the_account_that_asked_confirms_an_address,
    an_account_moves_to_another_address,
    links_are_good_for_one_purpose_and_stored_as_hashes,
    an_account_has_the_language_it_began_with_until_it_chooses_another,
    a_closed_account_leaves_its_orders_only,
    the_only_admin_stays,
);

pub const KIM: &str = "kim@example.com";
pub const LOU: &str = "lou@example.com";
pub const NEW_PASSWORD: &str = "another long one";

pub async fn customer(shop: &TestShop, email: &str) -> Account {
    shop.account(email, Role::Customer).await
}

pub async fn ask_reset(shop: &TestShop, post: &Post, email: &str) -> String {
    let accounts = &shop.shop().accounts;
    accounts.ask_reset(&new_id(), email).await.unwrap();
    post.the_mail().await.link("/account/reset/")
}

pub fn is_not_found<T: std::fmt::Debug>(result: ShopResult<T>) -> bool {
    result.unwrap_err().kind == ErrorKind::NotFound
}

async fn a_mailed_link_makes_a_proven_account_once(shop: TestShop) {
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    accounts
        .ask_sign_up("client", " Kim@Example.com ")
        .await
        .unwrap();
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), KIM);
    let token = mail.link("/account/sign-up/");
    let to = accounts.mailed_to(MailedLink::SignUp, &token).await;
    assert_eq!(to.unwrap(), KIM);

    let refused = accounts.sign_up(&token, &"x".repeat(101), "short").await;
    let fields = refused.unwrap_err().fields;
    assert_eq!(fields.len(), 2, "a refusal does not use it up");
    let (session, account) = accounts
        .sign_up(&token, " Kim Larch ", PASSWORD)
        .await
        .unwrap();
    assert_eq!(
        (account.email.as_str(), account.name.as_str()),
        (KIM, "Kim Larch")
    );
    assert_eq!(account.role, Role::Customer);
    assert_eq!(who(&shop, &session).await, Some(Role::Customer));
    let profile = shop.shop().own_account.profile(&account).await.unwrap();
    assert!(profile.is_verified);
    assert_eq!(profile.name, "Kim Larch");
    assert!(is_not_found(accounts.sign_up(&token, "", PASSWORD).await));
    assert!(is_not_found(
        accounts.mailed_to(MailedLink::SignUp, &token).await
    ));
    sign_in(&shop, KIM).await;
}

async fn every_spelling_of_an_address_is_one_account(shop: TestShop) {
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    accounts
        .ask_sign_up("client", "Kim@EXA\u{308}MPLE.de")
        .await
        .unwrap();
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), "kim@xn--exmple-cua.de");
    let token = mail.link("/account/sign-up/");
    let (_, account) = accounts.sign_up(&token, "Kim", PASSWORD).await.unwrap();
    assert_eq!(account.email, "kim@exämple.de");
    for typed in [
        "kim@exämple.de",
        "KIM@EXÄMPLE.DE",
        "kim@exa\u{308}mple.de",
        "kim@xn--exmple-cua.de",
    ] {
        let signed_in = accounts.sign_in(&new_id(), typed, PASSWORD).await;
        let (_, found) = opened(signed_in.unwrap());
        assert_eq!(found.id, account.id, "{typed}");
        accounts.ask_sign_up(&new_id(), typed).await.unwrap();
        let mail = post.the_mail().await;
        assert_eq!(mail.header("To"), "kim@xn--exmple-cua.de", "{typed}");
        assert!(
            mail.body().contains("You already have an account"),
            "{typed}"
        );
    }
    // Marks are part of the letters of many scripts.
    for typed in ["kim@ต้น.ไทย", "kim@हिन्दी.भारत"] {
        accounts.ask_sign_up(&new_id(), typed).await.unwrap();
        let mail = post.the_mail().await;
        assert!(mail.header("To").starts_with("kim@xn--"), "{mail:#?}");
    }
}

async fn an_address_that_mail_may_not_reach_is_told_at_its_field(shop: TestShop) {
    let accounts = &shop.shop().accounts;
    let refused = accounts
        .ask_sign_up("client", "künstler@example.com")
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "email");
    assert!(refused.fields[0].message.contains("before the @"));
    let rope = shop.stock(Goods::named("Rope")).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let contact = Contact {
        email: "künstler@example.com".to_owned(),
        ..contact()
    };
    let refused = shop
        .shop()
        .checkout
        .save_contact(Some(&cart), contact)
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "email");
    assert!(shop.post().deliver().await.is_empty());
}

async fn nothing_but_the_mailbox_tells_whether_there_is_an_account(shop: TestShop) {
    customer(&shop, KIM).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    accounts.ask_sign_up("client", KIM).await.unwrap();
    let mail = post.the_mail().await;
    assert!(mail.body().contains("You already have an account"));
    assert!(!mail.body().contains("/account/sign-up/"));

    accounts.ask_reset("client", LOU).await.unwrap();
    assert!(
        post.deliver().await.is_empty(),
        "a stranger is not written to"
    );
    for wrong in ["", "kim", "a@b", "kim@example.com, lou@example.com"] {
        let one = accounts.ask_sign_up("client", wrong).await.unwrap_err();
        let other = accounts.ask_reset("client", wrong).await.unwrap_err();
        assert_eq!(one, other);
        assert_eq!(one.fields[0].field, "email");
    }
}

async fn a_mailbox_is_not_flooded(shop: TestShop) {
    customer(&shop, KIM).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    for _ in 0..8 {
        accounts.ask_reset(&new_id(), KIM).await.unwrap();
        accounts.ask_sign_up(&new_id(), LOU).await.unwrap();
        // There is an account with this address, and a note that says so.
        accounts.ask_sign_up(&new_id(), KIM).await.unwrap();
    }
    let sent = post.deliver().await;
    let to = |email: &str, words: &str| {
        sent.iter()
            .filter(|mail| mail.header("To") == email && mail.body().contains(words))
            .count()
    };
    assert_eq!(to(KIM, "Choose a new password"), 5);
    assert_eq!(to(LOU, "Finish creating your account"), 5);
    assert_eq!(to(KIM, "You already have an account"), 5);
    assert_eq!(sent.len(), 15);
    // The owner has good links, no matter who asked for them, and can ask for more later.
    let token = sent
        .iter()
        .find(|mail| mail.body().contains("Choose a new password"))
        .unwrap()
        .link("/account/reset/");
    accounts.mailed_to(MailedLink::Reset, &token).await.unwrap();
    shop.clock.advance(HOUR);
    ask_reset(&shop, &post, KIM).await;
}

/// Someone asks for links that make the customer's address theirs: these prove nothing to the
/// customer, and must not use up what the customer asks for.
async fn strangers_who_ask_keep_nobody_from_confirming_an_address(shop: TestShop) {
    let (own, post) = (&shop.shop().own_account, shop.post());
    let mut strangers = Vec::new();
    for n in 0..4 {
        strangers.push(customer(&shop, &format!("stranger{n}@example.com")).await);
    }
    // Limits per minute are another matter: each of these nodes counts again.
    for stranger in &strangers {
        for _ in 0..7 {
            let node = shop.second_node();
            let asked = node.shop().own_account.ask_email(stranger, PASSWORD, KIM);
            asked.await.unwrap();
        }
    }
    let flood = post.deliver().await.len();
    assert!(flood <= 16, "the mailbox is not flooded: {flood}");
    let kim = customer(&shop, KIM).await;
    own.ask_verify(&kim).await.unwrap();
    let token = post.the_mail().await.link("/account/verify/");
    shop.shop().accounts.verify(&kim, &token).await.unwrap();
    assert!(own.profile(&kim).await.unwrap().is_verified);
}

async fn only_the_account_that_asked_confirms_an_address(shop: TestShop) {
    let (kim, lou) = (customer(&shop, KIM).await, customer(&shop, LOU).await);
    let (accounts, own, post) = (&shop.shop().accounts, &shop.shop().own_account, shop.post());
    own.ask_verify(&kim).await.unwrap();
    let token = post.the_mail().await.link("/account/verify/");
    assert!(is_not_found(accounts.verify(&lou, &token).await));
    assert!(!own.profile(&kim).await.unwrap().is_verified);
    accounts.verify(&kim, &token).await.unwrap();
    assert!(own.profile(&kim).await.unwrap().is_verified);
    assert!(is_not_found(accounts.verify(&kim, &token).await));

    // Someone else's address is not even written to.
    own.ask_email(&lou, PASSWORD, KIM).await.unwrap();
    assert!(post.deliver().await.is_empty());
}

async fn an_account_moves_to_another_address(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let (accounts, own, post) = (&shop.shop().accounts, &shop.shop().own_account, shop.post());
    let wrong = own.ask_email(&kim, "not this one", LOU).await.unwrap_err();
    assert_eq!(wrong.fields[0].field, "email_password");
    own.ask_email(&kim, PASSWORD, LOU).await.unwrap();
    let mail = post.the_mail().await;
    assert_eq!(mail.header("To"), LOU);
    assert_eq!(
        own.profile(&kim).await.unwrap().email,
        KIM,
        "not before it is confirmed"
    );
    accounts
        .verify(&kim, &mail.link("/account/verify/"))
        .await
        .unwrap();
    let profile = own.profile(&kim).await.unwrap();
    assert_eq!((profile.email.as_str(), profile.is_verified), (LOU, true));
    let told = post.the_mail().await;
    assert_eq!(told.header("To"), KIM);
    accounts.sign_in("client", KIM, PASSWORD).await.unwrap_err();
    accounts.sign_in("client", LOU, PASSWORD).await.unwrap();
}

async fn links_are_good_for_one_purpose_and_stored_as_hashes(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let (accounts, post) = (&shop.shop().accounts, shop.post());
    let reset = ask_reset(&shop, &post, KIM).await;
    assert!(is_not_found(accounts.sign_up(&reset, "", PASSWORD).await));
    assert!(is_not_found(accounts.verify(&kim, &reset).await));
    for (table, column) in [("mail_links", "token_hash"), ("mails", "about")] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE {column} LIKE '%{reset}%'");
        assert_eq!(shop.number(&sql).await, 0, "{table}");
    }
    accounts.mailed_to(MailedLink::Reset, &reset).await.unwrap();
    shop.clock.advance(DAY);
    server::account::store::drop_expired(shop.db(), shop.now())
        .await
        .unwrap();
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM mail_links").await, 0);
}

async fn an_account_has_the_language_it_began_with_until_it_chooses_another(shop: TestShop) {
    let shop = shop.speaking("en,de");
    let kim = customer(&shop, KIM).await;
    let of_kim = || async { store::language(shop.db(), &kim.id).await.unwrap() };
    assert_eq!(of_kim().await, None);
    let accounts = &shop.shop().accounts;
    for locale in [Locale::De, Locale::En] {
        let languages = Languages::parse("en,de").unwrap();
        let visitor = Visitor {
            language: languages.of_account(Some(locale)),
            ..Visitor::default()
        };
        let session = sign_in(&shop, KIM).await;
        let done = accounts.complete_sign_in(&visitor, &session, &kim).await;
        done.unwrap();
        assert_eq!(of_kim().await, Some(Locale::De), "the first page's");
        let found = store::session(shop.db(), shop.now(), &session).await;
        assert_eq!(found.unwrap().unwrap().language, Some(Locale::De));
    }
    let own = &shop.shop().own_account;
    own.choose_language(&kim, "en").await.unwrap();
    assert_eq!(of_kim().await, Some(Locale::En));
    for wrong in ["", "fr", "DE", "de-AT"] {
        let refused = own.choose_language(&kim, wrong).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "language", "{wrong:?}");
    }
    let english = shop.speaking("en");
    let own = &english.shop().own_account;
    let refused = own.choose_language(&kim, "de").await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    assert_eq!(
        of_kim().await,
        Some(Locale::En),
        "a refusal changes nothing"
    );
    assert_eq!(store::language(shop.db(), &new_id()).await.unwrap(), None);
}

async fn a_closed_account_leaves_its_orders_only(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let own = &shop.shop().own_account;
    own.save_address(&kim, None, contact(), AddressRole::Default)
        .await
        .unwrap();
    let session = sign_in(&shop, KIM).await;
    let cart = server::cart::token::of_account(&kim.id);
    let add = || {
        shop.shop().cart.add(
            Some(&cart),
            app::cart::ports::CartItem::Variant(rope.variant().to_owned()),
            1,
        )
    };
    add().await.unwrap();
    let placed = shop
        .place(&cart, crate::support::order(cash(), 4900))
        .await
        .unwrap();
    add().await.unwrap();

    let wrong = own.close(&kim, "not this one").await.unwrap_err();
    assert_eq!(wrong.fields[0].field, "close_password");
    own.close(&kim, PASSWORD).await.unwrap();
    assert_eq!(who(&shop, &session).await, None);
    for table in [
        "accounts",
        "sessions",
        "account_addresses",
        "carts",
        "cart_lines",
        "mail_links",
    ] {
        let left = shop
            .number(&format!("SELECT COUNT(*) AS n FROM {table}"))
            .await;
        assert_eq!(left, 0, "{table}");
    }
    assert_eq!(shop.order(&placed).await.number, placed.order_number);
    // Mails that were on their way to the account have nobody to go to; the order's still does.
    assert_eq!(shop.post().deliver().await.len(), 1);
}

async fn the_only_admin_stays(shop: TestShop) {
    let admin = shop.admin().await;
    let own = &shop.shop().own_account;
    let refused = own.close(&admin, PASSWORD).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    shop.account("second@shop.test", Role::Admin).await;
    own.close(&admin, PASSWORD).await.unwrap();
    shop.shop()
        .accounts
        .sign_in("client", ADMIN, PASSWORD)
        .await
        .unwrap_err();
}
