//! What `beffroi check` says of the gateway and of hosted targets.

use super::Finding;
use crate::settings::Settings;
use crate::targets::{Host, host};
use crate::trouble::Trouble;
use hosting::{Engine, Gravity, GuardProblem, Limited};
use std::fs::File;
use std::io::ErrorKind::PermissionDenied;

/// Checks the gateway's settings: what its doors need, without opening them where it already runs.
pub fn gateway(settings: &Settings) -> Finding {
    let of = &settings.gateway;
    let Some(address) = of.address() else {
        return Ok("passerelle : aucune (« gateway.domain » n’est pas donné)".to_owned());
    };
    for (name, text) in [
        ("gateway.listen", Some(&of.listen)),
        ("gateway.proxy", of.proxy.as_ref()),
    ] {
        // As names such as localhost may be given, it is resolved as the doors do.
        let is_address =
            |text: &str| std::net::ToSocketAddrs::to_socket_addrs(text).is_ok_and(|mut all| all.next().is_some());
        if let Some(text) = text.filter(|text| !is_address(text)) {
            return Err(Trouble::new(
                format!("« {text} », dans {name}, n’est pas une adresse d’écoute"),
                "écrivez une adresse et un port, par exemple 127.0.0.1:8081",
            ));
        }
    }
    if let Some(files) = of.certificate_files()? {
        // A gateway of another user reads a key that this one need not.
        let theirs = of.group.is_some() && File::open(&files.key).is_err_and(|error| error.kind() == PermissionDenied);
        if !theirs {
            ::gateway::Certificates::read(files).map_err(|error| {
                Trouble::new(
                    format!("le certificat de la passerelle ne sert pas : {error}"),
                    "corrigez « gateway.certificate » et « gateway.certificate_key » (PEM), ou les droits de ces fichiers",
                )
            })?;
        }
    }
    if of.tls_before && of.public_port.is_none() {
        return Err(Trouble::new(
            "un autre serveur termine TLS devant la passerelle, et le port que les outils demandent n’est pas donné"
                .to_owned(),
            "donnez « gateway.public_port », par exemple 443",
        ));
    }
    if of.tls_before && of.proxy.is_some() && of.certificate.is_none() {
        return Err(Trouble::new(
            "le mandataire HTTP de la passerelle ouvre des tunnels vers des noms en https, sans certificat pour les terminer".to_owned(),
            "donnez « gateway.certificate » et « gateway.certificate_key », ou retirez « gateway.proxy »",
        ));
    }
    let local = address.domain == "localhost";
    if !address.tls && !local {
        return Err(Trouble::new(
            format!(
                "la passerelle {} répond sans TLS : les secrets des chasseurs circuleraient en clair",
                address.domain
            ),
            "donnez-lui un certificat pour *. ce domaine, ou « gateway.tls_before = true » derrière un serveur qui termine TLS",
        ));
    }
    let place = if of.apart {
        "dans un processus à part"
    } else {
        "dans ce processus"
    };
    Ok(format!(
        "passerelle {} : {}, {place}",
        address.origin("ACCÈS"),
        of.listen
    ))
}

/// Checks what hosts targets, and that what it would start is walled in.
pub async fn hosting(settings: &Settings) -> Vec<Finding> {
    match host(settings) {
        Ok(Some(Host::Containers(engine))) => {
            let findings = Engine::examine(engine).await;
            let installs = settings.hosting.install_guard;
            findings.iter().map(|one| told(one, installs)).collect()
        }
        #[cfg(feature = "kubernetes")]
        Ok(Some(Host::Cluster(cluster))) => super::cluster::hosting(cluster).await,
        Ok(None) => vec![Ok(
            "cibles hébergées : aucune (ni « hosting.socket », ni « hosting.engine = \"kubernetes\" »)".to_owned(),
        )],
        Err(trouble) => vec![Err(trouble)],
    }
}

