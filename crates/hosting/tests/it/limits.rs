//! What a target may use of the machine, and what it may do on it.

use crate::machine::{PORTAL, PROBE};
use crate::own_machine;
use crate::tools::{get, request};
use hosting::Probe;
use std::time::Duration;

own_machine! {
    /// Memory ends with a kill that is told as such; other instances live on.
    async fn memory_ends(machine) {
        let greedy = machine.instance(1, &format!("{PROBE}resources = {{ memory = \"32 MiB\" }}\n"));
        let other = machine.instance(2, PROBE);
        let address = machine.manager.start(&greedy).await.unwrap().endpoint.address;
        let calm = machine.manager.start(&other).await.unwrap().endpoint.address;
        assert_eq!(get(address, "/burn?mebibytes=64").0, 0, "the target ended within its answer");
        let mut probe = Probe::Healthy;
        for _ in 0..50 {
            probe = machine.manager.health(&greedy).await.unwrap()["web"].clone();
            if matches!(probe, Probe::Ended(_)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let Probe::Ended(exit) = probe else { panic!("{probe:?}") };
        assert!(exit.code == 137 && exit.is_memory(), "{exit:?}");
        assert_eq!(get(calm, "/").0, 200);
        // It comes back clean.
        machine.manager.reset(&greedy).await.unwrap();
        assert_eq!(get(address, "/").0, 200);
    }
}

own_machine! {
    /// Processes, capabilities, privileges, system calls, files and the user are held as told.
    async fn walls_stand(machine) {
        let recipe = format!("{PROBE}resources = {{ processes = 40 }}\ntmpfs = {{ \"/memory\" = \"2 MiB\" }}\n");
        let address = machine.manager.start(&machine.instance(1, &recipe)).await.unwrap().endpoint.address;
        let started: usize = get(address, "/threads?of=200").1.parse().unwrap();
        assert!((20..40).contains(&started), "{started}");
        let (_, status) = get(address, "/file?of=/proc/self/status");
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap().split_whitespace().next().unwrap().to_owned()
        };
        assert_eq!((field("CapEff:"), field("CapBnd:")), ("0".repeat(16), "0".repeat(16)));
        assert_eq!((field("NoNewPrivs:"), field("Seccomp:"), field("Uid:")), ("1".to_owned(), "2".to_owned(), "65534".to_owned()));
        let (_, limits) = get(address, "/file?of=/proc/self/limits");
        for (name, most) in [("Max open files", "4096"), ("Max processes", "4096"), ("Max core file size", "0")] {
            let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
            assert!(line.contains(&format!(" {most} ")), "{line}");
        }
        // What the control group holds, in its first or second version.
        let held = |one: &str, two: &str| {
            let read = |path: &str| get(address, &format!("/file?of=/sys/fs/cgroup/{path}")).1.trim().to_owned();
            let first = read(one);
            if first.is_empty() { read(two) } else { first }
        };
        let cpu = held("cpu/cpu.cfs_quota_us", "cpu.max");
        assert!(["50000", "50000 100000"].contains(&cpu.as_str()), "{cpu}");
        let memory = (256 << 20).to_string();
        assert_eq!(held("memory/memory.limit_in_bytes", "memory.max"), memory);
        let swap = held("memory/memory.memsw.limit_in_bytes", "memory.swap.max");
        assert!(swap == memory || swap == "0", "{swap}");
        let write = |to: &str, size: u32| get(address, &format!("/write?to={to}&mebibytes={size}")).1;
        assert_eq!(write("/anywhere", 0), "ReadOnlyFilesystem");
        assert_eq!(write("/memory/a", 1), "written");
        assert_eq!(write("/memory/b", 4), "StorageFull");
    }
}

own_machine! {
    /// A target learns nothing of the host's names, domains and environment.
    async fn what_a_target_sees(machine) {
        let address = machine.manager.start(&machine.instance(1, PROBE)).await.unwrap().endpoint.address;
        let (_, hosts) = get(address, "/file?of=/etc/hosts");
        let lines: Vec<&str> = hosts.lines().filter(|line| line.contains("10.213.")).collect();
        assert!(!lines.is_empty() && lines.iter().all(|line| line.contains("web")), "{hosts}");
        assert!(!hosts.contains("host.containers.internal"), "{hosts}");
        let (_, resolver) = get(address, "/file?of=/etc/resolv.conf");
        assert!(resolver.contains("nameserver 127.0.0.1"), "{resolver}");
        assert!(!format!("{hosts}{resolver}").contains("interne") && !resolver.contains("10.66."), "{hosts}{resolver}");
        let portal = machine.instance(2, PORTAL);
        let address = machine.manager.start(&portal).await.unwrap().endpoint.address;
        // The hole reads what the container has, which is nothing of the host.
        let (status, environment) = get(address, "/documents?nom=../proc/self/environ");
        assert_eq!(status, 200);
        assert!(!environment.contains("BEFFROI"), "{environment}");
        assert_eq!(request(address, "POST", "/documents?nom=../etc/x", "x").0, 507);
    }
}
