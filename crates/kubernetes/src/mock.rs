//! An API of which a test says what it answers.

use crate::cluster::Cluster;
use crate::settings::{Access, ClusterSettings, Enforcement, GatewayPeer};
use domain::ids::{InstanceId, TargetId};
use domain::recipe::{Recipe, RecipeLimits};
use hosting::{Instance, Plan};
use http::{Request, Response};
use kube::Client;
use kube::client::Body;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

/// What was asked: method, and path with its query.
pub(crate) type Asked = Arc<Mutex<Vec<String>>>;

/// Makes an instance of one of the recipes of the tests.
pub(crate) fn instance(number: u128, recipe: &str) -> Instance {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recipes").join(recipe);
    let text = std::fs::read_to_string(file).unwrap();
    let recipe = Recipe::parse(&text, &RecipeLimits::default()).unwrap();
    let (id, target) = (InstanceId(Uuid::from_u128(number)), TargetId(Uuid::from_u128(9)));
    Instance::new(id, target, Plan::Recipe(Arc::new(recipe)), &|bytes| {
        [bytes.len() as u8; 32]
    })
}

pub(crate) fn settings() -> ClusterSettings {
    ClusterSettings {
        access: Access::Kubeconfig {
            file: PathBuf::from("nowhere"),
            context: None,
        },
        installation: Uuid::from_u128(7),
        gateway: GatewayPeer::Pods {
            namespace: "beffroi".to_owned(),
            labels: BTreeMap::new(),
        },
        enforcement: Enforcement::Proven,
        patience: Duration::from_millis(300),
    }
}

/// Makes a cluster whose API answers status and body to `GET /path` and the like; 404 where it says nothing.
pub(crate) async fn cluster(
    settings: ClusterSettings,
    answers: impl Fn(&str) -> Option<(u16, Value)> + Send + Sync + 'static,
) -> (Cluster, Asked) {
    let asked = Asked::default();
    let (answers, kept) = (Arc::new(answers), asked.clone());
    let service = tower::service_fn(move |request: Request<Body>| {
        let question = format!("{} {}", request.method(), request.uri());
        let answer = match question.as_str() {
            "GET /version" => Some((200, version("v1.33.2-mock.1"))),
            other => answers(other),
        };
        kept.lock().unwrap().push(question);
        let (status, body) = answer.unwrap_or_else(|| (404, refusal(404, "not found")));
        let body = match body {
            Value::String(text) => text.into_bytes(),
            other => serde_json::to_vec(&other).unwrap(),
        };
        let response = Response::builder().status(status).body(Body::from(body));
        async move { response }
    });
    let client = Client::new(service, "default");
    let cluster = Cluster::over(client, "https://mock.invalid/".to_owned(), settings).await;
    (cluster.unwrap(), asked)
}

fn version(text: &str) -> Value {
    let rest = [
        "gitCommit",
        "gitTreeState",
        "buildDate",
        "goVersion",
        "compiler",
        "platform",
    ];
    let mut version = json!({ "major": "1", "minor": "33", "gitVersion": text });
    for field in rest {
        version[field] = json!("");
    }
    version
}

/// Gives how the API says no.
pub(crate) fn refusal(code: u16, message: &str) -> Value {
    let reason = if code == 404 { "NotFound" } else { "" };
    json!({ "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "reason": reason, "code": code })
}

/// Gives a list of objects.
pub(crate) fn list(items: &[Value]) -> Value {
    json!({ "kind": "List", "apiVersion": "v1", "metadata": {}, "items": items })
}
