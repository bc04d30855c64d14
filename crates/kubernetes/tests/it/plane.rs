//! The control plane: started by its script, asked as its administrator and as the platform.

use domain::ids::{InstanceId, TargetId};
use domain::recipe::{Recipe, RecipeLimits};
use hosting::{Instance, Manager, Plan};
use k8s_openapi::api::core::v1::Namespace;
use kube::api::{Api, Patch, PatchParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use kubernetes::{Access, Cluster, ClusterSettings, Enforcement, GatewayPeer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

pub const INSTALLATION: Uuid = Uuid::from_u128(0xbeff);

/// A control plane that ends with the test.
pub struct Plane {
    folder: PathBuf,
    /// Its administrator.
    pub admin: Client,
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn script(what: &str, folder: &Path) {
    let status = Command::new(here("bench/control-plane")).arg(what).arg(folder).status();
    assert!(status.unwrap().success(), "{what}");
}

impl Plane {
    pub async fn start() -> Self {
        let folder = std::env::var_os("BEFFROI_KUBERNETES");
        let folder = PathBuf::from(folder.expect("BEFFROI_KUBERNETES: where bench/control-plane built"));
        script("start", &folder);
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let read = Kubeconfig::read_from(folder.join("kubeconfig")).unwrap();
        let config = Config::from_custom_kubeconfig(read, &KubeConfigOptions::default()).await;
        let admin = Client::try_from(config.unwrap()).unwrap();
        let plane = Self { folder, admin };
        plane.bind_role().await;
        plane
    }

    /// Gives the platform its role, as an administrator does by the file in the repository.
    async fn bind_role(&self) {
        let role: Value = serde_saphyr::from_str(kubernetes::ROLE).unwrap();
        self.apply_at("/apis/rbac.authorization.k8s.io/v1/clusterroles", &role)
            .await
            .unwrap();
        let binding = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRoleBinding",
            "metadata": { "name": "beffroi-targets" },
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "beffroi-targets" },
            "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "platform" }],
        });
        let path = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
        self.apply_at(path, &binding).await.unwrap();
    }

    /// Makes an object as the administrator, at the path of its collection.
    pub async fn apply_at(&self, path: &str, object: &Value) -> Result<Value, kube::Error> {
        let name = object["metadata"]["name"].as_str().unwrap();
        let (path, _) = path.split_once('?').unwrap_or((path, ""));
        self.patch(&format!("{path}/{name}?fieldManager=test&force=true"), object)
            .await
    }

    /// Asks for an object without making it.
    pub async fn dry_run(&self, path: &str, object: &Value) -> Result<Value, kube::Error> {
        let name = object["metadata"]["name"].as_str().unwrap();
        self.patch(
            &format!("{path}/{name}?fieldManager=test&force=true&dryRun=All"),
            object,
        )
        .await
    }

    async fn patch(&self, uri: &str, object: &Value) -> Result<Value, kube::Error> {
        let request = http::Request::patch(uri)
            .header("Content-Type", "application/apply-patch+yaml")
            .body(serde_json::to_vec(object).unwrap());
        self.admin.request(request.unwrap()).await
    }

    /// Reads what is at a path, as the administrator.
    pub async fn get(&self, path: &str) -> Value {
        let request = http::Request::get(path).body(Vec::new()).unwrap();
        self.admin.request(request).await.unwrap()
    }

    /// Gives the settings of the platform, who asks as `name`.
    pub fn settings(&self, name: &str) -> ClusterSettings {
        let file = self.folder.join("state").join(format!("{name}.kubeconfig"));
        let text = std::fs::read_to_string(self.folder.join("kubeconfig")).unwrap();
        std::fs::write(
            &file,
            text.replace("user: { token:", &format!("user: {{ as: {name}, token:")),
        )
        .unwrap();
        ClusterSettings {
            access: Access::Kubeconfig { file, context: None },
            installation: INSTALLATION,
            gateway: GatewayPeer::Pods {
                namespace: "beffroi".to_owned(),
                labels: BTreeMap::new(),
            },
            enforcement: Enforcement::Proven,
            patience: Duration::from_secs(60),
        }
    }

    /// Connects as the platform, with the rights of its role and nothing else.
    pub async fn cluster(&self) -> Arc<Cluster> {
        Arc::new(Cluster::connect(self.settings("platform")).await.unwrap())
    }

    pub async fn manager(&self) -> Manager {
        Manager::new(self.cluster().await)
    }

    /// Makes a namespace as somebody else.
    pub async fn foreign_namespace(&self, name: &str, labels: Value) {
        let namespace =
            json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": name, "labels": labels } });
        let all = Api::<Namespace>::all(self.admin.clone());
        let theirs = PatchParams::apply("somebody").force();
        all.patch(name, &theirs, &Patch::Apply(&namespace)).await.unwrap();
    }

    /// Gives the names of the namespaces that are there.
    pub async fn namespaces(&self) -> Vec<String> {
        let all = Api::<Namespace>::all(self.admin.clone());
        let found = all.list(&Default::default()).await.unwrap();
        found.items.into_iter().filter_map(|one| one.metadata.name).collect()
    }
}

impl Drop for Plane {
    fn drop(&mut self) {
        script("stop", &self.folder);
    }
}

/// Makes an instance of a recipe of the tests, changed where a test asks for it.
pub fn changed(number: u128, recipe: &str, change: impl Fn(&str) -> String) -> Instance {
    let text = std::fs::read_to_string(here("tests/recipes").join(recipe)).unwrap();
    let recipe = Recipe::parse(&change(&text), &RecipeLimits::default()).unwrap();
    let (id, target) = (InstanceId(Uuid::from_u128(number)), TargetId(Uuid::from_u128(9)));
    Instance::new(id, target, Plan::Recipe(Arc::new(recipe)), &|bytes| {
        [bytes.len() as u8; 32]
    })
}

pub fn instance(number: u128, recipe: &str) -> Instance {
    changed(number, recipe, str::to_owned)
}

/// Gives the name of an instance's namespace.
pub fn namespace(instance: &Instance) -> String {
    format!("beffroi-{}", instance.id)
}
