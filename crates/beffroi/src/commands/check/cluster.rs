//! What `beffroi check` says of the cluster that hosts targets.

use super::Finding;
use super::targets::said;
use crate::trouble::Trouble;
use hosting::Gravity;
use kubernetes::{Cluster, ClusterFinding as F, ClusterSettings, ROLE, Right};

/// Checks the cluster; a namespace is made for it and removed again.
pub async fn hosting(settings: ClusterSettings) -> Vec<Finding> {
    let findings = Cluster::examine(settings).await;
    let mut told: Vec<Finding> = findings.iter().filter(|one| !is_right(one)).map(say).collect();
    let missing = findings.iter().filter_map(|finding| match finding {
        F::RightMissing(right) => Some(word(right)),
        _ => None,
    });
    let missing: Vec<String> = missing.collect();
    // One line for all: they have one remedy.
    if !missing.is_empty() {
        told.push(Err(Trouble::new(
            format!(
                "aucune cible ne démarre : il manque des droits sur la grappe ({})",
                missing.join(", ")
            ),
            format!("appliquez ce rôle (« kubectl apply -f »), et liez-le au compte de Beffroi :\n{ROLE}"),
        )));
    }
    told
}

const fn is_right(finding: &F) -> bool {
    matches!(finding, F::RightMissing(_))
}

fn word(right: &Right) -> String {
    let part = if right.part.is_empty() { "" } else { "/" };
    format!("{} {}{part}{}", right.verb, right.resource, right.part)
}

fn say(finding: &F) -> Finding {
    let (what, to_do) = words(finding);
    match finding.gravity() {
        Gravity::Note => Ok(what),
        Gravity::Warning => Ok(format!("{what} ; {to_do}")),
        Gravity::Blocking => Err(Trouble::new(format!("aucune cible ne démarre : {what}"), to_do)),
    }
}

fn words(finding: &F) -> (String, String) {
    match finding {
        F::Cluster { version } => (format!("grappe Kubernetes {version}"), String::new()),
        F::Unreachable { place, reason } => (
            format!("aucune grappe Kubernetes ne répond à {place} ({reason})"),
            "corrigez « hosting.kubernetes.kubeconfig » et « context », ou lancez Beffroi dans la grappe".to_owned(),
        ),
        F::TooOld { found, least } => (
            format!("Kubernetes {found} est trop ancien"),
            format!("il faut au moins {least}"),
        ),
        F::MemoryFoldersUnsized => (
            "les dossiers en mémoire ne gardent pas leur taille".to_owned(),
            "mettez la grappe à jour (1.22 au moins)".to_owned(),
        ),
        F::RightMissing(right) => (format!("le droit manque : {}", word(right)), String::new()),
        F::RightsUnknown { reason } => (
            format!("la grappe ne dit pas quels droits a Beffroi ({reason})"),
            "vérifiez le rôle que donne « beffroi check » quand ils manquent".to_owned(),
        ),
        F::PodSecurityAbsent => (
            "la grappe ne refuse pas les pods qui peuvent trop".to_owned(),
            "activez Pod Security Admission".to_owned(),
        ),
        F::PodSecurityUnknown { reason } => (
            format!("on n’a pas pu essayer si la grappe refuse les pods qui peuvent trop ({reason})"),
            "vérifiez que Pod Security Admission y est actif".to_owned(),
        ),
        F::PolicyEnforcementUnknown => said(&hosting::Finding::PoliciesUnproven),
        F::GatewayIsEverybody => said(&hosting::Finding::EverybodyEnters),
        F::GatewayNamespace { namespace, label } => (
            format!("l’espace de noms {namespace}, celui de la passerelle, n’est pas là ou n’est pas étiqueté"),
            format!("donnez-lui l’étiquette {label}, sans quoi personne n’entre dans les cibles"),
        ),
        F::ProcessesByNode => (
            "sur la grappe, chaque nœud limite les processus (podPidsLimit), pas la recette".to_owned(),
            String::new(),
        ),
    }
}
