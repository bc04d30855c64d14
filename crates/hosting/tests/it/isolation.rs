//! What a target reaches: nothing. And the proof that the probe would see it.

use crate::machine::{Machine, PROBE, id, is_docker, settings};
use crate::own_machine;
use crate::tools::{engine, get, sh};
use hosting::{Engine, Finding, Gravity, Guard, GuardProblem, HostingError, Manager, guard_text};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::process::{Child, Command};
use std::sync::Arc;
use uuid::Uuid;

/// The host's address on the way out, and that of somebody outside.
const HOST: &str = "192.0.2.1";
const OUTSIDE: &str = "192.0.2.2";

/// Somebody outside, in a network namespace of its own, over a cable to the host.
struct Outside(Child, Child);

impl Drop for Outside {
    fn drop(&mut self) {
        for child in [&mut self.0, &mut self.1] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Gives the host listeners on every address, a name server, and a neighbour outside with a way there and back.
fn surroundings(machine: &Machine) -> Outside {
    let program = machine.program.display().to_string();
    let outside = Command::new("unshare")
        .args(["--net", &program, "probe", "0.0.0.0:8080"])
        .spawn()
        .unwrap();
    let host = Command::new(&program).args(["probe", "0.0.0.0:8080"]).spawn().unwrap();
    let pid = outside.id();
    // The neighbour's namespace is there once its program runs.
    crate::tools::wait("the neighbour", || {
        let ours = std::fs::read_link("/proc/self/ns/net").unwrap();
        std::fs::read_link(format!("/proc/{pid}/ns/net")).is_ok_and(|theirs| theirs != ours)
    });
    sh(&format!(
        "ip link add out0 type veth peer name out1
         ip link set out1 netns {pid}
         ip address add {HOST}/24 dev out0
         ip link set out0 up
         ip route add default via {OUTSIDE}
         nsenter -t {pid} -n ip address add {OUTSIDE}/24 dev out1
         nsenter -t {pid} -n ip link set out1 up
         nsenter -t {pid} -n ip link set lo up
         nsenter -t {pid} -n ip route add default via {HOST}
         echo 1 > /proc/sys/net/ipv4/ip_forward"
    ));
    let names = UdpSocket::bind("0.0.0.0:53").unwrap();
    std::thread::spawn(move || {
        let mut buffer = [0; 512];
        while let Ok((length, from)) = names.recv_from(&mut buffer) {
            let _ = names.send_to(&buffer[..length], from);
        }
    });
    crate::tools::wait("the host's listener", || {
        std::net::TcpStream::connect((HOST, 8080)).is_ok() && std::net::TcpStream::connect((OUTSIDE, 8080)).is_ok()
    });
    Outside(outside, host)
}

/// Asks a target to try places, and gives what became of each.
fn tried(from: SocketAddr, places: &[String]) -> BTreeMap<String, String> {
    let (status, body) = get(from, &format!("/?to={}", places.join(",").replace('%', "%25")));
    assert_eq!(status, 200);
    let found: BTreeMap<String, String> = body
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(place, outcome)| (place.to_owned(), outcome.to_owned()))
        .collect();
    assert_eq!(found.len(), places.len(), "{body}");
    found
}

/// Gives the host's address on the bridge of an instance: the first of its sixteen.
fn bridge(address: SocketAddr) -> String {
    let IpAddr::V4(address) = address.ip() else { panic!() };
    std::net::Ipv4Addr::from((u32::from(address) & !15) + 1).to_string()
}

/// Gives the host's IPv6 address on the link of an instance, as the instance writes it, with a listener behind.
fn link_local(address: SocketAddr) -> String {
    let listener = TcpListener::bind("[::]:8081").unwrap();
    std::thread::spawn(move || listener.incoming().for_each(drop));
    // Lines of /proc/net/if_inet6: address, index of the interface, and more, the interface's name last.
    let first = |text: &str, wanted: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with("fe80") && line.contains(wanted))
            .unwrap();
        let fields: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        (
            u128::from_str_radix(&fields[0], 16).unwrap(),
            u32::from_str_radix(&fields[1], 16).unwrap(),
        )
    };
    let IpAddr::V4(one) = address.ip() else { panic!() };
    let bridge = format!("bft-{:08x}", u32::from(one) & !15);
    let (host, _) = first(&std::fs::read_to_string("/proc/net/if_inet6").unwrap(), &bridge);
    let (_, index) = first(&get(address, "/file?of=/proc/net/if_inet6").1, "eth0");
    format!("tcp:[{}%{index}]:8081", std::net::Ipv6Addr::from(host))
}

