//! What a crash leaves is known again and taken away; what others own is not touched.

use crate::machine::{PORTAL, PROBE, id, settings, snapshot, start_victim, victim};
use crate::own_machine;
use crate::tools::{engine, get, wait};
use hosting::{Engine, Keep, Manager};
use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

own_machine! {
    /// A process that is killed at any moment of a start leaves nothing that the next one does not take away.
    async fn nothing_is_left_after_a_kill(machine) {
        let recipe = format!("{PORTAL}volumes = [{{ name = \"files\", at = \"/files\" }}]\n");
        if let Some(number) = victim() {
            std::fs::write(machine.folder.join(format!("ready{number}")), "").unwrap();
            machine.manager.start_kept(&machine.instance(number, &recipe)).await.unwrap();
            machine.manager.snapshot(&machine.instance(number, &recipe), snapshot(number)).await.unwrap();
            return;
        }
        let mut killed = 0;
        for step in 1..=7u64 {
            let mut process = start_victim("sweep::nothing_is_left_after_a_kill", u128::from(step));
            wait("the process", || machine.folder.join(format!("ready{step}")).exists());
            std::thread::sleep(Duration::from_millis(step * step * 16));
            process.kill().unwrap();
            killed += usize::from(process.wait().unwrap().signal() == Some(9));
        }
        assert!(killed >= 3, "{killed} of 7 were killed on their way");
        // What the engine was still making when its client went away comes to an end first.
        let mut left = machine.holdings().await;
        loop {
            tokio::time::sleep(Duration::from_secs(2)).await;
            let now = machine.holdings().await;
            if std::mem::replace(&mut left, now) == now {
                break;
            }
        }
        assert!(left.0 > 0 && left.1 > 0 && left.2 > 0, "something of each sort was left: {left:?}");
        let settings = settings(&machine.folder, &machine.seeds, Uuid::from_u128(0xbeff));
        let next = Manager::new(Arc::new(Engine::connect(settings).await.unwrap()));
        let reconciled = next.reconcile(&Keep::default()).await.unwrap();
        assert!(reconciled.removed.len() >= left.0 + left.1 + left.2, "{reconciled:?}");
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
        engine(&machine.folder, &format!("create --name stranger --network none {image}"));

        let keep = Keep { instances: BTreeSet::from([id(1), id(9)]), snapshots: BTreeSet::from([snapshot(10)]) };
        let reconciled = machine.manager.reconcile(&keep).await.unwrap();
        assert_eq!(reconciled.absent, BTreeSet::from([id(9)]));
        assert_eq!(reconciled.removed.len(), 3, "container and network of 2, holder of 11: {reconciled:?}");
        assert_eq!((get(address, "/").0, get(foreign, "/").0), (200, 200));
        let names = engine(&machine.folder, "container ls --all --format {{.Names}}");
        assert!(names.contains("stranger"), "{names}");
        assert_eq!(names.lines().count(), 4, "{names}");
        other.reconcile(&Keep::default()).await.unwrap();
        engine(&machine.folder, "rm stranger");
    }
}
