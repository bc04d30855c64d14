//! What is made of recipes, as files in git that people review.

use crate::plane::{INSTALLATION, instance};
use kubernetes::{Access, Cidr, ClusterSettings, Enforcement, GatewayPeer, manifest};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Compares an instance's objects with those in git; `BEFFROI_REGENERATE=1` writes them instead.
fn compare(name: &str, gateway: GatewayPeer) {
    let settings = ClusterSettings {
        access: Access::Kubeconfig {
            file: PathBuf::from("nowhere"),
            context: None,
        },
        installation: INSTALLATION,
        gateway,
        enforcement: Enforcement::Proven,
        patience: Duration::from_secs(60),
    };
    let addresses = [("db", 10), ("web", 11)];
    let addresses = addresses.map(|(name, last)| (name.to_owned(), IpAddr::from([10, 96, 0, last])));
    let made = manifest(&settings, &instance(1, &format!("{name}.toml")), &addresses.into()).unwrap();
    let texts = made.iter().map(|object| serde_saphyr::to_string(object).unwrap());
    let text = texts.collect::<Vec<_>>().join("---\n");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/objects/{name}.yaml"));
    if std::env::var_os("BEFFROI_REGENERATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == text,
        "{name}.yaml is out of date: run the tests with BEFFROI_REGENERATE=1 and review it"
    );
}

#[test]
fn objects_are_those_in_git() {
    let labels = BTreeMap::from([("app".to_owned(), "gateway".to_owned())]);
    let namespace = "beffroi".to_owned();
    compare("mairie", GatewayPeer::Pods { namespace, labels });
    let blocks = ["192.0.2.7/32", "2001:db8::7/128"].into_iter().filter_map(Cidr::parse);
    compare("alone", GatewayPeer::Addresses(blocks.collect()));
}
