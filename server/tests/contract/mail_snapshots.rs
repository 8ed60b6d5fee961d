//! Every mail as its reader sees it.

use std::collections::BTreeSet;

use app::{
    checkout::types::{PaymentInput, PlaceOrder},
    drops::types::DropForm,
    identity::{Account, Role},
    locale::{Locale, locale, within},
    orders::types::{Order, Parcel},
    ui::date::Zone,
};
use server::{
    db::{Get, Sql},
    ids::new_id,
    orders::cancel::cancel_unconfirmed,
    outbox::{Afterwards, FactorChange, Mail, Payback, Trouble},
};

use super::mail::{KIM, note};
use crate::support::{
    APPROVES, Goods, HOUR, Redaction, Seen, TestShop, cash, kept_in, order, same_on_both, test_card,
};

/// Of each kind: how many mails of it are looked at. A new kind does not compile until it is here.
const fn looks(mail: &Mail) -> usize {
    match mail {
        Mail::OrderCancelled { .. } => 3,
        Mail::OrderConfirmation { .. } | Mail::OrderShipped { .. } | Mail::SignUp { .. } => 2,
        Mail::OrderRefunded { how, .. } => match how {
            Payback::Sent | Payback::ByHand | Payback::HandedOver => 3,
        },
        Mail::SecondFactor { change, .. } => match change {
            FactorChange::On
            | FactorChange::Off
            | FactorChange::Reset
            | FactorChange::NewCodes
            | FactorChange::CodeUsed { .. } => 7,
        },
        Mail::PaymentTrouble { trouble, .. } => match trouble {
            Trouble::Disputed { .. }
            | Trouble::CameLate
            | Trouble::OtherSum { .. }
            | Trouble::RestByHand { .. } => 7,
            Trouble::RefundFailed { then, .. } => match then {
                Afterwards::PayBack | Afterwards::AwaitBank => 7,
            },
        },
        Mail::OrderToConfirm { .. }
        | Mail::OrderToPay { .. }
        | Mail::PasswordReset { .. }
        | Mail::VerifyAddress { .. }
        | Mail::PasswordChanged { .. }
        | Mail::AddressChanged { .. }
        | Mail::StaffInvitation { .. }
        | Mail::ContactMessage { .. }
        | Mail::DropReminderToConfirm { .. }
        | Mail::DropReminder { .. }
        | Mail::RoomCode { .. }
        | Mail::WaitToConfirm { .. }
        | Mail::BackInStock { .. }
        | Mail::UnitOffered { .. }
        | Mail::TestMail { .. } => 1,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_reads_as_it_was_found_right() {
    let mails = same_on_both(mails).await;
    kept_in("mails").bind(|| {
        for (name, mail) in &mails {
            insta::assert_snapshot!(name.as_str(), mail);
        }
    });
}

/// The same, caused by people who read German; but for the staff's, which are in the shop's own
/// language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_reads_as_it_was_found_right_in_german() {
    let mails = same_on_both(german_mails).await;
    kept_in("mails").bind(|| {
        for (name, mail) in &mails {
            let name = format!("de_{name}");
            insta::assert_snapshot!(name.as_str(), mail);
        }
    });
}

/// Words that hardly a text does without, and that the other language does not have.
const ENGLISH: &[&str] = &[
    "the", "your", "you", "we", "and", "of", "is", "for", "to", "with", "has", "have", "this",
    "it", "if", "from", "been", "by", "be", "or", "total", "payment", "address",
];
const GERMAN: &[&str] = &[
    "der",
    "das",
    "und",
    "ist",
    "sie",
    "ihr",
    "ihre",
    "wir",
    "nicht",
    "mit",
    "auf",
    "ein",
    "eine",
    "haben",
    "wurde",
    "wenn",
    "von",
    "für",
    "bestellung",
    "zahlung",
    "gesamtsumme",
    "adresse",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_mail_is_in_two_languages() {
    let (english, german) = (same_on_both(mails).await, same_on_both(german_mails).await);
    for ((name, english), (of, german)) in english.iter().zip(&german) {
        assert_eq!(name, of);
        if ["contact_message", "staff_invitation"].contains(&name.as_str()) {
            assert_eq!(english, german, "the staff reads what the shop speaks");
            continue;
        }
        for (mail, others) in [(english, GERMAN), (german, ENGLISH)] {
            let shown = words(mail);
            let strange: Vec<_> = others
                .iter()
                .filter(|word| shown.contains(**word))
                .collect();
            assert!(strange.is_empty(), "{strange:?} in {name}: {mail}");
        }
        let sentences: BTreeSet<_> = english.lines().filter(|line| is_said(line)).collect();
        for line in german.lines().filter(|line| is_said(line)) {
            assert!(!sentences.contains(line), "{name}: {line:?}");
        }
        assert!(german.contains("<html lang=\"de\">"), "{name}");
        // Every page of the shop that it leads to is the German one; the admin area's addresses
        // have no language.
        for (at, own) in german.match_indices("http://shop.test") {
            let path = german[at + own.len()..].lines().next().unwrap_or_default();
            let is_german = path.starts_with("/de") || path.starts_with("/admin");
            assert!(is_german, "{name}: {path}");
        }
    }
}

/// What of a mail is said: without its HTML, its addresses and what stands for random values.
fn words(mail: &str) -> BTreeSet<String> {
    let (_, mail) = mail.split_once("Subject: ").expect("a subject");
    let mut shown = String::new();
    let mut in_tag = false;
    for letter in mail.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            letter if !in_tag => shown.push(letter),
            _ => {}
        }
        if in_tag || letter == '>' {
            shown.push(' ');
        }
    }
    shown
        .split_whitespace()
        .filter(|word| !word.starts_with("http") && !word.starts_with('['))
        .flat_map(|word| word.split(|letter: char| !letter.is_alphanumeric()))
        .map(str::to_lowercase)
        .collect()
}