fn told(finding: &::hosting::Finding, installs: bool) -> Finding {
    let mended =
        |problem: &GuardProblem| installs && matches!(problem, GuardProblem::Missing | GuardProblem::Different);
    if matches!(finding, ::hosting::Finding::Guard { problem, .. } if mended(problem)) {
        return Ok("le mur autour des cibles (nftables) sera posé avec la première".to_owned());
    }
    let (what, to_do) = said(finding);
    match finding.gravity() {
        Gravity::Note => Ok(what),
        Gravity::Warning => Ok(format!("{what} ; {to_do}")),
        Gravity::Blocking => Err(Trouble::new(format!("aucune cible ne démarre : {what}"), to_do)),
    }
}

/// Says a finding, and what to do.
pub(crate) fn said(finding: &::hosting::Finding) -> (String, String) {
    use ::hosting::Finding as F;
    match finding {
        F::Engine { name, version } => (format!("moteur de conteneurs : {name} {version}"), String::new()),
        F::EngineUnreachable { socket, reason } => (
            format!("aucun moteur de conteneurs ne répond sur {} ({reason})", socket.display()),
            "installez Podman ou Docker, démarrez son service (« systemctl start podman.socket »), ou corrigez « hosting.socket »".to_owned(),
        ),
        F::EngineTooOld { found, least } => (format!("{found} est trop ancien"), format!("il faut au moins {least}")),
        F::Guard { problem, text } => guard(problem, text),
        F::FirewallOff => (
            "Docker tourne sans ses règles de pare-feu".to_owned(),
            "retirez --iptables=false de sa configuration".to_owned(),
        ),
        F::FirewallUnknown { reason } => (
            format!("on ne voit pas si Docker tourne avec ses règles de pare-feu ({reason})"),
            "lancez « beffroi check » avec le droit de lire nftables".to_owned(),
        ),
        F::PoliciesUnproven => (
            "personne n’a essayé si la grappe tient ses règles de réseau (NetworkPolicy), qu’elle accepte même où rien ne les applique".to_owned(),
            "essayez-le avec deux cibles, puis répondez-en par « hosting.kubernetes.policies_proven = true »".to_owned(),
        ),
        F::EverybodyEnters => (
            "tout le monde entrerait dans les cibles".to_owned(),
            "donnez à « hosting.kubernetes.gateway_addresses » les seules adresses de la passerelle".to_owned(),
        ),
        F::Rootless => (
            "le moteur tourne sans root : rien, sur l’hôte, n’atteint ses réseaux".to_owned(),
            "donnez à « hosting.socket » celui du moteur du système".to_owned(),
        ),
        F::LimitNotEnforced(limited) => (
            format!("la limite {} ne serait pas tenue", limit(*limited)),
            "donnez au moteur le groupe de contrôle (cgroup) correspondant".to_owned(),
        ),
        F::NoSeccomp => (
            "les appels système ne sont pas filtrés".to_owned(),
            "rétablissez le profil seccomp du moteur".to_owned(),
        ),
        F::HostNamesShown { setting } => (
            "Podman copie les noms de l’hôte dans les cibles".to_owned(),
            format!("écrivez {setting} dans containers.conf, section [containers]"),
        ),
        F::PoolInUse { pool, interface } => (
            format!("l’hôte joint déjà des adresses de {pool} par {interface}"),
            "donnez à « hosting.pool » un bloc que rien d’autre n’utilise".to_owned(),
        ),
    }
}

fn guard(problem: &GuardProblem, text: &str) -> (String, String) {
    let what = match problem {
        GuardProblem::NoProgram => "« nft » n’est pas installé".to_owned(),
        GuardProblem::NotAllowed => "le mur autour des cibles ne peut pas être lu ni posé par ce compte".to_owned(),
        GuardProblem::Missing => "le mur autour des cibles n’est pas posé".to_owned(),
        GuardProblem::Different => "le mur autour des cibles a été modifié".to_owned(),
        GuardProblem::Failed(reason) => format!("nftables : {reason}"),
    };
    let to_do = match problem {
        GuardProblem::NoProgram => "installez le paquet nftables".to_owned(),
        _ => format!("posez-le avec « nft -f » :\n{text}"),
    };
    (what, to_do)
}

const fn limit(limited: Limited) -> &'static str {
    match limited {
        Limited::Memory => "de mémoire",
        Limited::Swap => "d’échange (swap)",
        Limited::Cpu => "de processeur",
        Limited::Processes => "de processus",
    }
}
