//! The addresses behind a host name, asked anew every few seconds.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;

use crate::address::{is_own, may_reach};

/// How long an answer is used again. The system's resolver says nothing of an answer's own time to
/// live: this is shorter than what most names say.
const KEPT: Duration = Duration::from_secs(5);
/// How many answers are kept.
const NAMES: usize = 1024;

/// Asks for the addresses of names.
#[async_trait]
pub trait Resolve: Send + Sync {
    /// The addresses of a host, in the order in which they should be tried.
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>>;

    /// Whether an address is never reached by a name or as somebody wrote it, whatever its range: where targets
    /// are hosted, one may not be asked in the name of another.
    fn keeps_from(&self, _address: IpAddr) -> bool {
        false
    }

    /// Says whether an address that somebody wrote, or that a name led to, may be asked; this machine and
    /// private networks only where that is allowed.
    fn may_reach(&self, address: IpAddr, private: bool) -> bool {
        may_reach(address, private) && !self.keeps_from(address) && (private || !is_own(address))
    }
}

/// The resolver of the operating system.
#[derive(Debug, Default)]
pub struct SystemResolver;

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, 0))
            .await?
            .map(|address| address.ip())
            .collect())
    }
}

/// Names with the answers of the last seconds.
pub(crate) struct Names {
    resolve: Arc<dyn Resolve>,
    answers: Mutex<HashMap<String, (Instant, Vec<IpAddr>)>>,
}

/// Why a host cannot be reached.
#[derive(Debug)]
pub(crate) enum NotFound {
    /// Nobody knows it now.
    Unknown,
    /// None of its addresses may be reached.
    Forbidden,
}

impl Names {
    pub(crate) fn new(resolve: Arc<dyn Resolve>) -> Self {
        Self {
            resolve,
            answers: Mutex::default(),
        }
    }

    /// The addresses of a host that may be reached: what is checked here is what is then connected
    /// to, so that a name cannot be answered in two ways.
    pub(crate) async fn addresses(&self, host: &str, port: u16, private: bool) -> Result<Vec<SocketAddr>, NotFound> {
        let bare = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let found = match bare.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => self.ask(host).await?,
        };
        let may = |address: &&IpAddr| self.resolve.may_reach(**address, private);
        let mut reached = found.iter().filter(may).peekable();
        if reached.peek().is_none() {
            return Err(if found.is_empty() {
                NotFound::Unknown
            } else {
                NotFound::Forbidden
            });
        }
        Ok(reached.map(|address| SocketAddr::new(*address, port)).collect())
    }

    async fn ask(&self, host: &str) -> Result<Vec<IpAddr>, NotFound> {
        let now = Instant::now();
        if let Some((until, addresses)) = self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(host)
            && *until > now
        {
            return Ok(addresses.clone());
        }
        let addresses = self.resolve.resolve(host).await.map_err(|_| NotFound::Unknown)?;
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= NAMES {
            answers.retain(|_, (until, _)| *until > now);
        }
        if answers.len() < NAMES {
            answers.insert(host.to_owned(), (now + KEPT, addresses.clone()));
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    struct Counting(AtomicUsize);

    #[async_trait]
    impl Resolve for Counting {
        async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let addresses = match host {
                "mixed.example" => "169.254.169.254 10.0.0.1 1.1.1.1",
                "inside.example" => "10.0.0.1",
                "empty.example" => return Ok(Vec::new()),
                _ => return Err(io::ErrorKind::NotFound.into()),
            };
            Ok(addresses.split(' ').map(|address| address.parse().unwrap()).collect())
        }
    }

    #[tokio::test]
    async fn only_addresses_that_may_be_reached_are_given_and_answers_are_kept_a_while() {
        let counting = Arc::new(Counting(AtomicUsize::new(0)));
        let names = Names::new(Arc::clone(&counting) as Arc<dyn Resolve>);
        let given = async |host: &str, private| {
            let found = names.addresses(host, 80, private).await;
            found.map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(given("mixed.example", false).await.unwrap(), "1.1.1.1:80");
        assert_eq!(given("mixed.example", true).await.unwrap(), "10.0.0.1:80 1.1.1.1:80");
        assert_eq!(counting.0.load(Ordering::Relaxed), 1);
        assert!(matches!(given("inside.example", false).await, Err(NotFound::Forbidden)));
        assert!(matches!(given("empty.example", true).await, Err(NotFound::Unknown)));
        assert!(matches!(given("nobody.example", true).await, Err(NotFound::Unknown)));
        assert!(matches!(given("[fe80::1]", true).await, Err(NotFound::Forbidden)));
        assert_eq!(counting.0.load(Ordering::Relaxed), 4);
    }
}
