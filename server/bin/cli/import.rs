//! `import`: shows what a file would change, asks, and imports it.

use std::{fs::File, io::BufReader, path::PathBuf};

use app::catalog::limits::MAX_COUNT;
use clap::{Args, ValueEnum};
use desk::admin::jobs::types::{ImportChoices, RepeatedSkus, UntrackedQuantities};
use server::{
    clock::Clock,
    error::{Error, Result},
    product_files::import::{BadRows, Import, Trail, terminal::Preview},
    store::Store,
};

use super::terminal::is_import_wanted;

#[derive(Args)]
pub struct ImportArgs {
    /// The file to read
    file: PathBuf,
    /// Import without asking
    #[arg(long)]
    yes: bool,
    /// Skip products with bad rows instead of refusing the file
    #[arg(long)]
    skip_bad: bool,
    /// What to do with a variant whose SKU another product or an earlier row already has
    #[arg(long, value_enum, default_value_t = Repeated::LeaveOut)]
    repeated_skus: Repeated,
    /// Units of new variants whose stock the file does not track, or has no quantity for
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..=MAX_COUNT))]
    untracked_units: i64,
    /// Use the file's quantities for new variants whose stock it does not track
    #[arg(long)]
    file_quantities: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Repeated {
    /// Import it without a SKU
    DropSku,
    /// Skip its product, as with a bad row
    LeaveOut,
}

impl ImportArgs {
    fn choices(&self) -> ImportChoices {
        ImportChoices {
            repeated_skus: match self.repeated_skus {
                Repeated::DropSku => RepeatedSkus::DropSku,
                Repeated::LeaveOut => RepeatedSkus::LeaveOut,
            },
            untracked_units: self.untracked_units,
            untracked: match self.file_quantities {
                true => UntrackedQuantities::Use,
                false => UntrackedQuantities::Ignore,
            },
        }
    }
}

pub async fn import_file(
    db: &Store,
    clock: &dyn Clock,
    args: &ImportArgs,
    currency: &str,
) -> Result<()> {
    let open = || File::open(&args.file).map(BufReader::new);
    let name = args.file.file_name().unwrap_or(args.file.as_os_str());
    let name = name.to_string_lossy();
    let choices = args.choices();
    let import = Import {
        db,
        clock,
        currency,
        file: &name,
        bad_rows: match args.skip_bad {
            true => BadRows::Skip,
            false => BadRows::Refuse,
        },
        choices,
        trail: Trail::EachProduct,
    };
    let mut preview = Preview::default();
    let counts = import
        .preview(open()?, |finding| preview.take(finding))
        .await?;
    println!("{}", preview.text(&counts, &choices));
    if counts.bad > 0 && !args.skip_bad {
        return Err(Error::Setting(
            "nothing was changed: correct the rows listed above, or skip their products with \
             --skip-bad"
                .into(),
        ));
    }
    if counts.created + counts.updated == 0 {
        return Ok(());
    }
    if !args.yes && !is_import_wanted()? {
        println!("Nothing was changed.");
        return Ok(());
    }
    let progress = |done: usize| eprintln!("{done} products done");
    let report = import.write(open()?, progress).await?;
    println!(
        "{} products created, {} updated, {} unchanged, {} bad rows skipped",
        report.created,
        report.updated,
        report.unchanged,
        report.bad.len()
    );
    Ok(())
}
