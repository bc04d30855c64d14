//! What a crash leaves is known again and taken away; what others own is not touched.

use crate::machine::{PORTAL, PROBE, get, id, podman, settings, snapshot};
use crate::own_machine;
use hosting::{Engine, Keep, Manager};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

own_machine! {
    /// A manager that dies at any moment of a start leaves nothing that the next one does not take away.
    async fn nothing_is_left_after_a_crash(machine) {
        let recipe = format!("{PORTAL}volumes = [{{ name = \"files\", at = \"/files\" }}]\n");
        let mut interrupted = 0;
        for step in 0..12u64 {
            let instance = machine.instance(u128::from(step) + 1, &recipe);
            let manager = machine.manager.clone();
            let limit = std::time::Duration::from_millis(20 + step * 60);
            // Dropped in the middle: what was asked of the engine is done, what would follow is not.
            interrupted += usize::from(tokio::time::timeout(limit, manager.start_kept(&instance)).await.is_err());
        }
        assert!(interrupted >= 3, "{interrupted} starts were cut");
        let (containers, ..) = machine.holdings().await;
        assert!(containers > 0, "something was left to sweep");
        // What the engine was still making when its client went away comes to an end first.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let settings = settings(&machine.folder, &machine.seeds, Uuid::from_u128(0xbeff));
        let next = Manager::new(Arc::new(Engine::connect(settings).await.unwrap()));
        let reconciled = next.reconcile(&Keep::default()).await.unwrap();
        assert!(!reconciled.removed.is_empty());
        assert_eq!(machine.holdings().await, (0, 0, 0));
        assert_eq!(next.reconcile(&Keep::default()).await.unwrap().removed, Vec::<String>::new());
    }
}

own_machine! {
    /// What is wanted stays and runs; what is wanted and not there is told; other installations are left alone.
    async fn only_the_unwanted_goes(machine) {
        let kept = machine.instance(1, PROBE);
        let address = machine.manager.start(&kept).await.unwrap().endpoint.address;
        machine.manager.start(&machine.instance(2, PROBE)).await.unwrap();
        machine.manager.snapshot(&kept, snapshot(10)).await.unwrap();
        machine.manager.snapshot(&kept, snapshot(11)).await.unwrap();
        let other = settings(&machine.folder, &machine.seeds, Uuid::from_u128(0xface));
        let other = Manager::new(Arc::new(Engine::connect(other).await.unwrap()));
        let foreign = other.start(&machine.instance(3, PROBE)).await.unwrap().endpoint.address;
        let image = machine.image.image.digest.as_str().trim_start_matches("sha256:").to_owned();
        podman(&machine.folder, &format!("create --name stranger --network none {image}"));

        let keep = Keep { instances: BTreeSet::from([id(1), id(9)]), snapshots: BTreeSet::from([snapshot(10)]) };
        let reconciled = machine.manager.reconcile(&keep).await.unwrap();
        assert_eq!(reconciled.absent, BTreeSet::from([id(9)]));
        assert_eq!(reconciled.removed.len(), 3, "container and network of 2, holder of 11: {reconciled:?}");
        assert_eq!((get(address, "/").0, get(foreign, "/").0), (200, 200));
        let names = podman(&machine.folder, "container ls --all --format {{.Names}}");
        assert!(names.contains("stranger"), "{names}");
        assert_eq!(names.lines().count(), 4, "{names}");
        other.reconcile(&Keep::default()).await.unwrap();
        podman(&machine.folder, "rm stranger");
    }
}
