//! Trying whether the cluster keeps to network policies: from inside an instance, as a target would.

use crate::cluster::Cluster;
use crate::settings::Enforcement;
use domain::Recipe;
use domain::ids::{InstanceId, TargetId};
use domain::recipe::{ImageRef, RecipeLimits};
use hosting::{HostingError, Instance, Manager, Plan};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long the probe may need for all its attempts, and the most that it may answer.
const PATIENCE: Duration = Duration::from_secs(20);
const ANSWER: u64 = 64 << 10;

/// What a trial is made with; identifiers come from the caller, as everywhere.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The image of the practice target (`beffroi-practice`), where the nodes get it.
    pub image: ImageRef,
    /// The instance that tries.
    pub instance: InstanceId,
    /// Another instance, which it must not reach.
    pub neighbour: InstanceId,
    /// The target that both are copies of.
    pub target: TargetId,
}

/// What a trial found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walls {
    /// Forbidden places that answered or refused: somebody was there.
    pub reached: Vec<String>,
    /// Whether the services of one instance reach each other: where they do not, silence elsewhere says nothing.
    pub within: bool,
}

impl Walls {
    /// Says whether the cluster keeps to the policies, as far as was tried.
    pub fn hold(&self) -> bool {
        self.within && self.reached.is_empty()
    }
}

impl Cluster {
    /// Starts two instances of the practice target, lets one try [`Cluster::forbidden_places`], and removes both.
    ///
    /// It runs where the gateway runs: that it gets an answer shows that the gateway may enter.
    ///
    /// # Errors
    /// Those of the cluster; [`HostingError::EngineUnreachable`] where the entry of the instance is not reached from here.
    pub async fn try_walls(&self, trial: &Trial) -> Result<Walls, HostingError> {
        let mut settings = self.settings.clone();
        // What nobody has tried yet is exactly what is tried now, with a target that is known.
        settings.enforcement = Enforcement::Proven;
        let cluster = Arc::new(Self {
            client: self.client.clone(),
            version: self.version.clone(),
            url: self.url.clone(),
            settings,
        });
        let manager = Manager::new(cluster.clone());
        let tried = cluster.tried(&manager, trial).await;
        let removed = manager.remove(trial.instance).await;
        let removed = removed.and(manager.remove(trial.neighbour).await);
        tried.and_then(|walls| removed.map(|()| walls))
    }

    async fn tried(&self, manager: &Manager, trial: &Trial) -> Result<Walls, HostingError> {
        let recipe = Arc::new(recipe(&trial.image)?);
        let instance = |id| {
            let plan = Plan::Recipe(recipe.clone());
            Instance::new(id, trial.target, plan, &|_| [0; 32])
        };
        manager.start(&instance(trial.neighbour)).await?;
        let own = instance(trial.instance);
        let entry = manager.start(&own).await?.endpoint.address;
        let places = self.forbidden_places(own.id).await?;
        let addresses = self.addresses(&own).await?;
        let beside = addresses.get("beside").ok_or(HostingError::NoInstance(own.id))?;
        let beside = format!("tcp:{}", SocketAddr::new(*beside, PORT));
        let all = places.iter().chain([&beside]).cloned().collect::<Vec<_>>().join(",");
        let answer = ask(entry, &format!("/?to={all}"))
            .await
            .map_err(|error| HostingError::EngineUnreachable {
                socket: entry.to_string().into(),
                reason: error.to_string(),
            })?;
        Ok(walls(&answer, &beside))
    }
}

/// The port on which the probe listens.
const PORT: u16 = 8080;

