//! The texts of the story: invented findings on an invented product.

use domain::position::PositionEvent;
use use_cases::vulnerability::Layer;

/// What a student writes, and why it is closed where it is.
pub(crate) struct Finding {
    pub(crate) title: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) impact: &'static str,
    pub(crate) proof: &'static str,
    pub(crate) cwe: &'static str,
    pub(crate) vector: &'static str,
    pub(crate) closing: &'static str,
}

pub(crate) const RULES: &str = "\
## Ce que vous pouvez faire

- Chercher des failles **dans le périmètre seulement**, avec les comptes de test remis ici.
- Vous arrêter dès que la faille est démontrée, sur des données de test.

## Ce que vous ne ferez pas

- Aucun déni de service, aucun essai automatisé à plus de dix requêtes par seconde.
- Aucune ingénierie sociale, aucun accès à des données réelles.
- Rien n’est publié ni raconté avant que l’organisateur ne l’ait écrit.

Un doute ? Arrêtez, et appelez le contact d’urgence.";

pub(crate) const PROHIBITIONS: &str = "\
Déni de service et charge volontaire
Ingénierie sociale et hameçonnage
Accès à des données réelles ou à l’environnement de production
Conservation de données au-delà de la campagne";

pub(crate) const VERIFIED: [Finding; 5] = [
    Finding {
        title: "Les pièces jointes d’un dossier se téléchargent sans être connecté",
        steps: "1. Se connecter avec `habitant-01` et ouvrir un dossier.\n2. Copier l’adresse d’une pièce jointe.\n3. L’ouvrir dans un navigateur sans session.",
        impact: "Toute personne qui devine un numéro lit les pièces justificatives des habitants.",
        proof: "`GET /dossiers/1042/pieces/3` répond 200 sans cookie de session.",
        cwe: "306",
        vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N",
        closing: "",
    },
    Finding {
        title: "Injection SQL dans la recherche de rendez-vous",
        steps: "1. Ouvrir la recherche de rendez-vous.\n2. Saisir `' OR '1'='1` dans le champ « motif ».",
        impact: "La base du portail peut être lue en entier.",
        proof: "Le nombre de résultats passe de 2 à 418.",
        cwe: "89",
        vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N",
        closing: "",
    },
    Finding {
        title: "Script exécuté dans la messagerie entre agent et habitant",
        steps: "1. Envoyer un message dont l’objet contient `<svg onload=alert(1)>`.\n2. L’agent ouvre la liste des messages.",
        impact: "Un habitant agit avec les droits de l’agent qui lit son message.",
        proof: "Capture : la boîte s’ouvre dans la session de l’agent de test.",
        cwe: "79",
        vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:P/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N",
        closing: "",
    },
    Finding {
        title: "Un habitant modifie le dossier d’un autre en changeant un identifiant",
        steps: "1. Ouvrir son dossier en modification.\n2. Remplacer `dossier=1042` par `dossier=1043` et enregistrer.",
        impact: "Les démarches d’autrui peuvent être modifiées ou annulées.",
        proof: "Le dossier 1043, d’un autre compte de test, porte la nouvelle adresse.",
        cwe: "639",
        vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:L/VI:H/VA:N/SC:N/SI:N/SA:N",
        closing: "",
    },
    Finding {
        title: "Le lien « mot de passe oublié » reste valable après usage",
        steps: "1. Demander un lien.\n2. L’utiliser.\n3. L’utiliser une seconde fois.",
        impact: "Un lien retrouvé dans une ancienne boîte aux lettres rouvre le compte.",
        proof: "Le second usage du même lien propose un nouveau mot de passe.",
        cwe: "640",
        vector: "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N",
        closing: "",
    },
];

const LOW: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N";

const fn finding(title: &'static str, steps: &'static str, cwe: &'static str, closing: &'static str) -> Finding {
    Finding {
        title,
        steps,
        impact: "À apprécier par le vérificateur.",
        proof: "Voir les étapes : le comportement se voit à l’écran.",
        cwe,
        vector: LOW,
        closing,
    }
}

pub(crate) const CLOSED: &[Finding] = &[
    finding(
        "Redirection ouverte après la connexion",
        "Ajouter `?suite=//exemple` à l’adresse de connexion.",
        "601",
        "Rejoué trois fois sur l’environnement de test : la redirection reste sur le portail.",
    ),
    finding(
        "En-tête manquant sur la page de paiement",
        "Lire les en-têtes de la page de paiement.",
        "693",
        "La page de paiement appartient au prestataire : elle est hors du périmètre.",
    ),
    finding(
        "La version du serveur est affichée",
        "Lire l’en-tête `Server`.",
        "200",
        "C’est exact, et cela ne donne pas prise par soi-même : information transmise à l’éditeur.",
    ),
    finding(
        "Pièces jointes accessibles hors connexion",
        "Ouvrir l’adresse d’une pièce jointe dans une fenêtre privée.",
        "306",
        "C’est la faille déjà signalée et vérifiée sur les pièces jointes.",
    ),
    finding(
        "Les numéros de dossier se suivent",
        "Créer deux dossiers de suite et comparer leurs numéros.",
        "340",
        "Des numéros qui se suivent ne donnent accès à rien sans la faille d’accès, déjà connue.",
    ),
];

pub(crate) const ABUSIVE: Finding = finding(
    "Faille critique !!! paiement demandé",
    "Payez d’abord.",
    "200",
    "Aucune étape, aucune preuve, et une demande d’argent dans une opération pédagogique.",
);

