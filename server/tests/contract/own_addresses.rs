//! What an account has of its own: the address book and sessions, which nobody else sees.

use app::{
    account::{ports::AddressRole, types::MAX_ADDRESSES},
    contact::Contact,
    error::ErrorKind,
    identity::Role,
};

use super::{
    accounts::{sign_in, who},
    own_accounts::{KIM, LOU, customer, is_not_found},
};
use crate::support::{PASSWORD, TestShop, contact, on_both_databases};

on_both_databases!(
    an_address_book_has_one_default,
    other_peoples_addresses_and_sessions_are_not_there,
);

fn at(street: &str) -> Contact {
    Contact {
        address_line1: street.to_owned(),
        ..contact()
    }
}

async fn an_address_book_has_one_default(shop: TestShop) {
    let kim = customer(&shop, KIM).await;
    let own = &shop.shop().own_account;
    let streets = || async {
        let all = own.addresses(&kim).await.unwrap();
        assert_eq!(all.iter().filter(|address| address.is_default).count(), 1);
        assert!(all[0].is_default, "the default comes first");
        let streets = all.into_iter().map(|address| address.contact.address_line1);
        streets.collect::<Vec<_>>()
    };
    let mut save = Vec::new();
    for street in ["Quay 1", "Quay 2", "Quay 3"] {
        shop.clock.advance(1);
        save.push(
            own.save_address(&kim, None, at(street), AddressRole::Unchanged)
                .await
                .unwrap(),
        );
    }
    assert_eq!(streets().await, ["Quay 1", "Quay 3", "Quay 2"]);
    let third = Some(save[2].as_str());
    own.save_address(&kim, third, at("Quay 33"), AddressRole::Default)
        .await
        .unwrap();
    assert_eq!(streets().await, ["Quay 33", "Quay 2", "Quay 1"]);
    own.delete_address(&kim, &save[2]).await.unwrap();
    assert_eq!(streets().await, ["Quay 2", "Quay 1"]);

    let wrong = Contact::default();
    let wrong = own
        .save_address(&kim, None, wrong, AddressRole::Default)
        .await
        .unwrap_err();
    assert_eq!(wrong.fields.len(), 5, "{wrong:?}");
    for _ in 2..MAX_ADDRESSES {
        own.save_address(&kim, None, at("Quay 4"), AddressRole::Unchanged)
            .await
            .unwrap();
    }
    let full = own
        .save_address(&kim, None, at("Quay 5"), AddressRole::Unchanged)
        .await;
    assert_eq!(full.unwrap_err().kind, ErrorKind::Invalid);
}

async fn other_peoples_addresses_and_sessions_are_not_there(shop: TestShop) {
    let (kim, lou) = (customer(&shop, KIM).await, customer(&shop, LOU).await);
    let own = &shop.shop().own_account;
    let id = own
        .save_address(&kim, None, contact(), AddressRole::Default)
        .await
        .unwrap();
    assert!(is_not_found(own.address(&lou, &id).await));
    let change = own.save_address(&lou, Some(&id), at("Elsewhere 1"), AddressRole::Default);
    assert!(is_not_found(change.await));
    assert!(is_not_found(own.delete_address(&lou, &id).await));
    assert_eq!(
        own.address(&kim, &id).await.unwrap().contact.address_line1,
        "Quay 7"
    );

    let (one, two) = (sign_in(&shop, KIM).await, sign_in(&shop, KIM).await);
    let theirs = own.sessions(&kim, &one).await.unwrap();
    assert_eq!(theirs.len(), 2);
    assert_eq!(theirs.iter().filter(|session| session.is_this).count(), 1);
    let other = theirs.iter().find(|session| !session.is_this).unwrap();
    assert_ne!(other.id, two, "what names a session does not open it");
    assert_eq!(who(&shop, &other.id).await, None);
    assert!(is_not_found(
        own.end_session(&lou, &other.id, PASSWORD).await
    ));
    let guessed = own.end_session(&kim, &other.id, "not this one").await;
    assert_eq!(guessed.unwrap_err().fields[0].field, "sessions_password");
    assert_eq!(who(&shop, &two).await, Some(Role::Customer));
    own.end_session(&kim, &other.id, PASSWORD).await.unwrap();
    assert_eq!(who(&shop, &two).await, None);
    assert_eq!(who(&shop, &one).await, Some(Role::Customer));

    let three = sign_in(&shop, KIM).await;
    let guessed = own.end_other_sessions(&kim, &three, "").await;
    assert_eq!(guessed.unwrap_err().fields[0].field, "sessions_password");
    assert_eq!(who(&shop, &one).await, Some(Role::Customer));
    own.end_other_sessions(&kim, &three, PASSWORD)
        .await
        .unwrap();
    assert_eq!(who(&shop, &one).await, None);
    assert_eq!(who(&shop, &three).await, Some(Role::Customer));
}
