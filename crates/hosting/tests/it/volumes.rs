//! Volumes: fresh for each instance, filled from a seed, kept in snapshots.

use crate::machine::{PORTAL, PROBE, snapshot};
use crate::own_machine;
use crate::tools::{engine, get, request};
use domain::recipe::Digest;
use hosting::HostingError;
use std::process::Command;

/// The portal with its data in a volume; `SEED` stands for the archive.
fn portal(seed: &str) -> String {
    PORTAL.replace(
        "tmpfs = { \"/data\" = \"4 MiB\" }",
        &format!("volumes = [{{ name = \"data\", at = \"/data\"{seed} }}]"),
    )
}

/// Packs a message of a town hall as a seed.
fn seed(machine: &crate::machine::Machine) -> Digest {
    seed_of(machine, &[])
}

/// Packs the same with more words for `tar`.
fn seed_of(machine: &crate::machine::Machine, words: &[&str]) -> Digest {
    let folder = machine.folder.join("seed");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("messages.txt"), "semé\n").unwrap();
    let output = Command::new("tar")
        .args(words)
        .args(["--create", "--owner=65534", "--group=65534", "--directory"])
        .arg(&folder)
        .arg("messages.txt")
        .output()
        .unwrap();
    assert!(output.status.success());
    machine.seeds.put(output.stdout)
}

own_machine! {
    /// A seed is there at the start and again after a reset; what was written is not.
    async fn a_seed_fills_a_volume(machine) {
        let digest = seed(&machine);
        let instance = machine.instance(1, &portal(&format!(", seed = \"{digest}\"")));
        let address = machine.manager.start(&instance).await.unwrap().endpoint.address;
        assert!(get(address, "/messages").1.contains("semé"));
        assert_eq!(request(address, "POST", "/messages", "message=une+trace").0, 303);
        assert!(get(address, "/messages").1.contains("une trace"));
        // A stop and a start keep it, as a restart of a machine would.
        machine.manager.stop(&instance).await.unwrap();
        machine.manager.resume(&instance).await.unwrap();
        assert!(get(address, "/messages").1.contains("une trace"));
        machine.manager.reset(&instance).await.unwrap();
        let (_, page) = get(address, "/messages");
        assert!(page.contains("semé") && !page.contains("une trace"), "{page}");
    }
}

own_machine! {
    /// A seed that gzip compressed fills a volume too.
    async fn a_compressed_seed_fills_a_volume(machine) {
        let digest = seed_of(&machine, &["--gzip"]);
        assert_ne!(digest, seed(&machine), "these are other bytes");
        let instance = machine.instance(1, &portal(&format!(", seed = \"{digest}\"")));
        let address = machine.manager.start(&instance).await.unwrap().endpoint.address;
        assert!(get(address, "/messages").1.contains("semé"));
    }
}

own_machine! {
    /// A volume whose filling broke off is filled anew at the next start, and never taken for whole.
    async fn half_a_seed_is_none(machine) {
        let digest = seed(&machine);
        let instance = machine.instance(1, &portal(&format!(", seed = \"{digest}\"")));
        machine.seeds.set_breaks(true);
        let failed = machine.manager.start_kept(&instance).await;
        assert!(matches!(failed, Err(HostingError::Engine { .. })), "{failed:?}");
        assert_eq!(machine.holdings().await, (1, 1, 1), "what a crash would leave");
        machine.seeds.set_breaks(false);
        let address = machine.manager.start(&instance).await.unwrap().endpoint.address;
        assert!(get(address, "/messages").1.contains("semé"));
        assert_eq!(machine.holdings().await, (1, 1, 1));
    }
}

own_machine! {
    /// An empty volume can be written by its user, and is another one for another instance.
    async fn volumes_are_fresh(machine) {
        let one = machine.manager.start(&machine.instance(1, &portal(""))).await.unwrap().endpoint.address;
        let two = machine.manager.start(&machine.instance(2, &portal(""))).await.unwrap().endpoint.address;
        assert_eq!(request(one, "POST", "/messages", "message=une+trace").0, 303);
        assert!(get(one, "/messages").1.contains("une trace"));
        assert!(!get(two, "/messages").1.contains("une trace"));
        machine.manager.remove(crate::machine::id(1)).await.unwrap();
        assert_eq!(machine.holdings().await, (1, 1, 1));
    }
}

own_machine! {
    /// A missing seed is named before anything is made.
    async fn a_missing_seed(machine) {
        let nowhere = Digest::of_hash([3; 32]);
        let refused = machine.manager.start(&machine.instance(1, &portal(&format!(", seed = \"{nowhere}\"")))).await;
        let Err(HostingError::SeedsMissing(missing)) = refused else { panic!("{refused:?}") };
        assert_eq!((missing[0].place.as_str(), &missing[0].digest), ("web.data", &nowhere));
        machine.seeds.fail();
        let failed = machine.manager.start(&machine.instance(1, &portal(&format!(", seed = \"{nowhere}\"")))).await;
        assert!(matches!(failed, Err(HostingError::SeedUnreadable { .. })), "{failed:?}");
        assert_eq!(machine.holdings().await, (0, 0, 0));
    }
}

