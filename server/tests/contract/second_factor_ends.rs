//! How a second factor ends: taken away, turned off, forgotten, gone with its account.

use app::{
    account::second_factor::ports::FactorState, error::ErrorKind, identity::Role, visitor::Proof,
};
use server::{account::second_factor::reset_by_command, ids::new_id};

use super::{
    accounts::{sign_in, who},
    second_factor::{KIM, enter, entries, proof},
};
use crate::support::{ADMIN, DAY, MINUTE, PASSWORD, STAFF, TestShop, on_both_databases, pending};

on_both_databases!(
    an_invitation_is_no_way_around_it,
    another_admin_takes_it_away_and_nobody_their_own,
    the_command_line_takes_it_away,
    it_can_be_switched_off_and_set_up_again,
    what_was_begun_and_not_finished_is_forgotten,
    nothing_of_it_outlives_the_account,
    secrets_and_codes_are_told_to_nobody_else,
);

async fn an_invitation_is_no_way_around_it(shop: TestShop) {
    let admin = shop.admin().await;
    let kim = shop.account(KIM, Role::Customer).await;
    let session = shop.session_of(&kim).await;
    let (secret, _) = shop.switch_on(&kim, &session).await;
    let (staff, post) = (&shop.shop().staff, shop.post());
    post.deliver().await;
    staff.invite(&admin, KIM, Role::Staff).await.unwrap();
    let link = post.the_mail().await.link("/admin/invitation/");
    let token = pending(staff.accept(&link, "", PASSWORD).await.unwrap());
    let port = &shop.shop().second_factors;
    let code = shop.next_code(&secret);
    let (_, account) = port.finish_sign_in("home", &token, &code).await.unwrap();
    assert_eq!(account.role, Role::Staff);
}

async fn another_admin_takes_it_away_and_nobody_their_own(shop: TestShop) {
    let admin = shop.admin().await;
    let other = shop.account("other@shop.test", Role::Admin).await;
    let kim = shop.account(KIM, Role::Customer).await;
    let (staff, post) = (&shop.shop().staff, shop.post());
    let none = staff.reset_second_factor(&admin, &other.id).await;
    assert_eq!(none.unwrap_err().kind, ErrorKind::Conflict, "there is none");
    for (account, role) in [(&other, Role::Admin), (&kim, Role::Customer)] {
        let session = shop.session_of(account).await;
        shop.switch_on(account, &session).await;
        post.deliver().await;
        let reset = staff.reset_second_factor(&admin, &account.id).await;
        assert_eq!(reset.unwrap(), role);
        assert_eq!(who(&shop, &session).await, None, "signed out everywhere");
        let told = post.the_mail().await;
        assert_eq!(told.header("To"), account.email);
        assert!(told.body().contains("Your second factor was reset"));
        let port = &shop.shop().second_factors;
        assert_eq!(port.state(account).await.unwrap(), FactorState::Off);
        sign_in(&shop, &account.email).await;
    }
    assert_eq!(entries(&shop, "factor.reset").await, 2);
    let session = shop.session_of(&admin).await;
    shop.switch_on(&admin, &session).await;
    let own = staff.reset_second_factor(&admin, &admin.id).await;
    assert_eq!(own.unwrap_err().kind, ErrorKind::Conflict);
    // Who is no admin any more has no say.
    staff
        .set_role(&other, &admin.id, Role::Staff)
        .await
        .unwrap();
    let late = staff.reset_second_factor(&admin, &kim.id).await;
    assert_eq!(late.unwrap_err().kind, ErrorKind::NotFound);
    for nobody in ["", "x", &new_id()] {
        let nobody = staff.reset_second_factor(&other, nobody).await;
        assert_eq!(nobody.unwrap_err().kind, ErrorKind::NotFound);
    }
}

async fn the_command_line_takes_it_away(shop: TestShop) {
    let admin = shop.admin().await;
    let reset = |email: &'static str| reset_by_command(shop.db(), &*shop.clock, email);
    assert_eq!(reset(ADMIN).await.unwrap_err().kind, ErrorKind::Conflict);
    let nobody = reset("nobody@shop.test").await;
    assert_eq!(nobody.unwrap_err().kind, ErrorKind::NotFound);
    let session = shop.session_of(&admin).await;
    shop.switch_on(&admin, &session).await;
    assert_eq!(reset(" Admin@Shop.test ").await.unwrap(), admin);
    assert_eq!(who(&shop, &session).await, None);
    sign_in(&shop, ADMIN).await;
    let by_it = shop
        .number(
            "SELECT COUNT(*) AS n FROM audit_entries \
             WHERE action = 'factor.reset' AND actor = 'command line'",
        )
        .await;
    assert_eq!(by_it, 1);
}

