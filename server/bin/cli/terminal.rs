//! Questions to the person who runs a command.

use std::io::{IsTerminal, Read, Write};

use server::error::{Error, Result};

/// Without a terminal nobody can answer, and nothing is imported.
pub fn is_import_wanted() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::Setting(
            "nothing was changed: there is no terminal to confirm on; use --yes".into(),
        ));
    }
    print!("Import this? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    let answer = answer.trim().to_ascii_lowercase();
    Ok(["y", "yes"].contains(&answer.as_str()))
}

/// Without echo at a terminal; all of standard input otherwise.
pub fn ask_password() -> Result<String> {
    match std::io::stdin().is_terminal() {
        true => Ok(rpassword::prompt_password("Password: ")?),
        false => read_password(),
    }
}

/// All of standard input.
pub fn read_password() -> Result<String> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

/// Without a terminal nobody has said yes.
pub fn is_factor_reset_wanted(email: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::Setting(
            "this removes the account's second factor: add --yes to confirm".into(),
        ));
    }
    eprint!("Remove the second factor of {email} and sign it out everywhere? Type yes: ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}
