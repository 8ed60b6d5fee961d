//! Roles are given to mailboxes that answer, and never taken from the last admin.

use app::{
    error::ErrorKind,
    identity::{Account, Role},
};

use crate::support::{ADMIN, HOUR, PASSWORD, STAFF, TestShop, on_both_databases, opened};

on_both_databases!(
    an_invited_person_chooses_a_password_and_has_the_role,
    an_account_that_is_there_gets_the_role_only_with_its_password,
    an_invitation_works_once_and_for_three_days_and_can_be_withdrawn,
    a_second_invitation_voids_the_first,
    nobody_changes_their_own_role_or_that_of_the_last_admin,
    of_two_admins_who_demote_each_other_one_stays,
    a_changed_role_ends_the_sessions_and_the_invitations,
);

const NEW: &str = "new@shop.test";

/// Invites and returns what is in the mailed link.
async fn invited(shop: &TestShop, admin: &Account, email: &str, role: Role) -> String {
    shop.shop().staff.invite(admin, email, role).await.unwrap();
    let mail = shop.post().the_mail().await;
    let address = email.trim().to_lowercase();
    assert!(mail.header("To").contains(&address), "{mail:?}");
    mail.link("/admin/invitation/")
}

fn roles(shop: &TestShop) -> impl Future<Output = Vec<(String, Role)>> {
    let staff = shop.shop().staff.clone();
    async move {
        let members = staff.list().await.unwrap().members;
        members.into_iter().map(|m| (m.email, m.role)).collect()
    }
}

async fn an_invited_person_chooses_a_password_and_has_the_role(shop: TestShop) {
    let admin = shop.admin().await;
    let staff = &shop.shop().staff;
    let token = invited(&shop, &admin, " New@Shop.test ", Role::Staff).await;
    let offer = staff.offer(&token).await.unwrap();
    assert_eq!((offer.email.as_str(), offer.role), (NEW, Role::Staff));
    assert!(!offer.has_account);
    let refused = staff.accept(&token, "Kim", "short").await.unwrap_err();
    assert_eq!(refused.fields[0].field, "password");
    let joined = staff.accept(&token, "Kim", PASSWORD).await;
    let (session, account) = opened(joined.unwrap());
    assert_eq!((account.role, account.name.as_str()), (Role::Staff, "Kim"));
    let now = server::account::store::session(shop.db(), shop.now(), &session).await;
    assert_eq!(now.unwrap().unwrap().account, account);
    let expected = [
        (ADMIN.to_owned(), Role::Admin),
        (NEW.to_owned(), Role::Staff),
    ];
    assert_eq!(roles(&shop).await, expected);
    assert!(staff.list().await.unwrap().invitations.is_empty());
}

async fn an_account_that_is_there_gets_the_role_only_with_its_password(shop: TestShop) {
    let admin = shop.admin().await;
    let shopper = shop.account(NEW, Role::Customer).await;
    let staff = &shop.shop().staff;
    let open = shop.session_of(&shopper).await;
    let token = invited(&shop, &admin, NEW, Role::Admin).await;
    assert!(staff.offer(&token).await.unwrap().has_account);
    let refused = staff.accept(&token, "", "not the password").await;
    assert_eq!(refused.unwrap_err().fields[0].field, "password");
    assert_eq!(
        roles(&shop).await.len(),
        1,
        "an invitation alone gives nothing"
    );
    let joined = staff.accept(&token, "", PASSWORD).await;
    let (_, account) = opened(joined.unwrap());
    assert_eq!((account.id, account.role), (shopper.id, Role::Admin));
    let before = server::account::store::session(shop.db(), shop.now(), &open);
    assert_eq!(
        before.await.unwrap(),
        None,
        "the shopper's session is no admin's"
    );
}

