//! Fields for what nobody but its sender may see again: passwords, codes, numbers of cards. What is
//! typed into one is never shown, and never kept with a form that comes back.
//!
//! A test finds forms that ask for such a thing in another way.

use leptos::prelude::*;

use super::{
    field::{Need, described_by, error_line, hint_line, label as label_of},
    form::Form,
};

crate::words! {
    /// By the name of its field.
    pub enum Secret {
        Password = "password",
        CurrentPassword = "current_password",
        NewPassword = "new_password",
        EmailPassword = "email_password",
        SessionsPassword = "sessions_password",
        ClosePassword = "close_password",
        FactorPassword = "factor_password",
        FactorCode = "factor_code",
        ConfirmCode = "confirm_code",
        CardNumber = "card_number",
        RoomCode = "room_code",
    }
}

/// What hidden fields of mailed links are called: the page's address has it, too.
const TOKEN: &str = "token";

/// Which password is asked for, so that browsers offer the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasswordKind {
    /// The one that there is.
    #[default]
    Current,
    /// One that is made up now.
    New,
}

impl Secret {
    /// Whether what is sent in a field of this name is never shown again, nor kept. Also one whose name
    /// ends like that of a secret is.
    pub fn hides(name: &str) -> bool {
        let known = Self::ALL.into_iter().map(Self::as_str);
        known.chain([TOKEN]).any(|secret| name.ends_with(secret))
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::FactorCode | Self::ConfirmCode | Self::CardNumber | Self::RoomCode => "text",
            _ => "password",
        }
    }

    const fn autocomplete(self, password: PasswordKind) -> &'static str {
        match (self, password) {
            (Self::CardNumber, _) => "cc-number",
            (Self::FactorCode | Self::ConfirmCode | Self::RoomCode, _) => "one-time-code",
            (Self::NewPassword, _) | (_, PasswordKind::New) => "new-password",
            (_, PasswordKind::Current) => "current-password",
        }
    }
}

/// A field for a secret: empty whenever it is shown, with what is wrong with what was sent in it.
#[component]
pub fn SecretField(
    #[prop(optional, into)] form: Form,
    secret: Secret,
    #[prop(into)] label: String,
    #[prop(optional)] password: PasswordKind,
    #[prop(optional)] need: Need,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] placeholder: Option<String>,
) -> impl IntoView {
    let name = secret.as_str();
    let error = form.error(name);
    let described = described_by(name, &hint, &error);
    view! {
        <div class="field">
            {label_of(name, label, need)}
            <input
                class="input"
                id=name
                name=name
                type=secret.kind()
                value=""
                autocomplete=secret.autocomplete(password)
                inputmode=inputmode
                maxlength=maxlength
                placeholder=placeholder
                required=need == Need::Required
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            />
            {hint_line(name, hint)}
            {error_line(name, error)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn fields_of_secrets_are_known_by_their_names() {
        for secret in Secret::ALL {
            assert!(Secret::hides(secret.as_str()), "{secret:?}");
        }
        assert!(Secret::hides("token") && Secret::hides("wifi_password"));
        for other in ["email", "page", "code", "postal_code", "checkout_key", ""] {
            assert!(!Secret::hides(other), "{other}");
        }
    }

    /// Written in another way a field could be forgotten here, and what is typed into it be kept.
    #[test]
    fn no_form_asks_for_a_secret_in_another_way() {
        const SIGNS: [&str; 6] = [
            "kind=\"password\"",
            "type=\"password\"",
            "\"current-password\"",
            "\"new-password\"",
            "\"one-time-code\"",
            "\"cc-",
        ];
        fn look(folder: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("the folder is there") {
                let path = entry.expect("it can be read").path();
                if path.is_dir() {
                    look(&path, found);
                } else if path.extension().is_some_and(|kind| kind == "rs")
                    && !path.ends_with("ui/secret.rs")
                {
                    let source = fs::read_to_string(&path).expect("it is a text");
                    let lines = source.lines().enumerate();
                    let signs = lines
                        .filter(|(_, line)| SIGNS.iter().any(|sign| line.contains(sign)))
                        .map(|(at, line)| format!("{}:{} {line}", path.display(), at + 1));
                    found.extend(signs);
                }
            }
        }
        let mut found = Vec::new();
        look(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut found,
        );
        assert!(found.is_empty(), "use SecretField: {found:#?}");
    }
}
