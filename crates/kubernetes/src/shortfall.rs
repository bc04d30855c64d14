//! What a recipe says and Kubernetes does not promise.

use crate::objects::ports;
use domain::Recipe;
use domain::recipe::{HealthCheck, Service};

/// A word of a recipe that this engine keeps less exactly, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// Volumes begin empty: an instance with this one is not made.
    Seed {
        /// The service.
        service: String,
        /// The volume.
        volume: String,
    },
    /// The image has no repository that nodes could get it from: it is pushed to one and named by it.
    NoRepository {
        /// The service.
        service: String,
    },
    /// Processes are limited by the node (`podPidsLimit` of its kubelet), not by the recipe.
    Processes {
        /// The service.
        service: String,
        /// How many it may have by its recipe.
        wanted: u32,
    },
    /// A health check by this status is one by connection: kubelets take 200 to 399 for healthy and nothing else.
    Status {
        /// The service.
        service: String,
        /// The status.
        status: u16,
    },
    /// Any status from 200 to 399 counts as this one.
    StatusRange {
        /// The service.
        service: String,
        /// The status.
        status: u16,
    },
    /// The other services do not reach it: they do so over the ports of its entry and its health check, and it has none.
    NoPort {
        /// The service.
        service: String,
    },
}

impl Shortfall {
    /// Says whether an instance is refused for it.
    pub fn is_blocking(&self) -> bool {
        matches!(self, Self::Seed { .. } | Self::NoRepository { .. })
    }
}

/// Gives what this engine does not keep of a recipe, service by service.
pub fn shortfalls(recipe: &Recipe) -> Vec<Shortfall> {
    let services = recipe.services.iter();
    services.flat_map(|service| of_service(recipe, service)).collect()
}

fn of_service(recipe: &Recipe, service: &Service) -> Vec<Shortfall> {
    let name = || service.name.clone();
    let seeded = service.volumes.iter().filter(|volume| volume.seed.is_some());
    let mut found: Vec<Shortfall> = seeded
        .map(|volume| Shortfall::Seed {
            service: name(),
            volume: volume.name.clone(),
        })
        .collect();
    if service.image.name.is_none() {
        found.push(Shortfall::NoRepository { service: name() });
    }
    found.push(Shortfall::Processes {
        service: name(),
        wanted: service.resources.processes,
    });
    if let HealthCheck::Http { status, .. } = service.health.check {
        let service = name();
        found.push(match is_healthy(status) {
            true => Shortfall::StatusRange { service, status },
            false => Shortfall::Status { service, status },
        });
    }
    if recipe.services.len() > 1 && ports(recipe, service).is_empty() {
        found.push(Shortfall::NoPort { service: name() });
    }
    found
}

/// Says whether a kubelet takes a status for healthy (Kubernetes, "Configure Liveness, Readiness and Startup Probes").
pub(crate) fn is_healthy(status: u16) -> bool {
    (200..400).contains(&status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::instance;
    use domain::recipe::RecipeLimits;
    use hosting::Plan;

    fn of(recipe: &str) -> Vec<Shortfall> {
        match instance(1, recipe).plan {
            Plan::Recipe(recipe) => shortfalls(&recipe),
            Plan::External(_) => Vec::new(),
        }
    }

    #[test]
    fn what_is_kept_less_exactly_is_told() {
        let processes = |service: &str, wanted| Shortfall::Processes {
            service: service.to_owned(),
            wanted,
        };
        let service = || "web".to_owned();
        let range = Shortfall::StatusRange {
            service: service(),
            status: 200,
        };
        assert_eq!(of("mairie.toml"), [processes("db", 64), processes("web", 64), range]);
        let status = Shortfall::Status {
            service: service(),
            status: 401,
        };
        assert_eq!(of("alone.toml"), [processes("web", 16), status]);
    }

    #[test]
    fn what_cannot_be_made_is_told() {
        let digest = "5".repeat(64);
        let text = format!(
            "version = \"1\"\nentry = {{ service = \"web\", port = 80 }}\n\
             [services.web]\nimage = \"sha256:{digest}\"\nhealth = {{ tcp = 80 }}\n\
             [services.worker]\nimage = \"registry.example/w@sha256:{digest}\"\n\
             volumes = [{{ name = \"v\", at = \"/v\", size = \"1 MiB\", seed = \"sha256:{digest}\" }}]\n"
        );
        let recipe = Recipe::parse(&text, &RecipeLimits::default()).unwrap();
        let found = shortfalls(&recipe);
        let blocking: Vec<&Shortfall> = found.iter().filter(|one| one.is_blocking()).collect();
        let (web, worker) = ("web".to_owned(), "worker".to_owned());
        let seed = Shortfall::Seed {
            service: worker.clone(),
            volume: "v".to_owned(),
        };
        assert_eq!(blocking, [&Shortfall::NoRepository { service: web }, &seed]);
        assert!(found.contains(&Shortfall::NoPort { service: worker }));
    }
}