async fn it_can_be_switched_off_and_set_up_again(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let session = shop.session_of(&staff).await;
    let port = &shop.shop().second_factors;
    let none = port.switch_off(&staff).await.unwrap_err();
    assert_eq!(none.kind, ErrorKind::Conflict);
    let (first, codes) = shop.switch_on(&staff, &session).await;
    port.switch_off(&staff).await.unwrap();
    assert_eq!(port.state(&staff).await.unwrap(), FactorState::Off);
    assert_eq!(proof(&shop, &session).await, Proof::Password);
    sign_in(&shop, STAFF).await;
    shop.clock.advance(MINUTE);
    let session = shop.session_of(&staff).await;
    let (second, _) = shop.switch_on(&staff, &session).await;
    let old = shop.next_code(&first);
    assert_eq!(enter(&shop, STAFF, &old).await, Err(ErrorKind::Invalid));
    let void = enter(&shop, STAFF, &codes.codes[0]).await;
    assert_eq!(void, Err(ErrorKind::Invalid));
    enter(&shop, STAFF, &shop.next_code(&second)).await.unwrap();
    assert_eq!(entries(&shop, "factor.off").await, 1);
    assert_eq!(entries(&shop, "factor.on").await, 2);
}

async fn what_was_begun_and_not_finished_is_forgotten(shop: TestShop) {
    let kim = shop.account(KIM, Role::Customer).await;
    let lou = shop.account("lou@example.com", Role::Customer).await;
    let session = shop.session_of(&lou).await;
    shop.switch_on(&lou, &session).await;
    let port = &shop.shop().second_factors;
    port.begin(&kim).await.unwrap();
    let rows = "SELECT COUNT(*) AS n FROM second_factors";
    shop.clock.advance(DAY - 1);
    shop.services.run_maintenance().await;
    assert_eq!(shop.number(rows).await, 2);
    shop.clock.advance(1);
    shop.services.run_maintenance().await;
    assert_eq!(shop.number(rows).await, 1, "what is on stays");
}

async fn nothing_of_it_outlives_the_account(shop: TestShop) {
    let admin = shop.admin().await;
    for (email, erased) in [(KIM, true), ("lou@example.com", false)] {
        let account = shop.account(email, Role::Customer).await;
        let session = shop.session_of(&account).await;
        shop.switch_on(&account, &session).await;
        pending(
            shop.shop()
                .accounts
                .sign_in("x", email, PASSWORD)
                .await
                .unwrap(),
        );
        let export = shop
            .shop()
            .customers
            .export(&admin, &account.id)
            .await
            .unwrap();
        let told: serde_json::Value = serde_json::from_str(&export).unwrap();
        let since = &told["account"]["second_factor_since"];
        assert!(since.is_i64(), "{export}");
        let gone = match erased {
            true => {
                shop.shop()
                    .customers
                    .erase(&admin, &account.id, email)
                    .await
            }
            false => shop.shop().own_account.close(&account, PASSWORD).await,
        };
        gone.unwrap();
        for table in ["second_factors", "recovery_codes", "pending_sign_ins"] {
            let sql = format!("SELECT COUNT(*) AS n FROM {table}");
            assert_eq!(shop.number(&sql).await, 0, "{table}");
        }
    }
}

async fn secrets_and_codes_are_told_to_nobody_else(shop: TestShop) {
    let staff = shop.account(STAFF, Role::Staff).await;
    let admin = shop.admin().await;
    let session = shop.session_of(&staff).await;
    let (secret, made) = shop.switch_on(&staff, &session).await;
    let token = pending(
        shop.shop()
            .accounts
            .sign_in("x", STAFF, PASSWORD)
            .await
            .unwrap(),
    );
    let plain = made.codes[0].replace('-', "");
    for (table, column, told) in [
        ("recovery_codes", "code_hash", plain.as_str()),
        ("recovery_codes", "code_hash", &made.codes[0]),
        ("pending_sign_ins", "token_hash", &token),
        ("audit_entries", "after_json", &secret),
        ("mails", "about", &secret),
    ] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE {column} LIKE '%{told}%'");
        assert_eq!(shop.number(&sql).await, 0, "{table}");
    }
    let export = shop
        .shop()
        .customers
        .export(&admin, &staff.id)
        .await
        .unwrap();
    for told in [&secret, &plain] {
        assert!(!export.contains(told.as_str()));
    }
}
