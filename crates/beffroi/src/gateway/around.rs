//! Where the gateway and replays may ask: never a hosted target by somebody else's name.

use crate::settings::Settings;
use crate::trouble::Trouble;
use async_trait::async_trait;
use gateway::{Resolve, SystemResolver};
use hosting::Pool;
use std::net::{IpAddr, SocketAddr};

/// Where names of targets elsewhere lead: never to a target that is hosted here, which only its own access reaches.
pub(super) struct Surroundings {
    pool: Option<Pool>,
}

impl Surroundings {
    pub(super) fn new(settings: &Settings) -> Result<Self, Trouble> {
        let hosted = settings.hosting.is_named();
        let pool = hosted.then(|| crate::targets::pool(&settings.hosting)).transpose()?;
        Ok(Self { pool })
    }
}

#[async_trait]
impl Resolve for Surroundings {
    async fn resolve(&self, host: &str) -> std::io::Result<Vec<IpAddr>> {
        SystemResolver.resolve(host).await
    }

    fn keeps_from(&self, address: IpAddr) -> bool {
        let pool = self.pool.as_ref();
        pool.is_some_and(|pool| matches!(address.to_canonical(), IpAddr::V4(address) if pool.contains(address)))
    }
}

/// How replays find the hosts of targets: as the gateway does.
pub struct Hosts {
    around: Surroundings,
    private: bool,
}

impl Hosts {
    /// Takes where targets may stand.
    ///
    /// # Errors
    /// [`Trouble`] where the settings do not read.
    pub fn new(settings: &Settings) -> Result<Self, Trouble> {
        Ok(Self {
            around: Surroundings::new(settings)?,
            private: settings.gateway.private_targets,
        })
    }
}

#[async_trait]
impl evidence::FindHost for Hosts {
    async fn find(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let found = self.around.resolve(host).await.ok()?;
        let mut found = found.into_iter();
        let may = found.find(|address| self.around.may_reach(*address, self.private))?;
        Some(SocketAddr::new(may, port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_hosted_target_is_asked_by_its_own_access_only() {
        let mut settings = Settings::default();
        let hosted = IpAddr::V4(Ipv4Addr::new(10, 213, 4, 2));
        let may = |settings: &Settings, address| {
            let around = Surroundings::new(settings).unwrap_or_else(|trouble| panic!("{trouble}"));
            around.may_reach(address, true)
        };
        assert!(may(&settings, hosted), "nothing is hosted: it is any private address");
        settings.hosting.socket = Some("/run/podman/podman.sock".into());
        assert!(!may(&settings, hosted));
        assert!(!may(&settings, Ipv4Addr::new(10, 213, 4, 2).to_ipv6_mapped().into()));
        assert!(may(&settings, Ipv4Addr::new(10, 214, 4, 2).into()));
    }
}