/// What gets around the fix of a vulnerability.
pub(crate) const BYPASS: Finding = finding(
    "Le lien « mot de passe oublié » ressert après un changement d’adresse",
    "1. Demander un lien et l’utiliser.\n2. Changer l’adresse du compte.\n3. Utiliser le même lien une seconde fois.",
    "640",
    "",
);

/// Answers that verifiers give often: what each is for, its title and its text.
pub(crate) const TEMPLATES: &[(&str, &str, &str)] = &[
    (
        "question",
        "Demander la requête complète",
        "Bonjour,\n\nPour rejouer votre signalement {numero} sur {produit}, il nous faut la requête complète, avec ses en-têtes et le compte de test utilisé. Vous avez {jours} jours pour répondre.",
    ),
    (
        "closing",
        "Hors du périmètre",
        "Merci de ce signalement. L’adresse testée n’appartient pas au périmètre de la campagne {campagne} : nous ne pouvons pas le retenir. Le périmètre est rappelé sur la page de la campagne.",
    ),
];

/// What the vendor says of a flaw in its own words.
pub(crate) const ADVISORY: &str = "\
## Ce que vous devez faire

Installez la version **4.2.2**. La mise à jour se fait sans arrêt du portail et dure moins de dix minutes.

Si vous ne pouvez pas l’installer cette semaine, restreignez le module depuis l’administration et écrivez à notre assistance.";

/// Gives what the vendor answers of one of its versions, and what it says to do.
pub(crate) fn version(name: &str) -> (&'static str, &'static str) {
    match name {
        "4.2.2" => ("fixed", "Un contre-test l’a confirmé."),
        _ => ("affected", "Passez à la version 4.2.2."),
    }
}

pub(crate) const OPEN: &[Finding] = &[
    finding(
        "Comportement étrange de l’agenda",
        "L’agenda montre parfois un autre mois.",
        "451",
        "",
    ),
    finding(
        "Le quota de rendez-vous se contourne",
        "Envoyer deux demandes dans la même seconde.",
        "362",
        "",
    ),
    finding(
        "Les exports ne demandent pas de nouvelle connexion",
        "Laisser la session expirer, puis lancer un export.",
        "613",
        "",
    ),
    finding(
        "Nom d’agent visible dans une réponse",
        "Lire la réponse de `/api/rendez-vous`.",
        "200",
        "",
    ),
    finding(
        "Formulaire de contact sans limite",
        "Envoyer le formulaire vingt fois.",
        "770",
        "",
    ),
    finding("Essai de brouillon", "Rien encore.", "200", ""),
    finding(
        "Import de fichier : nom non contrôlé",
        "Déposer un fichier nommé `../x.pdf`.",
        "22",
        "",
    ),
];

/// Gives the layers of a vulnerability of the story, by its number.
pub(crate) fn layers(index: usize) -> Vec<(Layer, String)> {
    let finding = &VERIFIED[index.min(VERIFIED.len() - 1)];
    vec![
        (Layer::Alert, "Une faille touche ce produit. Surveillez les connexions inhabituelles ; votre contact est l’organisateur du programme.".to_owned()),
        (Layer::Measures, "En attendant le correctif : restreindre l’accès au module concerné depuis l’administration, et relire les journaux des trente derniers jours.".to_owned()),
        (Layer::Title, finding.title.to_owned()),
        (Layer::Details, format!("{}\n\nLe contrôle manque côté serveur ; le correctif l’ajoute à chaque accès.", finding.impact)),
        (Layer::Exploit, format!("{}\n\n{}", finding.steps, finding.proof)),
    ]
}

/// Gives the reason that a commune writes with its answer.
pub(crate) const fn reason(event: PositionEvent) -> &'static str {
    match event {
        PositionEvent::DeclareAffected => "Le module est ouvert au public chez nous.",
        PositionEvent::DeclareNotAffected => "Le module n’est pas activé.",
        PositionEvent::DeclareUnknown => "Nous attendons la réponse de notre hébergeur.",
        PositionEvent::Mitigate => "Module restreint aux agents depuis ce matin.",
        PositionEvent::Update => "Version 4.2.2 installée et contrôlée.",
        PositionEvent::AcceptRisk => "Mise à jour prévue avec la migration du trimestre ; accès restreint d’ici là.",
        _ => "",
    }
}

/// The findings of an earlier test, as the spreadsheet of who ran it gives them.
pub const EARLIER_TEST: &str = "\
titre;description;mesures;exploitation;vecteur;cwe
Liste des arrêts lisible sans connexion;L’adresse de la liste des arrêts répond aussi à qui n’est pas connecté. On y lit le nom de l’établissement de chaque élève.;Limiter l’adresse au réseau de la mairie.;Appeler /arrets?etablissement=12 sans cookie de session.;CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N;CWE-306
Mot de passe oublié sans limite d’essais;Le code reçu par courriel compte quatre chiffres et se devine : rien ne limite les essais.;Surveiller les demandes répétées.;Essayer les dix mille codes sur une même demande.;CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N;CWE-307
Message d’erreur trop bavard;La page d’erreur affiche la version du serveur.;;;;CWE-209
";

/// Why the school transport is tested once more.
pub(crate) const ONE_MORE: &str = "Les dix-huit tests déclarés ont été faits chacun pour une seule commune, et leurs résultats n’ont pas été partagés. Celui-ci l’est : il en remplace autant l’an prochain.";
