//! `beffroi directory import`: the national list of authorities.

use crate::assembly::assemble;
use crate::settings::Settings;
use crate::system::SystemClock;
use crate::trouble::Trouble;
use authorization::SystemKind;
use clap::Subcommand;
use domain::Date;
use domain::directory::LeftAlone;
use i18n::Lang;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use use_cases::Context;
use use_cases::csv_file::decode;
use use_cases::directory::{
    Expected, Imported, ListError, ListFile, NationalList, Progress, Refused, Told, ToldKind, built_in, built_in_day,
    import_directory,
};
use use_cases::ports::Clock;

/// Commands on the directory.
#[derive(Subcommand)]
pub enum Directory {
    /// Importe la liste nationale des communes, EPCI, départements et régions ; la relancer ne change que ce qui a changé
    Import {
        /// Fichiers CSV de la liste, reconnus à leur en-tête ; sans fichier, la liste fournie avec le logiciel
        files: Vec<PathBuf>,
        /// Dit ce qui changerait, sans rien changer
        #[arg(long)]
        dry_run: bool,
        /// Jour où la liste était exacte, par exemple 2026-01-01 ; sans lui, aujourd’hui (ou le jour de la liste fournie)
        #[arg(long, value_name = "JOUR")]
        date: Option<String>,
    },
}

/// The most lines of one sort that are written out.
const SHOWN: usize = 40;

/// Runs a command on the directory.
pub async fn run(command: &Directory, settings: &Settings) -> Result<ExitCode, Trouble> {
    let Directory::Import { files, dry_run, date } = command;
    let started = SystemClock.now();
    let limits = settings.limits.limits();
    let day = day(date.as_deref(), files.is_empty())?;
    let files = if files.is_empty() {
        built_in()
    } else {
        files.iter().map(file).collect::<Result<_, _>>()?
    };
    let list = NationalList::read(&files, day, limits.title, limits.csv_lines);
    let size = list.len();
    let assembly = Box::pin(assemble(settings, Arc::new(SystemClock))).await?;
    let context = Context::system(&assembly.app, SystemKind::Installer);
    println!("{} organisations dans la liste.", number(size));
    let outcome = Box::pin(import_directory(&context, list, *dry_run, &show)).await?;
    let code = match outcome {
        Ok(imported) => {
            tell(&imported, *dry_run);
            ExitCode::SUCCESS
        }
        Err(refused) => {
            refuse(&refused);
            ExitCode::FAILURE
        }
    };
    // An import lasts seconds or minutes: the tenths that are shown are exact.
    let seconds = SystemClock.now().since(started) as f64 / 1e6;
    println!("{}", format!("{seconds:.1} s").replace('.', ","));
    Ok(code)
}

fn day(typed: Option<&str>, built_in: bool) -> Result<Date, Trouble> {
    let (year, month, day) = i18n::local_day(SystemClock.now().0);
    match typed {
        Some(text) => text.parse().map_err(|_| {
            Trouble::new(
                format!("« {text} » n’est pas un jour"),
                "écrivez l’année, le mois et le jour, par exemple --date 2026-01-01",
            )
        }),
        None if built_in => Ok(built_in_day()),
        None => Date::new(year, month, day).map_err(|error| Trouble::new(error.to_string(), "")),
    }
}

fn file(path: &PathBuf) -> Result<ListFile, Trouble> {
    let bytes = std::fs::read(path).map_err(|error| {
        Trouble::new(
            format!("{} ne se lit pas : {error}", path.display()),
            "vérifiez le nom du fichier et ses droits",
        )
    })?;
    Ok(ListFile {
        name: path.display().to_string(),
        text: decode(&bytes),
    })
}

fn number(number: usize) -> String {
    i18n::integer(Lang::Fr, i64::try_from(number).unwrap_or(i64::MAX))
}

/// Shows how far an import is: on one line where somebody watches, else every tenth.
fn show(progress: Progress) {
    let line = format!("  {} sur {}", number(progress.done), number(progress.of));
    if std::io::stderr().is_terminal() {
        eprint!("\r{line}");
        if progress.done == progress.of {
            eprintln!();
        }
    } else if progress.done == progress.of || progress.done % 5_000 < 500 {
        eprintln!("{line}");
    }
}

