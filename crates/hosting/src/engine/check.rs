//! What `beffroi check` and the page of the targets tell of an engine.

use super::finding::{Finding, Gravity, Limited};
use super::network::range;
use super::{Doing, Engine, EngineSettings, Pool, firewall};
use crate::error::HostingError;
use crate::guard::{BRIDGE, guard_text};
use bollard::models::SystemInfo;
use std::net::{IpAddr, Ipv4Addr};

/// The least version of Podman: the first with netavark, whose networks can be had without a name server.
const PODMAN: &str = "4.0";
/// The least version of Docker: the oldest that still gets corrections in a Debian.
const DOCKER: &str = "20.10";

impl Engine {
    /// Connects and tells everything that is found; what is not there is a finding and no error.
    pub async fn examine(settings: EngineSettings) -> Vec<Finding> {
        match Self::connect(settings.clone()).await {
            Ok(engine) => engine.check().await,
            Err(error) => vec![Finding::EngineUnreachable {
                socket: settings.socket,
                reason: error.to_string(),
            }],
        }
    }

    /// Tells what is found of the engine and its machine.
    pub async fn check(&self) -> Vec<Finding> {
        let mut findings = vec![Finding::Engine {
            name: self.version.name.clone(),
            version: self.version.version.clone(),
        }];
        findings.extend(self.too_old());
        match self.docker.info().await.doing("ask for the engine's abilities") {
            Ok(info) => findings.extend(abilities(&info)),
            Err(error) => findings.push(Finding::EngineUnreachable {
                socket: self.settings.socket.clone(),
                reason: error.to_string(),
            }),
        }
        if let Some(problem) = self.settings.guard.problem().await {
            let text = guard_text();
            findings.push(Finding::Guard { problem, text });
        }
        if self.is_podman() {
            findings.extend(host_names().await);
        } else {
            findings.extend(firewall::finding().await);
        }
        findings.extend(pool_in_use(self.settings.pool, &routes().await));
        findings
    }

    /// Puts the wall up where that is allowed, and refuses where a target could get out.
    pub(super) async fn isolated(&self) -> Result<(), HostingError> {
        self.settings.guard.ensure().await;
        let findings = self.check().await;
        let blocking: Vec<Finding> = findings
            .into_iter()
            .filter(|finding| finding.gravity() == Gravity::Blocking)
            .collect();
        blocking
            .is_empty()
            .then_some(())
            .ok_or(HostingError::NotIsolated(blocking))
    }

    /// Puts the wall up again where it fell, as when the machine's rules were loaded anew.
    pub(super) async fn still_walled(&self) -> Result<(), HostingError> {
        let problem = self.settings.guard.ensure().await;
        let finding = problem.map(|problem| Finding::Guard {
            problem,
            text: guard_text(),
        });
        let blocking = finding.filter(|finding| finding.gravity() == Gravity::Blocking);
        blocking.map_or(Ok(()), |finding| Err(HostingError::NotIsolated(vec![finding])))
    }

    fn too_old(&self) -> Option<Finding> {
        let least = if self.is_podman() { PODMAN } else { DOCKER };
        (numbers(&self.version.version) < numbers(least)).then(|| Finding::EngineTooOld {
            found: format!("{} {}", self.version.name, self.version.version),
            least,
        })
    }
}

/// Reads what the engine says it can enforce.
fn abilities(info: &SystemInfo) -> Vec<Finding> {
    let rows = [
        (info.memory_limit, Limited::Memory),
        (info.swap_limit, Limited::Swap),
        (info.cpu_cfs_quota, Limited::Cpu),
        (info.pids_limit, Limited::Processes),
    ];
    let mut findings: Vec<Finding> = rows
        .into_iter()
        .filter(|(can, _)| *can == Some(false))
        .map(|(_, what)| Finding::LimitNotEnforced(what))
        .collect();
    let options = info.security_options.as_deref().unwrap_or_default();
    if options.iter().any(|option| option.contains("rootless")) {
        findings.push(Finding::Rootless);
    }
    if !options.iter().any(|option| option.contains("seccomp")) {
        findings.push(Finding::NoSeccomp);
    }
    findings
}

