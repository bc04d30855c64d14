//! Names and texts of the length that real ones have.

const FIRST: [&str; 12] = [
    "Beaumont",
    "Courcelles",
    "Villeneuve",
    "Montreuil",
    "Saint-Aubin",
    "Roquefort",
    "Champagné",
    "Fontenay",
    "Marigny",
    "Le Châtelet",
    "Vaucresson",
    "Bellerive",
];
const SECOND: [&str; 10] = [
    "sur-Loire",
    "les-Bois",
    "en-Bray",
    "la-Forêt",
    "sur-Orne",
    "le-Vieux",
    "aux-Dames",
    "du-Gard",
    "sous-Bois",
    "le-Roi",
];
const FLAWS: [&str; 8] = [
    "Injection SQL dans la recherche des dossiers",
    "Lecture du dossier d’une autre famille par son numéro",
    "Script stocké dans le nom d’une pièce jointe",
    "Réinitialisation du mot de passe sans vérification",
    "Téléversement d’un fichier exécutable",
    "Session conservée après la déconnexion",
    "Redirection ouverte depuis la page de connexion",
    "Clé d’interface lisible dans le code de la page",
];
const PART: &str = "Le paramètre n’est pas contrôlé par le serveur avant d’être repris dans la requête : une valeur choisie \
     permet de lire ce qui appartient à d’autres. Constaté avec un compte ordinaire, sans droit particulier, sur la version \
     ouverte aux tests. ";

/// Gives the name of a commune.
pub fn town(block: u64, n: u64) -> String {
    let pick = |list: &[&'static str], by: u64| list[usize::try_from(by).unwrap_or_default() % list.len()];
    format!(
        "{}-{} {block:03}-{n:03}",
        pick(&FIRST, n),
        pick(&SECOND, n / 12 + block)
    )
}

/// Gives the title of the `n`th flaw.
pub fn title(n: u64) -> String {
    let flaw = FLAWS[usize::try_from(n).unwrap_or_default() % FLAWS.len()];
    format!("{flaw} ({n})")
}

/// Gives a text of so many paragraphs.
pub fn text(paragraphs: usize) -> String {
    PART.repeat(paragraphs)
}
