//! What is known of customers who have not told it in this checkout.

use crate::{account::ports::OwnAccount, contact::Contact, identity::Account};

/// What the account of a signed-in shopper knows of them: its default address.
pub async fn known(own_account: &dyn OwnAccount, account: Option<Account>) -> Option<Contact> {
    let account = account?;
    // Typing it is always possible, so that it cannot be read is no reason to stop.
    let addresses = own_account.addresses(&account).await;
    let default = addresses.ok().and_then(|all| all.into_iter().next());
    let contact = match default {
        Some(address) => address.contact,
        None => Contact {
            name: account.name,
            ..Contact::default()
        },
    };
    Some(Contact {
        email: account.email,
        ..contact
    })
}