/// Reads a version's first two numbers.
fn numbers(version: &str) -> (u32, u32) {
    let mut parts = version
        .split(['.', '-', '+', '~'])
        .map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

async fn routes() -> String {
    tokio::fs::read_to_string("/proc/net/route").await.unwrap_or_default()
}

/// Where Podman's settings lie (`containers.conf(5)`).
const SETTINGS: &[&str] = &[
    "/usr/share/containers/containers.conf",
    "/etc/containers/containers.conf",
];

async fn host_names() -> Option<Finding> {
    let mut settings = String::new();
    for path in SETTINGS {
        settings.push_str(&tokio::fs::read_to_string(path).await.unwrap_or_default());
    }
    let names = tokio::fs::read_to_string("/etc/hosts").await.unwrap_or_default();
    names_shown(&names, &settings)
}

/// Says whether a target would read names of the host's surroundings.
fn names_shown(names: &str, settings: &str) -> Option<Finding> {
    let set = settings
        .lines()
        .any(|line| line.trim_start().starts_with("base_hosts_file"));
    let loopback = |address: &str| {
        let address = address.parse::<IpAddr>();
        address.is_ok_and(|address| address.is_loopback() || address.is_multicast())
    };
    let lines = names
        .lines()
        .filter_map(|line| line.split('#').next()?.split_whitespace().next());
    let told = lines.filter(|address| !loopback(address)).count() > 0;
    (told && !set).then_some(Finding::HostNamesShown {
        setting: "base_hosts_file = \"none\"",
    })
}

/// Looks for routes into the pool that do not lead to our own bridges (`proc(5)`, `/proc/net/route`).
fn pool_in_use(pool: Pool, routes: &str) -> Option<Finding> {
    let (start, end) = range(&pool.to_string())?;
    let hex = |text: &str| u32::from_str_radix(text, 16).ok().map(u32::from_be);
    routes.lines().skip(1).find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (interface, base, mask) = (fields.first()?, hex(fields.get(1)?)?, hex(fields.get(7)?)?);
        // The default route says nothing, nor does one that drops.
        let overlaps = mask != 0 && base <= end && (base | !mask) >= start;
        let foreign = !interface.starts_with(BRIDGE) && *interface != "*";
        (overlaps && foreign).then(|| Finding::PoolInUse {
            pool: Ipv4Addr::from(base).to_string(),
            interface: (*interface).to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: &str = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
        eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n\
        bft-0ad50000\t0000D50A\t00000000\t0001\t0\t0\t0\tF0FFFFFF\t0\t0\t0\n";

    #[test]
    fn only_foreign_routes_into_the_pool_are_told() {
        assert_eq!(pool_in_use(Pool::default(), ROUTES), None);
        let foreign = ROUTES.replace("bft-0ad50000", "tun0");
        let found = pool_in_use(Pool::default(), &foreign);
        assert!(matches!(found, Some(Finding::PoolInUse { interface, .. }) if interface == "tun0"));
    }

    #[test]
    fn names_of_the_surroundings_are_told_until_they_are_hidden() {
        let quiet = "127.0.0.1 localhost\n::1 localhost ip6\nff02::1 all # 10.0.0.1\n\n";
        assert_eq!(names_shown(quiet, ""), None);
        let telling = format!("{quiet}10.1.2.3 rh.interne\n");
        assert!(names_shown(&telling, "# base_hosts_file = \"\"\n").is_some());
        assert_eq!(
            names_shown(&telling, "[containers]\n base_hosts_file = \"none\"\n"),
            None
        );
    }

    #[test]
    fn abilities_become_findings() {
        let mut info = SystemInfo {
            memory_limit: Some(true),
            pids_limit: Some(false),
            security_options: Some(vec!["name=seccomp,profile=default".to_owned()]),
            ..SystemInfo::default()
        };
        assert_eq!(abilities(&info), [Finding::LimitNotEnforced(Limited::Processes)]);
        info.security_options = Some(vec!["name=rootless".to_owned()]);
        assert_eq!(abilities(&info)[1..], [Finding::Rootless, Finding::NoSeccomp]);
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(numbers("4.3.1") > numbers("4.0") && numbers("20.10.24+dfsg1") >= numbers("20.10"));
        assert!(numbers("3.4.4") < numbers("4.0") && numbers("19.03") < numbers("20.10"));
    }
}