own_machine! {
    /// No address of the host, of another target or of any outside network answers a target.
    async fn nothing_answers_a_target(machine) {
        let outside = surroundings(&machine);
        let one = machine.manager.start(&machine.instance(1, PROBE)).await.unwrap().endpoint.address;
        let two = machine.manager.start(&machine.instance(2, PROBE)).await.unwrap().endpoint.address;
        let (own, other) = (bridge(one), bridge(two));
        assert_ne!(own, other);
        let places: Vec<String> = [
            format!("tcp:{own}:8080"), format!("udp:{own}:53"), format!("tcp:{own}:1"),
            format!("tcp:{other}:8080"), format!("udp:{other}:53"), format!("tcp:{HOST}:8080"),
            format!("udp:{HOST}:53"), format!("tcp:{HOST}:1"), format!("tcp:{two}"),
            format!("tcp:{OUTSIDE}:8080"), format!("tcp:{OUTSIDE}:1"), "tcp:169.254.169.254:80".to_owned(),
            "udp:127.0.0.11:53".to_owned(), "udp:224.0.0.251:5353".to_owned(), "tcp:[fe80::1]:80".to_owned(),
        ].into();
        for (place, outcome) in tried(one, &places) {
            // Its own loopback is the target itself: what refuses there is nobody else.
            let good = ["silent", "unreachable"].contains(&outcome.as_str()) || place.contains("127.0.0.11");
            assert!(good && outcome != "answered", "{place} {outcome}");
        }
        assert_eq!(get(one, "/name?of=outside.example").1, "unknown");
        // Nor does anybody outside reach a target, though the host would forward it.
        let asked = Command::new("nsenter")
            .args(["-t", &outside.0.id().to_string(), "-n", &machine.program.display().to_string()])
            .args(["try", &format!("tcp:{one}"), &format!("tcp:{own}:8080")])
            .output()
            .unwrap();
        let asked = String::from_utf8(asked.stdout).unwrap();
        assert!(asked.contains(&format!("tcp:{one} silent")), "{asked}");
        // The host's own side of the bridge is the host, whose listeners stand where the operator put them.
        assert_eq!(get(one, "/").0, 200);
    }
}

own_machine! {
    /// Where isolation is off the same probe sees the host, the other target, a name server and the outside.
    async fn the_probe_sees_what_is_open(machine) {
        let _outside = surroundings(&machine);
        let image = machine.image.image.digest.as_str().trim_start_matches("sha256:").to_owned();
        let mut addresses = Vec::new();
        for number in [1, 2] {
            engine(&machine.folder, &format!("network create --subnet 10.99.{number}.0/24 open{number}"));
            let name = format!("open{number}");
            let run = format!("run --detach --name {name} --network {name} --ulimit nofile=4096 --ulimit nproc=4096 {image} probe");
            engine(&machine.folder, &run);
            let address = engine(&machine.folder, &format!("inspect {name} --format {{{{.NetworkSettings.Networks.{name}.IPAddress}}}}"));
            addresses.push(SocketAddr::new(address.trim().parse().unwrap(), 8080));
        }
        crate::tools::wait("the open target", || std::net::TcpStream::connect(addresses[0]).is_ok());
        crate::tools::wait("the other open target", || std::net::TcpStream::connect(addresses[1]).is_ok());
        let mut places: Vec<String> = [
            "tcp:10.99.1.1:8080".to_owned(), "udp:10.99.1.1:53".to_owned(), format!("tcp:{HOST}:8080"),
            format!("udp:{HOST}:53"), format!("tcp:{OUTSIDE}:8080"),
        ].into();
        if !is_docker() {
            // Docker keeps its networks apart by rules of its own; Podman forwards between them.
            places.push(format!("tcp:{}", addresses[1]));
        }
        for (place, outcome) in tried(addresses[0], &places) {
            assert_eq!(outcome, "answered", "{place}");
        }
        engine(&machine.folder, "rm --force open1 open2");
        engine(&machine.folder, "network rm open1 open2");
    }
}