/// Gives the recipe of the probe: the one that tries, and one beside it that it may reach.
fn recipe(image: &ImageRef) -> Result<Recipe, HostingError> {
    let service = |name: &str| {
        format!(
            "[services.{name}]\nimage = \"{image}\"\ncommand = [\"probe\", \"0.0.0.0:{PORT}\"]\n\
             health = {{ tcp = {PORT}, every = \"1 s\", within = \"120 s\" }}\n\
             resources = {{ memory = \"32 MiB\", cpu = 0.1, processes = 64 }}\n"
        )
    };
    let text = format!(
        "version = \"1\"\nentry = {{ service = \"web\", port = {PORT} }}\n{}{}",
        service("beside"),
        service("web")
    );
    Recipe::parse(&text, &RecipeLimits::default()).map_err(|problems| HostingError::Engine {
        doing: "write the recipe of the probe",
        status: Some(422),
        message: format!("{problems:?}"),
    })
}

/// Asks the probe and gives the whole answer, head included.
async fn ask(address: SocketAddr, path: &str) -> Result<String, std::io::Error> {
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        let head = format!("GET {path} HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(ANSWER).read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    let asked = tokio::time::timeout(PATIENCE, asked).await;
    asked.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

/// Reads the probe's answer: a place and what became of it on each line. A refusal is an answer too.
fn walls(answer: &str, beside: &str) -> Walls {
    let lines = answer.lines().filter_map(|line| line.trim_end().split_once(' '));
    let reached = lines.filter(|(_, outcome)| matches!(*outcome, "answered" | "refused"));
    let reached: Vec<(&str, &str)> = reached.collect();
    Walls {
        within: reached.contains(&(beside, "answered")),
        reached: reached
            .iter()
            .filter(|(place, _)| *place != beside && place.contains(':'))
            .map(|(place, _)| (*place).to_owned())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortfall::shortfalls;
    use domain::recipe::Digest;
    use tokio::net::TcpListener;

    #[test]
    fn answers_of_the_probe_are_read() {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
        let beside = "tcp:10.96.0.9:8080";
        for (lines, reached, within, hold) in [
            (
                "tcp:10.96.0.1:443 silent\ntcp:10.96.0.9:8080 answered\n",
                vec![],
                true,
                true,
            ),
            (
                "tcp:10.96.0.1:443 unreachable\ntcp:10.96.0.9:8080 silent\n",
                vec![],
                false,
                false,
            ),
            (
                "tcp:10.96.0.1:443 answered\ntcp:10.96.0.9:8080 answered\n",
                vec!["tcp:10.96.0.1:443"],
                true,
                false,
            ),
            (
                "udp:10.96.0.2:53 refused\ntcp:10.96.0.9:8080 refused\n",
                vec!["udp:10.96.0.2:53"],
                false,
                false,
            ),
            ("", vec![], false, false),
        ] {
            let found = walls(&format!("{head}{lines}"), beside);
            assert_eq!(found.reached, reached, "{lines}");
            assert_eq!((found.within, found.hold()), (within, hold), "{lines}");
        }
    }

    #[tokio::test]
    async fn the_probe_is_asked() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            let length = stream.read(&mut asked).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\n\r\ntcp:10.0.0.1:1 silent\n")
                .await
                .unwrap();
            String::from_utf8_lossy(&asked[..length]).into_owned()
        };
        let (answer, asked) = tokio::join!(ask(address, "/?to=tcp:10.0.0.1:1"), serve);
        assert!(asked.starts_with("GET /?to=tcp:10.0.0.1:1 HTTP/1.1\r\n"), "{asked}");
        assert!(answer.unwrap().ends_with("tcp:10.0.0.1:1 silent\n"));
        drop(listener);
        assert!(ask(address, "/").await.is_err());
    }

    #[test]
    fn the_recipe_of_the_probe_can_be_made() {
        let image = ImageRef {
            name: Some("registry.example/practice".to_owned()),
            digest: Digest::of_hash([6; 32]),
        };
        let recipe = recipe(&image).unwrap();
        assert!(shortfalls(&recipe).iter().all(|one| !one.is_blocking()));
        assert_eq!(recipe.services.len(), 2);
    }
}
