//! The life of an instance: start, healthy, reset, snapshot, stop, remove; and what it says of itself.

use crate::machine::{PORTAL, PROBE, id, is_docker, snapshot};
use crate::own_machine;
use crate::tools::{get, request};
use domain::recipe::Digest;
use hosting::{HostingError, Probe, Sickness};
use std::time::{Duration, Instant};

own_machine! {
    /// Everything that is written is gone after a reset, and the address is the same.
    async fn a_life(machine) {
        let instance = machine.instance(1, PORTAL);
        let clock = Instant::now();
        let running = machine.manager.start(&instance).await.unwrap();
        let start = clock.elapsed();
        let address = running.endpoint.address;
        assert_eq!(get(address, "/sante"), (200, "ok".to_owned()));
        assert_eq!(request(address, "POST", "/messages", "message=une+trace").0, 303);
        assert!(get(address, "/messages").1.contains("une trace"));

        let clock = Instant::now();
        let again = machine.manager.reset(&instance).await.unwrap();
        let reset = clock.elapsed();
        assert_eq!(again, running, "the address and the fingerprint are the same");
        assert!(!get(address, "/messages").1.contains("une trace"), "a reset leaves nothing");

        machine.manager.stop(&instance).await.unwrap();
        let health = machine.manager.health(&instance).await.unwrap();
        assert!(matches!(health["web"], Probe::Ended(_)), "{health:?}");
        let resumed = machine.manager.resume(&instance).await.unwrap();
        assert_eq!(get(resumed.endpoint.address, "/sante").0, 200);

        let clock = Instant::now();
        machine.manager.remove(instance.id).await.unwrap();
        println!("start {start:?}, reset {reset:?}, remove {:?}", clock.elapsed());
        assert_eq!(machine.holdings().await, (0, 0, 0));
        machine.manager.remove(instance.id).await.unwrap();
        let gone = machine.manager.health(&instance).await;
        assert!(matches!(gone, Err(HostingError::NoInstance(_))), "{gone:?}");
    }
}

own_machine! {
    /// Two services on one private network know each other by name and alias; the second waits for the first.
    async fn two_services(machine) {
        let instance = machine.instance(1, r#"
            version = "2"
            entry = { service = "web", port = 8080 }
            [services.web]
            image = "IMAGE"
            command = ["probe"]
            after = ["zdb"]
            health = { http = "/", within = "20 s", every = "200 ms" }
            [services.zdb]
            image = "IMAGE"
            command = ["serve", "0.0.0.0:5432"]
            aliases = ["base", "base.mairie"]
            health = { tcp = 5432, within = "20 s", every = "200 ms" }
        "#);
        let running = machine.manager.start(&instance).await.unwrap();
        let web = running.endpoint.address;
        let (_, database) = get(web, "/name?of=zdb");
        assert_eq!(get(web, "/name?of=base").1, database);
        assert_eq!(get(web, "/name?of=base.mairie").1, database);
        assert_eq!(get(web, "/name?of=example.org").1, "unknown");
        let place = format!("tcp:{database}:5432");
        assert_eq!(get(web, &format!("/?to={place}")).1, format!("{place} answered\n"));
        let names: Vec<&str> = running.fingerprint.services.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["web", "zdb"]);
    }
}

own_machine! {
    /// What runs is named by the digests of the images, the plan and the engine.
    async fn the_running_fingerprint(machine) {
        let instance = machine.instance(1, PROBE);
        let running = machine.manager.start(&instance).await.unwrap().fingerprint;
        assert_eq!(running.services[0].image, machine.image.image.digest);
        assert_eq!(running.plan, instance.fingerprint);
        assert_eq!(&running.engine, machine.engine.version());
        let name = if is_docker() { "Engine" } else { "Podman Engine" };
        assert_eq!(running.engine.name, name);
        let twin = machine.manager.start(&machine.instance(2, PROBE)).await.unwrap().fingerprint;
        assert_eq!(twin.digest(), running.digest(), "a clean instance of the same plan is the same");
        let other = machine.instance(3, &PROBE.replace("version = \"1\"", "version = \"2\""));
        let other = machine.manager.start(&other).await.unwrap().fingerprint;
        assert_ne!(other.digest(), running.digest());
    }
}