fn tell(imported: &Imported, dry: bool) {
    let tally = &imported.tally;
    let lines = [
        (tally.added, "organisations ajoutées"),
        (tally.corrected, "organisations corrigées ou reconnues"),
        (tally.ended, "organisations qui n’existent plus"),
        (tally.affiliations, "appartenances commencées"),
        (tally.affiliations_ended, "appartenances terminées"),
        (tally.same, "organisations inchangées"),
    ];
    if dry {
        println!("À blanc, rien n’est changé. L’import ferait :");
    }
    for (count, what) in lines {
        println!("  {:>9}  {what}", number(count));
    }
    write_out("Nouveaux noms", imported, |told| {
        (told.kind == ToldKind::Renamed).then(|| format!("{} → {}", told.name, told.other))
    });
    write_out("N’existent plus", imported, |told| {
        let after = if told.other.is_empty() {
            "sans successeur connu".to_owned()
        } else {
            format!("remplacée par {}", told.other)
        };
        let people = if told.peopled {
            " ; des personnes y ont un rôle : invitez-les ailleurs, puis terminez ces rôles"
        } else {
            ""
        };
        (told.kind == ToldKind::Ended).then(|| format!("{}, {after}{people}", told.name))
    });
    write_out("Laissées telles quelles, à regarder", imported, left_alone);
}

fn left_alone(told: &Told) -> Option<String> {
    let ToldKind::LeftAlone(why) = told.kind else {
        return None;
    };
    let why = match why {
        LeftAlone::Fictional => "elle est inventée pour une démonstration",
        LeftAlone::OtherKind => "l’annuaire la dit d’une autre nature",
        LeftAlone::Two => "une autre de l’annuaire a l’un de ses codes ou son nom",
    };
    Some(format!("{} (« {} » dans la liste) : {why}", told.name, told.other))
}

fn write_out(title: &str, imported: &Imported, line: impl Fn(&Told) -> Option<String>) {
    let lines: Vec<String> = imported.told.iter().filter_map(line).collect();
    if lines.is_empty() {
        return;
    }
    println!("{title} ({}) :", number(lines.len()));
    for line in lines.iter().take(SHOWN) {
        println!("  {line}");
    }
    if lines.len() > SHOWN {
        println!("  … et {} autres", number(lines.len() - SHOWN));
    }
}

fn refuse(refused: &Refused) {
    match refused {
        Refused::Lines(errors) => {
            println!("Rien n’est changé : {} erreurs dans la liste.", number(errors.len()));
            for error in errors.iter().take(SHOWN) {
                println!("  {}", error_line(error));
            }
            if errors.len() > SHOWN {
                println!("  … et {} autres", number(errors.len() - SHOWN));
            }
        }
        Refused::TooManyGone(gone, most) => {
            println!(
                "Rien n’est changé : la liste ne nomme plus {} organisations de l’annuaire, plus que les {} permises.",
                number(*gone),
                number(*most)
            );
            println!("    → vérifiez que chaque fichier est entier ; s’il l’est, augmentez limits.directory_gone");
        }
    }
}

fn error_line(error: &ListError) -> String {
    let column = if error.column.is_empty() {
        String::new()
    } else {
        format!(", colonne {}", error.column)
    };
    let found = if error.found.is_empty() {
        "rien".to_owned()
    } else {
        format!("« {} »", error.found)
    };
    let expected = match error.expected {
        Expected::Head => {
            "un en-tête connu : code_insee, nom, siren, departement, epci_siren ; ou siren, nom, type ; ou niveau, code, nom, region ; ou les mouvements de communes de l’INSEE"
        }
        Expected::Lines => "des lignes lisibles, au plus limits.csv_lines",
        Expected::Name => "un nom, au plus limits.title caractères",
        Expected::Siren => "un SIREN, neuf chiffres dont le dernier est une clé",
        Expected::Insee => "un code INSEE de cette nature, par exemple 93048 ou 2A pour un département",
        Expected::Level => "region ou departement",
        Expected::Grouping => "CC, CA, CU, METRO, MET69 ou EPT",
        Expected::Once => "un code qui n’est qu’une fois dans la liste",
        Expected::Known => "un code de la liste ou de l’annuaire",
    };
    format!(
        "{}, ligne {}{column} : {found} ; attendu : {expected}",
        error.file, error.line
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_its_file_line_column_and_what_is_expected() {
        let error = ListError {
            file: "communes.csv".to_owned(),
            line: 12,
            column: "siren",
            expected: Expected::Siren,
            found: "12".to_owned(),
        };
        assert_eq!(
            error_line(&error),
            "communes.csv, ligne 12, colonne siren : « 12 » ; attendu : un SIREN, neuf chiffres dont le dernier est une clé"
        );
    }
}