async fn an_invitation_works_once_and_for_three_days_and_can_be_withdrawn(shop: TestShop) {
    let admin = shop.admin().await;
    let staff = &shop.shop().staff;
    let token = invited(&shop, &admin, NEW, Role::Staff).await;
    shop.clock.advance(72 * HOUR);
    let late = staff.accept(&token, "", PASSWORD).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::NotFound);
    let token = invited(&shop, &admin, NEW, Role::Staff).await;
    let id = staff.list().await.unwrap().invitations[0].id.clone();
    staff.withdraw(&admin, &id).await.unwrap();
    let again = staff.withdraw(&admin, &id).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::NotFound);
    let void = staff.accept(&token, "", PASSWORD).await.unwrap_err();
    assert_eq!(void.kind, ErrorKind::NotFound);
    let token = invited(&shop, &admin, NEW, Role::Staff).await;
    staff.accept(&token, "", PASSWORD).await.unwrap();
    let twice = staff.accept(&token, "", PASSWORD).await.unwrap_err();
    assert_eq!(twice.kind, ErrorKind::NotFound);
    for token in ["", "x", "'; DROP TABLE accounts; --"] {
        assert_eq!(
            staff.offer(token).await.unwrap_err().kind,
            ErrorKind::NotFound
        );
    }
}

async fn a_second_invitation_voids_the_first(shop: TestShop) {
    let admin = shop.admin().await;
    let staff = &shop.shop().staff;
    let first = invited(&shop, &admin, NEW, Role::Admin).await;
    let second = invited(&shop, &admin, NEW, Role::Staff).await;
    let void = staff.offer(&first).await.unwrap_err();
    assert_eq!(void.kind, ErrorKind::NotFound);
    assert_eq!(staff.offer(&second).await.unwrap().role, Role::Staff);
    for (email, role) in [
        ("nobody", Role::Staff),
        (NEW, Role::Customer),
        (ADMIN, Role::Staff),
    ] {
        let refused = staff.invite(&admin, email, role).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid, "{email}");
    }
}

async fn nobody_changes_their_own_role_or_that_of_the_last_admin(shop: TestShop) {
    let (admin, member) = (shop.admin().await, shop.account(STAFF, Role::Staff).await);
    let staff = &shop.shop().staff;
    for role in [Role::Customer, Role::Staff, Role::Admin] {
        let refused = staff.set_role(&admin, &admin.id, role).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Conflict);
    }
    // Someone whose own role was taken away since the page was opened.
    let refused = staff.set_role(&member, &admin.id, Role::Customer).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    let shopper = shop.account("kim@example.com", Role::Customer).await;
    let refused = staff.set_role(&admin, &shopper.id, Role::Staff).await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    staff
        .set_role(&admin, &member.id, Role::Customer)
        .await
        .unwrap();
    assert_eq!(roles(&shop).await, [(ADMIN.to_owned(), Role::Admin)]);
}

async fn of_two_admins_who_demote_each_other_one_stays(shop: TestShop) {
    let one = shop.admin().await;
    let two = shop.account("two@shop.test", Role::Admin).await;
    let calls = [(one.clone(), two.clone()), (two, one)].map(|(actor, target)| {
        let node = shop.second_node();
        tokio::spawn(async move {
            let staff = &node.shop().staff;
            staff.set_role(&actor, &target.id, Role::Staff).await
        })
    });
    let mut done = 0;
    for call in calls {
        done += usize::from(call.await.unwrap().is_ok());
    }
    assert_eq!(done, 1);
    let admins = roles(&shop).await;
    assert_eq!(
        admins
            .iter()
            .filter(|(_, role)| *role == Role::Admin)
            .count(),
        1
    );
}

async fn a_changed_role_ends_the_sessions_and_the_invitations(shop: TestShop) {
    let admin = shop.admin().await;
    let other = shop.account("two@shop.test", Role::Admin).await;
    let staff = &shop.shop().staff;
    let open = shop.session_of(&other).await;
    let token = invited(&shop, &other, NEW, Role::Admin).await;
    staff
        .set_role(&admin, &other.id, Role::Staff)
        .await
        .unwrap();
    let session = server::account::store::session(shop.db(), shop.now(), &open);
    assert_eq!(session.await.unwrap(), None);
    let void = staff.offer(&token).await.unwrap_err();
    assert_eq!(void.kind, ErrorKind::NotFound);
    let told = shop
        .number("SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'staff.role'")
        .await;
    assert_eq!(told, 1);
}
