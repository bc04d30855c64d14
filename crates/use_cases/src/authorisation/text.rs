//! The canonical French text of an authorisation: what is signed, and what the hash is of.

use domain::authorisation::{AuthorisationText, SignerRole};

const TITLE: &str = "AUTORISATION DE TEST DE SÉCURITÉ";
const LAW: &str = "Références légales\n\
L’accès ou le maintien frauduleux dans un système de traitement automatisé de données, l’entrave à son fonctionnement et \
l’atteinte à ses données sont punis par les articles 323-1 à 323-8 du code pénal. La présente autorisation, écrite et préalable, \
vaut accord du signataire pour les seuls tests décrits ci-dessus : ils ne sont pas frauduleux tant qu’ils respectent ce périmètre, \
cette période et ces interdits. Elle constitue le motif légitime au sens de l’article 323-3-1 du même code. Tout acte en dehors \
de ce cadre reste interdit.";
const GATEWAY: &str = "Ces cibles ne sont atteintes que par la passerelle de la plateforme, qui ne laisse rien passer hors de la période, \
n’ouvre que les méthodes et chemins ci-dessus et enregistre, scellé, tout ce qui passe. Qui a déclaré chaque cible a certifié \
qu’elle ne contient aucune donnée personnelle.";
const ACCOUNTS: &str = "Comptes\n\
Les testeurs n’utilisent que les comptes de test que la plateforme leur remet un par un, à leur nom ; chaque remise et chaque \
lecture est inscrite au journal. Aucun compte d’agent ni d’usager n’est utilisé.";
const REVOCATION: &str = "Révocation\n\
Le signataire peut révoquer cette autorisation à tout moment, en donnant son motif, depuis la plateforme. La campagne est \
suspendue à l’instant même. Si le périmètre, les produits, la période ou les interdits changent, cette autorisation prend fin \
et une nouvelle est demandée.";

const fn role(role: SignerRole) -> &'static str {
    match role {
        SignerRole::Owner => "titulaire du système",
        SignerRole::Host => "hébergeur du système",
        SignerRole::Vendor => "éditeur du logiciel",
    }
}

fn list(title: &str, lines: &[String], none: &str) -> String {
    let mut text = title.to_owned();
    if lines.is_empty() {
        text.push_str(&format!("\n– {none}"));
    }
    for line in lines {
        text.push_str(&format!("\n– {line}"));
    }
    text
}

/// Writes the canonical text; the same facts always give the same bytes.
pub(crate) fn render(t: &AuthorisationText) -> String {
    let siren = t.siren.as_ref().map(|s| format!(" (SIREN {s})")).unwrap_or_default();
    let mut parts = vec![
        format!("{TITLE}\nModèle n° {}", t.template_version),
        format!(
            "L’organisation {}{siren}, en qualité {}, autorise {} à faire tester par les participants de la campagne \
« {} » (dispositif « {} ») les produits désignés ci-dessous.",
            t.organisation,
            i18n::de(role(t.signer_role)),
            t.organiser,
            t.campaign,
            t.programme
        ),
    ];
    if !t.notice.is_empty() {
        parts.push(t.notice.clone());
    }
    if !t.legal_basis.is_empty() {
        parts.push(format!("Fondement du dispositif\n{}", t.legal_basis));
    }
    parts.push(list("Parties", &t.parties, "aucune"));
    parts.push(list("Produits testés", &t.products, "aucun"));
    if !t.target.is_empty() {
        parts.push(format!("Cible\n– {}", t.target));
    }
    if !t.targets.is_empty() {
        parts.push(format!(
            "{}\n{GATEWAY}",
            list("Cibles derrière la passerelle", &t.targets, "")
        ));
    }
    parts.push(list("Périmètre autorisé", &t.inside, "rien"));
    parts.push(list(
        "Hors périmètre",
        &t.outside,
        "tout ce qui n’est pas désigné ci-dessus",
    ));
    parts.push(format!(
        "Période\nLes tests ont lieu {}. L’autorisation vaut jusqu’au {}, pour les vérifications et les contre-tests.",
        t.period, t.until
    ));
    parts.push(ACCOUNTS.to_owned());
    parts.push(list(
        "Interdits",
        &t.prohibitions,
        "aucun en plus des règles d’engagement",
    ));
    parts.push(format!("Pour tout arrêter\n{}", t.stop_contact));
    parts.push(LAW.to_owned());
    parts.push(REVOCATION.to_owned());
    format!("{}\n", parts.join("\n\n"))
}
