//! One mail at least of each kind.

use app::orders::types::Order;
use server::outbox::{Afterwards, FactorChange, Mail, Payback, Trouble};

use super::scene::Scene;
use crate::mail::KIM;

/// Of each kind: how many mails of it are looked at. A new kind does not compile until it is here.
pub const fn looks(mail: &Mail) -> usize {
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

/// All of them, each with the name of its snapshot.
pub fn every(scene: &Scene) -> Vec<(&'static str, Mail)> {
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
        order_id: scene.paid.id.clone(),
        refund_id: "refund".to_owned(),
        amount_minor: 1250,
        how,
    };
    let sign_up = |email: &str| Mail::SignUp {
        email: email.to_owned(),
    };
    let other_sum = |fault: &str| Mail::PaymentTrouble {
        account_id: scene.kim.id.clone(),
        order_id: scene.paid.id.clone(),
        amount_minor: 500,
        trouble: Trouble::OtherSum {
            currency: "EUR".to_owned(),
            fault: fault.to_owned(),
        },
    };
    let factor = |change: FactorChange| Mail::SecondFactor {
        account_id: scene.kim.id.clone(),
        change,
    };
    vec![
        ("order_confirmation_paid", confirmation(&scene.paid)),
        ("order_confirmation_due", confirmation(&scene.picked_up)),
        ("order_shipped_with_tracking", shipped(&scene.due)),
        ("order_shipped", shipped(&scene.picked_up)),
        ("order_cancelled_paid", cancelled(&scene.refunded)),
        ("order_cancelled_due", cancelled(&scene.unpaid)),
        (
            "order_to_confirm",
            Mail::OrderToConfirm {
                order_id: scene.unconfirmed.id.clone(),
            },
        ),
        (
            "order_to_pay",
            Mail::OrderToPay {
                order_id: scene.to_pay.id.clone(),
            },
        ),
        ("order_lapsed", cancelled(&scene.lapsed)),
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
                account_id: scene.kim.id.clone(),
                email: "kim@new.example".to_owned(),
            },
        ),
        (
            "password_changed",
            Mail::PasswordChanged {
                account_id: scene.kim.id.clone(),
            },
        ),
        (
            "address_changed",
            Mail::AddressChanged {
                account_id: scene.kim.id.clone(),
                old: "kim@old.example".to_owned(),
            },
        ),
        (
            "staff_invitation",
            Mail::StaffInvitation {
                invitation_id: scene.invitation.clone(),
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
                account_id: scene.kim.id.clone(),
                order_id: scene.paid.id.clone(),
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
                account_id: scene.kim.id.clone(),
                order_id: scene.paid.id.clone(),
                amount_minor: 7890,
                trouble: Trouble::CameLate,
            },
        ),
        (
            "payment_refund_failed",
            Mail::PaymentTrouble {
                account_id: scene.kim.id.clone(),
                order_id: scene.paid.id.clone(),
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
                account_id: scene.kim.id.clone(),
                order_id: scene.paid.id.clone(),
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
                account_id: scene.kim.id.clone(),
                order_id: scene.paid.id.clone(),
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
                reminder_id: scene.reminder.clone(),
            },
        ),
        (
            "drop_reminder",
            Mail::DropReminder {
                reminder_id: scene.reminder.clone(),
            },
        ),
        (
            "room_code",
            Mail::RoomCode {
                drop_id: scene.drop.clone(),
                email: KIM.to_owned(),
            },
        ),
        (
            "wait_to_confirm",
            Mail::WaitToConfirm {
                wait_id: scene.asked.clone(),
            },
        ),
        (
            "back_in_stock",
            Mail::BackInStock {
                wait_id: scene.told.clone(),
            },
        ),
        (
            "unit_offered",
            Mail::UnitOffered {
                wait_id: scene.offered.clone(),
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
