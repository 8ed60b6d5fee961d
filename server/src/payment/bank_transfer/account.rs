//! Where shoppers send their money.

use app::text::line_fault;

use super::reference::remainder;

/// The shop's bank account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub holder: String,
    /// Without blanks, in capital letters.
    pub iban: String,
    /// Empty within the countries of SEPA.
    pub bic: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    #[error("the holder's name is missing or has more than 70 characters")]
    Holder,
    #[error("a digit of the IBAN is wrong or missing")]
    Iban,
    #[error("a BIC has 8 or 11 characters")]
    Bic,
}

/// The most that banks keep of a name.
const LONGEST_HOLDER: usize = 70;
/// ISO 13616; the shortest in use is Norway's.
const IBAN: std::ops::RangeInclusive<usize> = 15..=34;

impl Account {
    /// As it was typed, with blanks and in any capitals.
    pub fn typed(holder: &str, iban: &str, bic: &str) -> Result<Self, AccountFault> {
        match Self::typed_or_faults(holder, iban, bic) {
            (_, faults) if !faults.is_empty() => Err(faults[0]),
            (account, _) => Ok(account),
        }
    }

    /// The same with all that is wrong with it.
    pub fn typed_or_faults(holder: &str, iban: &str, bic: &str) -> (Self, Vec<AccountFault>) {
        let account = Self {
            holder: holder.trim().to_owned(),
            iban: compact(iban),
            bic: compact(bic),
        };
        let is_right = |fault: &AccountFault| match fault {
            AccountFault::Holder => line_fault(&account.holder, LONGEST_HOLDER).is_none(),
            AccountFault::Iban => is_iban(&account.iban),
            AccountFault::Bic => account.bic.is_empty() || is_bic(&account.bic),
        };
        let mut faults = vec![AccountFault::Holder, AccountFault::Iban, AccountFault::Bic];
        faults.retain(|fault| !is_right(fault));
        (account, faults)
    }
}

fn compact(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn is_iban(compact: &str) -> bool {
    if !compact.is_ascii() || !IBAN.contains(&compact.len()) {
        return false;
    }
    let (head, tail) = compact.split_at(4);
    let (country, check) = head.split_at(2);
    country.bytes().all(|b| b.is_ascii_uppercase())
        && check.bytes().all(|b| b.is_ascii_digit())
        && remainder(&format!("{tail}{head}")) == Some(1)
}

/// ISO 9362: bank, country, place, and perhaps a branch.
fn is_bic(compact: &str) -> bool {
    let letters_and_digits = compact
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    [8, 11].contains(&compact.len())
        && letters_and_digits
        && compact.as_bytes()[4..6].iter().all(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_taken_as_people_type_it() {
        let account = Account::typed(
            " Lamp & Rope Ltd ",
            "de89 3704 0044 0532 0130 00",
            "cobadeffxxx",
        );
        assert_eq!(
            account,
            Ok(Account {
                holder: "Lamp & Rope Ltd".to_owned(),
                iban: "DE89370400440532013000".to_owned(),
                bic: "COBADEFFXXX".to_owned(),
            })
        );
        for iban in ["NO9386011117947", "GB82 WEST 1234 5698 7654 32"] {
            assert!(Account::typed("Shop", iban, "").is_ok(), "{iban}");
        }
    }

    #[test]
    fn a_wrong_digit_of_the_account_is_noticed() {
        let right = "DE89370400440532013000";
        for iban in [
            "",
            "DE8937040044053201300",
            "DE89370400440532013001",
            "DE98370400440532013000",
            "8989370400440532013000",
            "DE89370400440532é13000",
            "https://bank.example",
        ] {
            let told = Account::typed("Shop", iban, "");
            assert_eq!(told, Err(AccountFault::Iban), "{iban}");
        }
        for holder in ["", "  ", "a\nb", &"é".repeat(71)] {
            let told = Account::typed(holder, right, "");
            assert_eq!(told, Err(AccountFault::Holder), "{holder}");
        }
        for bic in ["COBADEF", "COBA12FF", "COBADEFFXX", "cöbadeff"] {
            let told = Account::typed("Shop", right, bic);
            assert_eq!(told, Err(AccountFault::Bic), "{bic}");
        }
    }
}
