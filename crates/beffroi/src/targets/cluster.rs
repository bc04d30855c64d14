//! The cluster of the settings, as the provider of Kubernetes takes it. Decision 38 says why it can be left out.

use super::installation;
use crate::settings::{KubernetesSettings, Settings};
use crate::trouble::Trouble;
use ::kubernetes::{Access, Cidr, ClusterSettings, Enforcement, GatewayPeer};
use std::time::Duration;

/// Gives how the cluster of the settings is reached.
///
/// # Errors
/// [`Trouble`] where the settings do not say who may enter targets, or do not read.
pub fn cluster_settings(settings: &Settings) -> Result<ClusterSettings, Trouble> {
    let of = &settings.hosting.kubernetes;
    // Names of targets elsewhere are kept from the cluster's own addresses.
    super::pool(&settings.hosting)?;
    Ok(ClusterSettings {
        access: match &of.kubeconfig {
            None => Access::InCluster,
            Some(file) => Access::Kubeconfig {
                file: file.clone(),
                context: of.context.clone(),
            },
        },
        installation: installation(settings)?,
        gateway: gateway(of)?,
        enforcement: match of.policies_proven {
            true => Enforcement::Proven,
            false => Enforcement::Unknown,
        },
        patience: Duration::from_secs(of.patience_seconds),
    })
}

/// Gives who may enter targets.
fn gateway(of: &KubernetesSettings) -> Result<GatewayPeer, Trouble> {
    match (&of.gateway_namespace, of.gateway_addresses.as_slice()) {
        (Some(namespace), []) => Ok(GatewayPeer::Pods {
            namespace: namespace.clone(),
            labels: of.gateway_labels.clone(),
        }),
        (None, [_, ..]) => {
            let blocks = of.gateway_addresses.iter().map(|text| {
                let wrong = || {
                    Trouble::new(
                        format!("« {text} », dans hosting.kubernetes.gateway_addresses, n’est pas un bloc d’adresses"),
                        "écrivez par exemple 192.0.2.7/32",
                    )
                };
                Cidr::parse(text).ok_or_else(wrong)
            });
            Ok(GatewayPeer::Addresses(blocks.collect::<Result<_, _>>()?))
        }
        _ => Err(Trouble::new(
            "les réglages ne disent pas d’où la passerelle entre dans les cibles de la grappe".to_owned(),
            "donnez « hosting.kubernetes.gateway_namespace » si elle y est un pod, ou « gateway_addresses » sinon ; pas les deux",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    fn read(text: &str) -> Result<ClusterSettings, Trouble> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("beffroi.toml");
        std::fs::write(&file, text).unwrap();
        let mut settings = Settings::read(Some(&file), &crate::settings::Flags::default())?;
        settings.folder = folder.path().to_owned();
        cluster_settings(&settings)
    }

    #[test]
    fn the_settings_say_who_enters_and_whether_policies_were_tried() {
        let text = "[hosting]\nengine = \"kubernetes\"\npool = \"10.96.0.0/12\"\n[hosting.kubernetes]\n\
            kubeconfig = \"/etc/kubeconfig\"\ncontext = \"cibles\"\ngateway_namespace = \"beffroi\"\n\
            gateway_labels = { app = \"gateway\" }\n";
        let of = read(text).unwrap_or_else(|trouble| panic!("{trouble}"));
        let access = Access::Kubeconfig {
            file: PathBuf::from("/etc/kubeconfig"),
            context: Some("cibles".to_owned()),
        };
        let labels = BTreeMap::from([("app".to_owned(), "gateway".to_owned())]);
        let namespace = "beffroi".to_owned();
        assert_eq!(
            (of.access, of.enforcement),
            (access, Enforcement::Unknown),
            "nobody tried"
        );
        assert_eq!(of.gateway, GatewayPeer::Pods { namespace, labels });
        let text = "[hosting.kubernetes]\ngateway_addresses = [\"192.0.2.7/32\"]\npolicies_proven = true\n";
        let of = read(text).unwrap_or_else(|trouble| panic!("{trouble}"));
        assert_eq!((of.access, of.enforcement), (Access::InCluster, Enforcement::Proven));
        let block = Cidr::parse("192.0.2.7/32").unwrap();
        assert_eq!(of.gateway, GatewayPeer::Addresses(vec![block]));
    }

    #[test]
    fn settings_that_do_not_say_who_enters_are_refused() {
        let said = |text: &str| match read(&format!("[hosting.kubernetes]\n{text}")) {
            Ok(of) => panic!("{:?} was taken", of.gateway),
            Err(trouble) => trouble.to_string(),
        };
        assert!(said("").contains("gateway_namespace"));
        assert!(said("gateway_namespace = \"a\"\ngateway_addresses = [\"192.0.2.7/32\"]\n").contains("pas les deux"));
        assert!(said("gateway_addresses = [\"192.0.2.7/24\"]\n").contains("192.0.2.7/24"));
    }
}
