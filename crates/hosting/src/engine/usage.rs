//! What volumes hold, where no quota keeps them small.

use super::Engine;
use super::labels::Owner;
use crate::error::HostingError;
use crate::instance::{Instance, Plan};
use crate::provider::Overfull;
use serde_json::Value;
use std::collections::HashMap;

impl Engine {
    /// Gives the volumes that hold more than their recipes allow.
    pub(super) async fn volumes_overfull(&self, instances: &[Instance]) -> Result<Vec<Overfull>, HostingError> {
        // The form of the answer that both engines give: bollard reads only the one of the newest Docker.
        let head = "GET /v1.41/system/df?type=volume HTTP/1.1\r\nHost: engine\r\n";
        let answer = self.raw("measure volumes", head, b"").await?;
        let sizes = sizes(&answer).ok_or_else(|| HostingError::Engine {
            doing: "measure volumes",
            status: None,
            message: String::from_utf8_lossy(&answer[..answer.len().min(200)]).into_owned(),
        })?;
        Ok(instances
            .iter()
            .flat_map(|instance| overfull(instance, &sizes))
            .collect())
    }
}

/// Reads the sizes of volumes by their names.
fn sizes(answer: &[u8]) -> Option<HashMap<String, u64>> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    // Nothing at all is written as `null`.
    let volumes = answer.get("Volumes")?.as_array().cloned().unwrap_or_default();
    let size = |volume: &Value| {
        let name = volume.get("Name")?.as_str()?.to_owned();
        Some((name, volume.pointer("/UsageData/Size")?.as_u64()?))
    };
    Some(volumes.iter().filter_map(size).collect())
}

fn overfull(instance: &Instance, sizes: &HashMap<String, u64>) -> Vec<Overfull> {
    let Plan::Recipe(recipe) = &instance.plan else {
        return Vec::new();
    };
    let owner = Owner::Instance(instance.id);
    let mut found = Vec::new();
    for service in &recipe.services {
        for volume in &service.volumes {
            let holds = sizes.get(&owner.volume(&service.name, &volume.name)).copied();
            if let Some(holds) = holds.filter(|holds| *holds > volume.size) {
                found.push(Overfull {
                    instance: instance.id,
                    service: service.name.clone(),
                    volume: volume.name.clone(),
                    holds,
                    allowed: volume.size,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_sizes_are_read() {
        let docker = br#"{"LayersSize":0,"Volumes":[{"Name":"a","UsageData":{"RefCount":1,"Size":12}},{"Name":"b","UsageData":{"RefCount":0,"Size":-1}}]}"#;
        assert_eq!(sizes(docker), Some(HashMap::from([("a".to_owned(), 12)])));
        assert_eq!(sizes(br#"{"Volumes":null}"#), Some(HashMap::new()));
        assert_eq!(sizes(b"[]"), None);
    }
}
