//! What volumes and roots hold, where no quota keeps them small.

use super::Engine;
use super::labels::Owner;
use crate::error::HostingError;
use crate::instance::{Instance, Plan};
use crate::provider::Overfull;
use serde_json::Value;
use std::collections::HashMap;

impl Engine {
    /// Gives the volumes and roots that hold more than their recipes allow.
    pub(super) async fn what_is_overfull(&self, instances: &[Instance]) -> Result<Vec<Overfull>, HostingError> {
        // The form of the answer that both engines give: bollard reads only the one of the newest Docker.
        let head = "GET /v1.41/system/df?type=volume&type=container HTTP/1.1\r\nHost: engine\r\n";
        let answer = self.raw("measure what is written", head, b"").await?;
        let sizes = sizes(&answer).ok_or_else(|| HostingError::Engine {
            doing: "measure what is written",
            status: None,
            message: String::from_utf8_lossy(&answer[..answer.len().min(200)]).into_owned(),
        })?;
        Ok(instances
            .iter()
            .flat_map(|instance| overfull(instance, &sizes))
            .collect())
    }
}

/// The bytes that volumes and roots hold, by the names of volumes and containers.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sizes {
    volumes: HashMap<String, u64>,
    roots: HashMap<String, u64>,
}

fn sizes(answer: &[u8]) -> Option<Sizes> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    // Nothing at all is written as `null`.
    let list = |name: &str| Some(answer.get(name)?.as_array().cloned().unwrap_or_default());
    let volume = |volume: &Value| {
        let name = volume.get("Name")?.as_str()?.to_owned();
        Some((name, volume.pointer("/UsageData/Size")?.as_u64()?))
    };
    let root = |container: &Value| {
        let name = container.pointer("/Names/0").or(container.get("Names"))?.as_str()?;
        let name = name.trim_start_matches('/').to_owned();
        Some((name, container.get("SizeRw")?.as_u64()?))
    };
    Some(Sizes {
        volumes: list("Volumes")?.iter().filter_map(volume).collect(),
        roots: list("Containers").unwrap_or_default().iter().filter_map(root).collect(),
    })
}

fn overfull(instance: &Instance, sizes: &Sizes) -> Vec<Overfull> {
    let Plan::Recipe(recipe) = &instance.plan else {
        return Vec::new();
    };
    let owner = Owner::Instance(instance.id);
    let services = recipe.services.iter();
    let found = services.flat_map(|service| {
        let over = |volume: Option<&str>, holds: Option<&u64>, allowed: u64| {
            let holds = holds.copied().filter(|holds| *holds > allowed)?;
            Some(Overfull {
                instance: instance.id,
                service: service.name.clone(),
                volume: volume.map(str::to_owned),
                holds,
                allowed,
            })
        };
        let root = sizes.roots.get(&owner.container(&service.name));
        let root = over(None, root.filter(|_| !service.read_only), service.root_size);
        let volumes = service.volumes.iter();
        let volumes = volumes.filter_map(move |volume| {
            let holds = sizes.volumes.get(&owner.volume(&service.name, &volume.name));
            over(Some(&volume.name), holds, volume.size)
        });
        root.into_iter().chain(volumes)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_sizes_are_read() {
        let docker = br#"{"Containers":[{"Names":["/c"],"SizeRw":7},{"Names":["/d"]}],"LayersSize":0,"Volumes":[{"Name":"a","UsageData":{"RefCount":1,"Size":12}},{"Name":"b","UsageData":{"RefCount":0,"Size":-1}}]}"#;
        let found = Sizes {
            volumes: HashMap::from([("a".to_owned(), 12)]),
            roots: HashMap::from([("c".to_owned(), 7)]),
        };
        assert_eq!(sizes(docker), Some(found));
        assert_eq!(sizes(br#"{"Volumes":null}"#), Some(Sizes::default()));
        assert_eq!(sizes(b"[]"), None);
    }
}
