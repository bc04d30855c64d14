//! `beffroi evidence verify`: a bundle of exchanges checked offline, by the binary alone.

mod proofs;

use crate::trouble::Trouble;
use clap::Subcommand;
use i18n::Lang;
use proofs::Shown;
use recording::bundle::{self, Bundle, BundleError, BundleLimits};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The most exchanges of a bundle that are read: more than any instance takes into one.
const EXCHANGES: usize = 100_000;
/// The exit code where a bundle is intact, and nothing beside it shows that the log holds it.
const NOT_YET: u8 = 3;
/// The most characters that are shown of a text of the bundle.
const SHOWN: usize = 200;

/// Commands on evidence.
#[derive(Subcommand)]
pub enum Evidence {
    /// Vérifie un lot d’échanges, sans réseau ni base
    ///
    /// Codes de sortie : 0, tout ce qui était demandé tient (avec --log-key : un point de contrôle signé couvre le
    /// lot) ; 1, quelque chose ne tient pas ou ne se lit pas ; 3, le lot est intact, mais rien de joint ne montre
    /// encore qu’il est inscrit au registre.
    #[command(verbatim_doc_comment)]
    Verify {
        /// Le lot
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
        /// L’empreinte attendue, telle que la plateforme l’affiche
        #[arg(long, value_name = "EMPREINTE")]
        digest: Option<String>,
        /// La clé publique du registre, pour vérifier les preuves jointes : le texte, ou le fichier qui le contient
        #[arg(long, alias = "key", value_name = "CLÉ")]
        log_key: Option<String>,
    },
}

/// Runs a command on evidence.
pub fn run(command: &Evidence) -> Result<ExitCode, Trouble> {
    let Evidence::Verify { file, digest, log_key } = command;
    let verifier = log_key.as_deref().map(super::receipt::verifier).transpose()?;
    let bundle = match read(file)? {
        Ok(bundle) => bundle,
        Err(error) => {
            println!("✘ Ce lot n’est pas valable : {}", said(&error));
            return Ok(ExitCode::FAILURE);
        }
    };
    show(&bundle);
    let expected = digest.as_deref().is_none_or(|expected| is_expected(&bundle, expected));
    let shown = proofs::check(&bundle, verifier.as_ref());
    Ok(match shown {
        _ if !expected => ExitCode::FAILURE,
        Shown::Logged | Shown::Unchecked => ExitCode::SUCCESS,
        Shown::NotYet => ExitCode::from(NOT_YET),
        Shown::Wrong => ExitCode::FAILURE,
    })
}

/// Reads a bundle; what it holds is no larger than its file.
fn read(path: &Path) -> Result<Result<Bundle, BundleError>, Trouble> {
    let unreadable = |error: std::io::Error| {
        Trouble::new(
            format!("{} ne se lit pas : {error}", path.display()),
            "vérifiez le chemin du fichier",
        )
    };
    let file = File::open(path).map_err(unreadable)?;
    let limits = BundleLimits {
        exchanges: EXCHANGES,
        bytes: file.metadata().map_err(unreadable)?.len(),
    };
    Ok(bundle::read(BufReader::new(file), limits))
}

fn show(bundle: &Bundle) {
    let about = &bundle.about;
    println!("✔ Ce lot est intact : chaque fichier est celui qu’annonce son manifeste, aucun ne manque.");
    println!("  Campagne : {}", plain(&about.campaign));
    if !about.subject.is_empty() {
        println!("  Objet : {}", plain(&about.subject));
    }
    let made = i18n::long_datetime(Lang::Fr, about.made);
    println!("  Fait le : {made}, par {}", plain(&about.creator));
    let secrets = if about.redacted {
        "retirés de ce lot"
    } else {
        "dans ce lot, tels qu’ils sont passés"
    };
    println!("  Secrets : {secrets}");
    show_exchanges(bundle);
    show_targets(bundle);
    show_chain(bundle);
    println!("  Empreinte du manifeste (SHA-256) : {}", hex(&bundle.digest));
}

fn show_exchanges(bundle: &Bundle) {
    let instants = || bundle.exchanges.iter().map(|(_, exchange)| exchange.at);
    let (Some(first), Some(last)) = (instants().min(), instants().max()) else {
        println!("  Échanges : aucun");
        return;
    };
    let time = |instant| i18n::short_datetime(Lang::Fr, instant);
    println!(
        "  Échanges : {}, du {} au {} (heure de Paris)",
        bundle.exchanges.len(),
        time(first),
        time(last)
    );
}

/// The fingerprints that exchanges name, and what they stand for.
fn show_targets(bundle: &Bundle) {
    let described: BTreeMap<&str, &str> = bundle
        .targets
        .iter()
        .map(|target| (target.fingerprint.as_str(), target.description.as_str()))
        .collect();
    let named = bundle.exchanges.iter().map(|(_, exchange)| exchange.target.as_str());
    for fingerprint in named.collect::<BTreeSet<_>>() {
        let told = described.get(fingerprint);
        let told = told.map_or_else(|| "que le lot ne décrit pas".to_owned(), |text| plain(text));
        println!("  Cible testée : {} — {told}", plain(fingerprint));
    }
}

fn show_chain(bundle: &Bundle) {
    let (Some(first), Some(last)) = (bundle.records.first(), bundle.records.last()) else {
        println!("  Segments d’enregistrement : aucun");
        return;
    };
    let torn = bundle.records.iter().filter(|record| record.is_torn()).count();
    let torn = match torn {
        0 => String::new(),
        count => format!(", dont {count} qu’une panne a interrompu"),
    };
    println!(
        "  Segments d’enregistrement : {} à {}, chaîne sans trou{torn}",
        first.sequence, last.sequence
    );
    println!("  Empreinte du dernier segment (BLAKE3) : {}", hex(&last.digest));
}

fn is_expected(bundle: &Bundle, expected: &str) -> bool {
    let same = hex(&bundle.digest).eq_ignore_ascii_case(expected.trim());
    if same {
        println!("✔ C’est l’empreinte attendue.");
    } else {
        println!("✘ Ce n’est pas l’empreinte attendue : ce lot en est un autre.");
    }
    same
}

/// A text of the bundle, which strangers wrote, on one line that changes nothing of the screen.
fn plain(text: &str) -> String {
    let turns = |meant| matches!(meant, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().take(SHOWN).map(|meant| match meant {
        '\n' | '\t' => ' ',
        meant if meant.is_control() || turns(meant) => '\u{fffd}',
        meant => meant,
    });
    let shown: String = shown.collect();
    if text.chars().nth(SHOWN).is_some() {
        return format!("{shown}…");
    }
    shown
}

fn hex(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn said(error: &BundleError) -> String {
    match error {
        BundleError::Io(error) => format!("il ne se lit pas jusqu’au bout ({error})"),
        BundleError::Read(error) => format!("ce qui a été enregistré ne se lit pas ({error})"),
        BundleError::NotABundle => "ce fichier n’est pas un lot d’une version connue".to_owned(),
        BundleError::TooLarge => "il annonce plus que le fichier ne peut contenir".to_owned(),
        BundleError::Altered(name) => format!("{} n’est pas ce qu’annonce le manifeste", plain(name)),
        BundleError::Missing(name) => format!("{} manque", plain(name)),
        BundleError::Malformed(name) => format!("{} ne se lit pas", plain(name)),
        BundleError::Broken(segment) => {
            format!("la fiche du segment {segment} manque, ou ne suit pas la précédente")
        }
    }
}