own_machine! {
    /// The engine's internal network alone leaves the host's ports open on the bridge: the guard closes them, and is needed.
    async fn the_guard_is_what_closes_the_host(machine) {
        let _outside = surroundings(&machine);
        let address = machine.manager.start(&machine.instance(1, PROBE)).await.unwrap().endpoint.address;
        let other = machine.manager.start(&machine.instance(2, PROBE)).await.unwrap().endpoint.address;
        // Somebody who got further than any target should, and gave it a way out: the guard still stands.
        let gateway = bridge(address);
        for (number, way) in [(1, &gateway), (2, &bridge(other))] {
            let name = format!("container ls --quiet --filter name={}-web", id(number));
            let name = engine(&machine.folder, &name);
            let pid = engine(&machine.folder, &format!("inspect --format {{{{.State.Pid}}}} {}", name.trim()));
            sh(&format!("nsenter -t {} -n ip route replace default via {way}", pid.trim()));
        }
        let mut places = vec![
            format!("tcp:{gateway}:8080"), format!("udp:{gateway}:53"), format!("tcp:{HOST}:8080"),
            format!("tcp:{OUTSIDE}:8080"), format!("tcp:{other}"),
        ];
        // Docker switches IPv6 off within a target; under Podman the bridge answers under an address of the link.
        if !is_docker() {
            places.push(link_local(address));
        }
        let all = |good: &[&str]| tried(address, &places).values().all(|outcome| good.contains(&outcome.as_str()));
        let every = |open: bool| {
            if open {
                // The kernel asks for a neighbour again only some time after it had no answer.
                crate::tools::wait("every answer", || all(&["answered"]));
            } else {
                assert!(all(&["silent", "unreachable"]), "{:?}", tried(address, &places));
            }
        };
        every(false);
        let guard = machine.engine.guard();
        // And somebody took the engine's own rules away: the guard stands alone.
        sh("iptables -P FORWARD ACCEPT; iptables -F; iptables -t nat -F; iptables -t raw -F || true
            for one in /proc/sys/net/ipv4/conf/*/forwarding; do echo 1 > $one; done");
        every(false);
        guard.clean().await.unwrap();
        every(true);
        assert_eq!(guard.problem().await, Some(GuardProblem::Missing));
        assert_eq!(guard.ensure().await, None);
        every(false);
        // A table that somebody weakened is seen and put right.
        sh("nft flush chain inet beffroi_targets input; nft flush chain inet beffroi_targets forward");
        every(true);
        assert_eq!(guard.problem().await, Some(GuardProblem::Different));
        assert_eq!(guard.ensure().await, None);
        every(false);
        guard.clean().await.unwrap();
        guard.clean().await.unwrap();
    }
}

own_machine! {
    /// Where the guard is missing and may not be installed nothing starts, and the text to install is told.
    async fn nothing_starts_without_the_guard(machine) {
        let mut settings = settings(&machine.folder, &machine.seeds, Uuid::from_u128(0xbeff));
        settings.guard = Guard::new("nft".into(), false);
        let engine = Arc::new(Engine::connect(settings).await.unwrap());
        let manager = Manager::new(Arc::clone(&engine) as Arc<dyn hosting::Provider>);
        let refused = manager.start(&machine.instance(1, PROBE)).await;
        let Err(HostingError::NotIsolated(findings)) = refused else { panic!("{refused:?}") };
        let expected = Finding::Guard { problem: GuardProblem::Missing, text: guard_text() };
        assert_eq!(findings, [expected]);
        assert_eq!(machine.holdings().await, (0, 0, 0));
        // Installed by hand as told, it is enough.
        std::fs::write(machine.folder.join("guard.nft"), guard_text()).unwrap();
        sh(&format!("nft -f {}", machine.folder.join("guard.nft").display()));
        manager.start(&machine.instance(1, PROBE)).await.unwrap();
        let findings = engine.check().await;
        match findings.as_slice() {
            [Finding::Engine { .. }] => assert!(is_docker()),
            // The machine's settings do not lie where Podman's usually do.
            [Finding::Engine { .. }, names @ Finding::HostNamesShown { .. }] => assert_eq!(names.gravity(), Gravity::Warning),
            _ => panic!("{findings:?}"),
        }
    }
}
