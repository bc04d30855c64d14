//! Whether Docker put its own firewall rules up.

use super::finding::Finding;
use tokio::process::Command;

/// Where Docker's rules show, by any of its ways to write them.
const SIGNS: &[&[&str]] = &[
    &["iptables", "-w", "-S", "DOCKER-USER"],
    &["iptables-legacy", "-w", "-S", "DOCKER-USER"],
    &["iptables", "-w", "-S", "DOCKER"],
    &["nft", "list", "table", "ip", "docker-bridges"],
];

/// Looks for Docker's rules: it refuses to say over its API whether it was started without.
pub(super) async fn finding() -> Option<Finding> {
    let mut reason = None;
    for sign in SIGNS {
        let output = Command::new(sign[0]).args(&sign[1..]).kill_on_drop(true).output().await;
        match output {
            Ok(output) if output.status.success() => return None,
            Ok(output) => {
                let words = String::from_utf8_lossy(&output.stderr).into_owned();
                if words.to_lowercase().contains("permi") {
                    return Some(Finding::FirewallUnknown { reason: words });
                }
                reason = Some(words);
            }
            // A program that is missing shows nothing.
            Err(_) => (),
        }
    }
    Some(match reason {
        Some(_) => Finding::FirewallOff,
        None => Finding::FirewallUnknown {
            reason: "iptables, nft".to_owned(),
        },
    })
}