own_machine! {
    /// An image that is not there is named with the command that brings it, and nothing was made.
    async fn a_missing_image(machine) {
        let nowhere = Digest::of_hash([9; 32]).to_string();
        let named = format!("registry.example/mairie@{nowhere}");
        let program = if is_docker() { "docker" } else { "podman" };
        for (image, command) in [(&nowhere, format!("{program} load --input IMAGE.tar")), (&named, format!("{program} pull {named}"))] {
            let instance = machine.instance(1, &PROBE.replace("IMAGE", image));
            let missing = match machine.manager.start(&instance).await {
                Err(HostingError::ImagesMissing(missing)) => missing,
                other => panic!("{other:?}"),
            };
            assert_eq!((missing[0].service.as_str(), &missing[0].command), ("web", &command));
            assert_eq!(&missing[0].image.to_string(), image);
        }
        assert_eq!(machine.holdings().await, (0, 0, 0));
    }
}

own_machine! {
    /// A service that does not become healthy in its time is told with what the last look found, and leaves nothing.
    async fn the_start_up_limit(machine) {
        let slow = PORTAL.replace("tmpfs", "#").replace("within = \"20 s\"", "within = \"1 s\"");
        let rows = [
            (slow.replace("/sante", "/absent"), Sickness::Status(404)),
            (slow.replace("http = \"/sante\"", "tcp = 81"), Sickness::Refused),
        ];
        for (recipe, expected) in rows {
            let clock = Instant::now();
            let failed = machine.manager.start(&machine.instance(1, &recipe)).await;
            let Err(HostingError::NotHealthy { service, last, within }) = failed else {
                panic!("{failed:?}");
            };
            assert_eq!((service.as_str(), last, within), ("web", expected, Duration::from_secs(1)));
            assert!(clock.elapsed() < Duration::from_secs(10));
        }
        assert_eq!(machine.holdings().await, (0, 0, 0));
    }
}

own_machine! {
    /// A service that ends while it starts is told with its code, and its last words can be read.
    async fn an_early_end(machine) {
        let instance = machine.instance(1, &PROBE.replace("[\"probe\"]", "[\"nonsense\"]"));
        let failed = machine.manager.start_kept(&instance).await;
        let Err(HostingError::Ended { exit, .. }) = failed else { panic!("{failed:?}") };
        assert_eq!((exit.code, exit.is_memory()), (2, false));
        let logs = machine.manager.logs(&instance, "web", 10).await.unwrap();
        assert!(logs.iter().any(|line| line.error && line.text.contains("unknown: nonsense")), "{logs:?}");
        assert!(machine.manager.logs(&instance, "web", 0).await.unwrap().is_empty());
    }
}

own_machine! {
    /// A service that falls ill later is seen.
    async fn an_unhealthy_service(machine) {
        let instance = machine.instance(1, PROBE);
        let address = machine.manager.start(&instance).await.unwrap().endpoint.address;
        assert_eq!(machine.manager.health(&instance).await.unwrap()["web"], Probe::Healthy);
        get(address, "/end?with=3");
        crate::tools::wait("the end", || std::net::TcpStream::connect(address).is_err());
        let mut health = machine.manager.health(&instance).await.unwrap();
        for _ in 0..50 {
            if matches!(health["web"], Probe::Ended(_)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            health = machine.manager.health(&instance).await.unwrap();
        }
        let Probe::Ended(exit) = health["web"].clone() else { panic!("{health:?}") };
        assert_eq!((exit.code, exit.killed), (3, false));
        let absent = machine.manager.start(&machine.instance(2, PROBE).from_snapshot(snapshot(5))).await;
        assert!(matches!(absent, Err(HostingError::NoSnapshot(_))), "{absent:?}");
        assert_ne!(instance.id, id(2));
    }
}

own_machine! {
    /// A class starts at once: each has its own instance at its own address.
    async fn many_at_once(machine) {
        let instances: Vec<_> = (1..=6).map(|number| machine.instance(number, PORTAL)).collect();
        let clock = Instant::now();
        let started = instances.iter().map(|instance| machine.manager.start(instance));
        let running = futures_util::future::join_all(started).await;
        println!("six at once: {:?}", clock.elapsed());
        let addresses: Vec<_> = running.into_iter().map(|one| one.unwrap().endpoint.address).collect();
        for (number, address) in addresses.iter().enumerate() {
            assert_eq!(request(*address, "POST", "/messages", &format!("message=de+{number}")).0, 303);
        }
        for (number, address) in addresses.iter().enumerate() {
            let (_, page) = get(*address, "/messages");
            assert!(page.contains(&format!("<li>de {number}</li>")) && page.matches("<li>").count() == 1, "{page}");
        }
        let clock = Instant::now();
        let reconciled = machine.manager.reconcile(&hosting::Keep::default()).await.unwrap();
        println!("six removed: {:?}", clock.elapsed());
        assert_eq!(reconciled.removed.len(), 12);
        assert_eq!(machine.holdings().await, (0, 0, 0));
    }
}