own_machine! {
    /// A kept state begins another instance with what was written; the first goes on, and the pristine state stays pristine.
    async fn a_snapshot_keeps_what_was_written(machine) {
        for (number, recipe) in [(1, portal("")), (5, portal("").replace("command", "read-only = false\ncommand"))] {
            let instance = machine.instance(number, &recipe);
            let address = machine.manager.start(&instance).await.unwrap().endpoint.address;
            assert_eq!(request(address, "POST", "/messages", "message=gard%C3%A9").0, 303);
            machine.manager.snapshot(&instance, snapshot(number)).await.unwrap();
            assert_eq!(request(address, "POST", "/messages", "message=apr%C3%A8s").0, 303);
            let copy = machine.instance(number + 1, &recipe).from_snapshot(snapshot(number));
            let copied = machine.manager.start(&copy).await.unwrap().endpoint.address;
            let (_, page) = get(copied, "/messages");
            assert!(page.contains("gardé") && !page.contains("après"), "{page}");
            assert_eq!(request(copied, "POST", "/messages", "message=copie").0, 303);
            machine.manager.reset(&copy).await.unwrap();
            let (_, page) = get(copied, "/messages");
            assert!(page.contains("gardé") && !page.contains("copie"), "{page}");
            assert!(get(address, "/messages").1.contains("après"));
            machine.manager.remove(copy.id).await.unwrap();
            machine.manager.remove(instance.id).await.unwrap();
            machine.manager.remove_snapshot(snapshot(number)).await.unwrap();
            assert_eq!(machine.holdings().await, (0, 0, 0), "of {number}");
        }
    }
}

own_machine! {
    /// A volume that grows beyond its size has its instance stopped, and only that.
    async fn an_overfull_volume_stops_its_instance(machine) {
        let recipe = PROBE.replace("command", "volumes = [{ name = \"data\", at = \"/data\", size = \"1 MiB\" }]\ncommand");
        let (one, two) = (machine.instance(1, &recipe), machine.instance(2, &recipe));
        let address = machine.manager.start(&one).await.unwrap().endpoint.address;
        let other = machine.manager.start(&two).await.unwrap().endpoint.address;
        let all = [one, two];
        assert_eq!(machine.manager.stop_overfull(&all).await.unwrap(), []);
        assert_eq!(get(address, "/write?to=/data/a&mebibytes=3").1, "written");
        let found = machine.manager.stop_overfull(&all).await.unwrap();
        assert_eq!((found.len(), found[0].instance, found[0].volume.as_deref(), found[0].allowed), (1, all[0].id, Some("data"), 1 << 20));
        assert!(found[0].holds >= 3 << 20);
        assert!(std::net::TcpStream::connect_timeout(&address, std::time::Duration::from_secs(1)).is_err());
        assert_eq!(get(other, "/").0, 200);
        machine.manager.reset(&all[0]).await.unwrap();
        assert_eq!(machine.manager.stop_overfull(&all).await.unwrap(), []);
    }
}

own_machine! {
    /// A root that may be written and grows beyond its size has its instance stopped too.
    async fn an_overfull_root_stops_its_instance(machine) {
        let recipe = PROBE.replace("command", "read-only = false\nroot-size = \"1 MiB\"\ntmpfs = { \"/memory\" = \"4 MiB\" }\ncommand");
        // No folder of this image can be written by the user: the engine puts the file in, as a target with one would.
        let all = [machine.instance(1, &recipe)];
        let address = machine.manager.start(&all[0]).await.unwrap().endpoint.address;
        assert_eq!(machine.manager.stop_overfull(&all).await.unwrap(), []);
        assert_eq!(get(address, "/write?to=/memory/a&mebibytes=3").1, "written");
        assert_eq!(machine.manager.stop_overfull(&all).await.unwrap(), [], "what lies in memory is not in the root");
        let name = format!("beffroi-instance-{}-web", all[0].id);
        let big = machine.folder.join("big");
        std::fs::write(&big, vec![1; 3 << 20]).unwrap();
        engine(&machine.folder, &format!("cp {} {name}:/big", big.display()));
        let found = machine.manager.stop_overfull(&all).await.unwrap();
        assert_eq!((found.len(), found[0].volume.as_deref(), found[0].allowed), (1, None, 1 << 20));
        assert!(found[0].holds >= 3 << 20);
    }
}