/// A line of the text with three words or more; a name, an address or an amount has fewer.
fn is_said(line: &str) -> bool {
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    !line.contains(['<', '=', '[']) && line.split_whitespace().filter(is_word).count() > 2
}

/// A coat and two ropes, sent for 4.90.
async fn bought(shop: &TestShop, variants: [&str; 2], payment: PaymentInput) -> Order {
    let cart = shop.cart(&[(variants[0], 1), (variants[1], 2)]).await;
    let form = PlaceOrder {
        shipping: "standard".to_owned(),
        ..order(payment, 4900 + 2 * 1250 + 490)
    };
    let placed = shop.place(&cart, form).await.expect("it is sold");
    shop.order(&placed).await
}

async fn mails(shop: TestShop) -> Seen<String> {
    let all = all(&shop).await;
    for (_, mail) in &all {
        let of_kind = all.iter().filter(|(_, other)| other.kind() == mail.kind());
        assert_eq!(of_kind.count(), looks(mail), "{}", mail.kind());
    }
    let post = shop.post();
    // What was written on the way here is not sent: only so many go to one mailbox.
    shop.execute("DELETE FROM mails").await;
    let mut seen = Seen::new();
    for (name, mail) in all {
        note(&shop, &[mail]).await;
        let sent = post.the_mail().await;
        let [text, html] = sent.parts();
        let whole = format!(
            "To: {}\nSubject: {}\n\n{text}\n\nHTML:\n\n{html}",
            sent.header("To"),
            sent.subject
        );
        let whole = match name {
            "room_code" => without_code(&whole, &sent.subject),
            _ => whole,
        };
        seen.push((name.to_owned(), Redaction::default().text(&whole)));
    }
    seen
}

/// A code is another one in every shop.
fn without_code(whole: &str, subject: &str) -> String {
    let code: String = subject.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(code.len(), 6, "{subject}");
    whole.replace(&code, "[code]")
}

async fn german_mails(shop: TestShop) -> Seen<String> {
    let shop = shop.speaking("en,de");
    let languages = shop.services.settings.last_known().languages.clone();
    within(languages.closest(Locale::De), mails(shop)).await
}

/// A drop is announced, and someone asks to be reminded of it: the id of that.
async fn reminder(shop: &TestShop, admin: &Account) -> String {
    let lamp = shop.stock(Goods::named("Lamp")).await;
    let form = DropForm {
        title: "Lamps & <Light>".to_owned(),
        opens: Zone::named("UTC").minute(shop.now() + HOUR),
        ..DropForm::default()
    };
    let desk = &shop.shop().drop_admin;
    let drop = desk.create(admin, form).await.unwrap();
    desk.add(admin, &drop.id, &lamp.id).await.unwrap();
    desk.plan(admin, &drop.id).await.unwrap();
    let drops = &shop.shop().drops;
    let asked = drops.remind("203.0.113.7", locale(), &drop.slug, KIM).await;
    asked.unwrap();
    let reminder = Sql::new("SELECT id FROM drop_reminders");
    let reminder = reminder.fetch_one(shop.db().reader()).await.unwrap();
    reminder.text("id").unwrap()
}

/// Someone waits for a variant: the id of that.
async fn wait(shop: &TestShop, variant_id: &str, state: &str) -> String {
    let (id, now, language) = (new_id(), shop.now(), locale().code());
    let until = match state {
        "offered" => (now + 4 * HOUR).to_string(),
        _ => "NULL".to_owned(),
    };
    shop.execute(&format!(
        "INSERT INTO waits (id, variant_id, email, mailbox, locale, state, state_at, offered_until, created_at) \
         VALUES ('{id}', '{variant_id}', '{KIM}', '{id}', '{language}', '{state}', {now}, {until}, {now})"
    ))
    .await;
    id
}

async fn all(shop: &TestShop) -> Vec<(&'static str, Mail)> {
    let (admin, kim) = (shop.admin().await, shop.account(KIM, Role::Customer).await);
    let coat = Goods::named("Coat").options(["Size", "Colour"], &[(["M", "Navy"], 4900, 30)]);
    let rope = Goods::named("Rope & <Knot>").price(1250).units(60);
    let (coat, rope) = (shop.stock(coat).await, shop.stock(rope).await);
    let goods = [coat.variant(), rope.variant()];
    let paid = bought(shop, goods, test_card(APPROVES)).await;
    let refunded = bought(shop, goods, test_card(APPROVES)).await;
    let due = bought(shop, goods, cash()).await;
    let unpaid = bought(shop, goods, cash()).await;
    for order in [&refunded, &unpaid] {
        let orders = &shop.shop().orders;
        orders.cancel(&admin, &order.id).await.unwrap();
    }
    let picked_up = bought(shop, goods, cash()).await;
    for (order, carrier, tracking_number) in [(&due, "GLS", "501234"), (&picked_up, "", "")] {
        let desk = &shop.shop().order_desk;
        desk.pack(&admin, &order.id).await.unwrap();
        let parcel = Parcel {
            carrier: carrier.to_owned(),
            tracking_number: tracking_number.to_owned(),
        };
        desk.ship(&admin, &order.id, parcel).await.unwrap();
    }
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let unconfirmed = bought(shop, goods, cash()).await;
    let lapsed = bought(shop, goods, cash()).await;
    assert!(
        cancel_unconfirmed(shop.db(), shop.now(), &lapsed.id)
            .await
            .unwrap()
    );
    shop.execute(
        "UPDATE bank_settings SET holder = 'Lamp & Rope Ltd', \
         iban = 'DE89370400440532013000', bic = 'COBADEFFXXX', bank = 'Harbour Bank'",
    )
    .await;
    shop.execute("UPDATE payment_methods SET is_on = 1 WHERE method = 'bank_transfer'")
        .await;
    // Otherwise it waits to be confirmed first.
    shop.execute("UPDATE cash_settings SET confirmation = 0")
        .await;
    let transfer = PaymentInput {
        method: "bank_transfer".to_owned(),
        card_number: String::new(),
    };
    let to_pay = bought(shop, goods, transfer).await;
    // Its reference is made of its number.
    let number = "UPDATE orders SET number = 'HF-7K3MQ-9Q2XA' WHERE id = ";
    shop.execute(&format!("{number}'{}'", to_pay.id)).await;
    let staff = &shop.shop().staff;
    staff
        .invite(&admin, "max@shop.test", Role::Staff)
        .await
        .unwrap();
    let invitation = Sql::new("SELECT id FROM staff_invitations");
    let invitation = invitation.fetch_one(shop.db().reader()).await.unwrap();
    let reminder_id = reminder(shop, &admin).await;
    let drop_id = Sql::new("SELECT id FROM drops");
    let drop_id = drop_id.fetch_one(shop.db().reader()).await.unwrap();

    let confirmation = |order: &Order| Mail::OrderConfirmation {
        order_id: order.id.clone(),
    };
    let shipped = |order: &Order| Mail::OrderShipped {
        order_id: order.id.clone(),
        fulfilment_id: "fulfilment".to_owned(),
    };
    let cancelled = |order: &Order| Mail::OrderCancelled {
        order_id: order.id.clone(),
    };
    let back = |how: Payback| Mail::OrderRefunded {
        order_id: paid.id.clone(),
        refund_id: "refund".to_owned(),
        amount_minor: 1250,
        how,
    };
    let sign_up = |email: &str| Mail::SignUp {
        email: email.to_owned(),
    };
    let other_sum = |fault: &str| Mail::PaymentTrouble {
        account_id: kim.id.clone(),
        order_id: paid.id.clone(),
        amount_minor: 500,
        trouble: Trouble::OtherSum {
            currency: "EUR".to_owned(),
            fault: fault.to_owned(),
        },
    };
    let factor = |change: FactorChange| Mail::SecondFactor {
        account_id: kim.id.clone(),
        change,
    };
    vec![
        ("order_confirmation_paid", confirmation(&paid)),
        ("order_confirmation_due", confirmation(&picked_up)),
        ("order_shipped_with_tracking", shipped(&due)),
        ("order_shipped", shipped(&picked_up)),
        ("order_cancelled_paid", cancelled(&refunded)),
        ("order_cancelled_due", cancelled(&unpaid)),
        (
            "order_to_confirm",
            Mail::OrderToConfirm {
                order_id: unconfirmed.id.clone(),
            },
        ),
        (
            "order_to_pay",
            Mail::OrderToPay {
                order_id: to_pay.id.clone(),
            },
        ),
        ("order_lapsed", cancelled(&lapsed)),
        ("order_refunded_sent", back(Payback::Sent)),
        ("order_refunded_by_hand", back(Payback::ByHand)),
        ("order_refunded_handed_over", back(Payback::HandedOver)),
        ("sign_up", sign_up("lou@example.com")),
        ("sign_up_with_an_account", sign_up(KIM)),
        (
            "password_reset",
            Mail::PasswordReset {
                email: KIM.to_owned(),
                typed: None,
            },
        ),
        (
            "verify_address",
            Mail::VerifyAddress {
                account_id: kim.id.clone(),
                email: "kim@new.example".to_owned(),
            },
        ),
        (
            "password_changed",
            Mail::PasswordChanged {
                account_id: kim.id.clone(),
            },
        ),
        (
            "address_changed",
            Mail::AddressChanged {
                account_id: kim.id.clone(),
                old: "kim@old.example".to_owned(),
            },
        ),
        (
            "staff_invitation",
            Mail::StaffInvitation {
                invitation_id: invitation.text("id").unwrap(),
            },
        ),
        (
            "contact_message",
            Mail::ContactMessage {
                to: "desk@shop.test".to_owned(),
                name: "Kim & Lou".to_owned(),
                email: KIM.to_owned(),
                order_number: "HF-7K3MQ-9Q2XA".to_owned(),
                message: "Hello,\n\nis <b>this</b> rope long enough?".to_owned(),
            },
        ),
        (
            "payment_disputed",
            Mail::PaymentTrouble {
                account_id: kim.id.clone(),
                order_id: paid.id.clone(),
                amount_minor: 7890,
                trouble: Trouble::Disputed {
                    reason: "fraudulent".to_owned(),
                    link: "https://provider.example/disputes/1".to_owned(),
                    answer_until: None,
                },
            },
        ),
        (
            "payment_came_late",
            Mail::PaymentTrouble {
                account_id: kim.id.clone(),
                order_id: paid.id.clone(),
                amount_minor: 7890,
                trouble: Trouble::CameLate,
            },
        ),
        (
            "payment_refund_failed",
            Mail::PaymentTrouble {
                account_id: kim.id.clone(),
                order_id: paid.id.clone(),
                amount_minor: 7890,
                trouble: Trouble::RefundFailed {
                    reason: "unknown".to_owned(),
                    then: Afterwards::PayBack,
                },
            },
        ),
        (
            "payment_refund_awaits_bank",
            Mail::PaymentTrouble {
                account_id: kim.id.clone(),
                order_id: paid.id.clone(),
                amount_minor: 7890,
                trouble: Trouble::RefundFailed {
                    reason: "unknown".to_owned(),
                    then: Afterwards::AwaitBank,
                },
            },
        ),
        (
            "payment_rest_by_hand",
            Mail::PaymentTrouble {
                account_id: kim.id.clone(),
                order_id: paid.id.clone(),
                amount_minor: 5890,
                trouble: Trouble::RestByHand {
                    by_bank_minor: 2000,
                },
            },
        ),
        ("payment_other_sum", other_sum("")),
        ("payment_other_sum_kept", other_sum("insufficient_funds")),
        (
            "drop_reminder_to_confirm",
            Mail::DropReminderToConfirm {
                reminder_id: reminder_id.clone(),
            },
        ),
        ("drop_reminder", Mail::DropReminder { reminder_id }),
        (
            "room_code",
            Mail::RoomCode {
                drop_id: drop_id.text("id").unwrap(),
                email: KIM.to_owned(),
            },
        ),
        (
            "wait_to_confirm",
            Mail::WaitToConfirm {
                wait_id: wait(shop, rope.variant(), "asked").await,
            },
        ),
        (
            "back_in_stock",
            Mail::BackInStock {
                wait_id: wait(shop, rope.variant(), "told").await,
            },
        ),
        (
            "unit_offered",
            Mail::UnitOffered {
                wait_id: wait(shop, rope.variant(), "offered").await,
            },
        ),
        (
            "test_mail",
            Mail::TestMail {
                to: "admin@shop.test".to_owned(),
            },
        ),
        ("second_factor_on", factor(FactorChange::On)),
        ("second_factor_off", factor(FactorChange::Off)),
        ("second_factor_reset", factor(FactorChange::Reset)),
        ("second_factor_new_codes", factor(FactorChange::NewCodes)),
        (
            "second_factor_code_used",
            factor(FactorChange::CodeUsed { left: 7 }),
        ),
        (
            "second_factor_one_code_left",
            factor(FactorChange::CodeUsed { left: 1 }),
        ),
        (
            "second_factor_no_code_left",
            factor(FactorChange::CodeUsed { left: 0 }),
        ),
    ]
}
