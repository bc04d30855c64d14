//! Hosted targets: what the database wants of instances is brought about on the engine, and told back.

#[cfg(feature = "kubernetes")]
mod cluster;
mod driver;
mod seeds;

#[cfg(feature = "kubernetes")]
pub use cluster::cluster_settings;

pub use driver::keep;

use crate::settings::{HostingEngine, HostingSettings, Settings};
use crate::trouble::Trouble;
use hosting::{EngineSettings, Guard, Pool};
use seeds::NoSeeds;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The file of the installation's name, within its folder.
pub const INSTALLATION: &str = "hosting.id";

/// What hosts targets, and how it is reached.
pub enum Host {
    /// An engine of containers on this machine.
    Containers(EngineSettings),
    /// A cluster.
    #[cfg(feature = "kubernetes")]
    Cluster(kubernetes::ClusterSettings),
}

impl From<EngineSettings> for Host {
    fn from(engine: EngineSettings) -> Self {
        Self::Containers(engine)
    }
}

/// How often it is looked after hosted targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Between two looks whether anything happened.
    look: Duration,
    /// After how many looks all that runs is looked at, whatever happened.
    round: u32,
    /// After how many rounds it is swept: an engine may finish what a crash left half made after the first sweep.
    sweep: u32,
    /// How often within an hour a target whose process ended is started again.
    restarts: usize,
}

impl From<&HostingSettings> for Pace {
    fn from(of: &HostingSettings) -> Self {
        let look = Duration::from_millis(of.look_milliseconds.max(1));
        let times = |long: Duration, short: Duration| {
            let times = long.as_millis() / short.as_millis().max(1);
            u32::try_from(times).unwrap_or(u32::MAX).max(1)
        };
        let round = times(Duration::from_secs(of.round_seconds), look);
        Self {
            look,
            round,
            sweep: times(Duration::from_secs(of.sweep_seconds), look.saturating_mul(round)),
            restarts: of.restarts_per_hour,
        }
    }
}

impl Pace {
    /// Says of a look, counted from the one that took over, whether all that runs is looked at and whether it is swept.
    const fn due(&self, look: u32) -> (bool, bool) {
        let round = look.is_multiple_of(self.round);
        (round, round && (look / self.round).is_multiple_of(self.sweep))
    }
}

/// Milliseconds between two looks: less only costs, and whoever drives renews that duty at each look, which lasts seconds.
const LOOKS: std::ops::RangeInclusive<u64> = 50..=5_000;

/// Says what of the pace cannot be.
///
/// # Errors
/// [`Trouble`] with the setting and what it may be.
pub fn paced(of: &HostingSettings) -> Result<Pace, Trouble> {
    if LOOKS.contains(&of.look_milliseconds) {
        return Ok(Pace::from(of));
    }
    Err(Trouble::new(
        format!("hosting.look_milliseconds vaut {}", of.look_milliseconds),
        format!("donnez de {} à {} millisecondes", LOOKS.start(), LOOKS.end()),
    ))
}

/// Gives what hosts targets by the settings; nothing where nothing does.
///
/// # Errors
/// [`Trouble`] as [`engine_settings`]; and where a cluster is named and this program was built without its provider.
pub fn host(settings: &Settings) -> Result<Option<Host>, Trouble> {
    match settings.hosting.engine {
        HostingEngine::Docker => Ok(engine_settings(settings)?.map(Host::Containers)),
        #[cfg(feature = "kubernetes")]
        HostingEngine::Kubernetes => cluster_settings(settings).map(Host::Cluster).map(Some),
        #[cfg(not(feature = "kubernetes"))]
        HostingEngine::Kubernetes => Err(Trouble::new(
            "ce programme a été construit sans de quoi héberger des cibles sur une grappe Kubernetes".to_owned(),
            "prenez celui qui est publié, ou construisez-le avec « --features kubernetes »",
        )),
    }
}

/// Gives how the engine of the settings is reached, without the archives that fill volumes; nothing where none is named.
///
/// # Errors
/// [`Trouble`] where the settings do not read or the installation has no name yet and none can be made.
pub fn engine_settings(settings: &Settings) -> Result<Option<EngineSettings>, Trouble> {
    let of = &settings.hosting;
    let Some(socket) = of.socket.clone() else {
        return Ok(None);
    };
    Ok(Some(EngineSettings {
        socket,
        installation: installation(settings)?,
        pool: pool(of)?,
        guard: Guard::new(PathBuf::from(&of.nft), of.install_guard),
        seeds: Arc::new(NoSeeds),
        tls: None,
    }))
}

/// Reads the block of addresses that targets are given.
///
/// # Errors
/// [`Trouble`] where it is none.
pub fn pool(of: &HostingSettings) -> Result<Pool, Trouble> {
    let read = || {
        let (base, prefix) = of.pool.split_once('/')?;
        Pool::new(base.parse().ok()?, prefix.parse().ok()?)
    };
    read().ok_or_else(|| {
        Trouble::new(
            format!("« {} », dans hosting.pool, n’est pas un bloc d’adresses IPv4", of.pool),
            "écrivez par exemple 10.213.0.0/16 : un bloc que rien d’autre n’utilise, entre /8 et /28",
        )
    })
}

/// Reads the name of the installation, by which everything that it starts is known; makes it the first time.
///
/// # Errors
/// [`Trouble`] where it does not read, or none can be made.
pub fn installation(settings: &Settings) -> Result<Uuid, Trouble> {
    let path = settings.folder.join(INSTALLATION);
    let unusable = |error: &dyn std::fmt::Display| {
        Trouble::new(
            format!("le nom de l’installation, {}, ne sert pas : {error}", path.display()),
            "donnez au compte qui lance Beffroi le droit d’écrire dans ce dossier",
        )
    };
    let fresh = || {
        let mut bytes = [0; 16];
        use_cases::ports::Chance::fill(&crate::system::SystemChance, &mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    };
    crate::once::made(&path, fresh).map_err(|error| unusable(&error))?;
    let text = std::fs::read_to_string(&path).map_err(|error| unusable(&error))?;
    text.trim().parse().map_err(|error| unusable(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_counted_in_looks() {
        let pace = |look_milliseconds, round_seconds, sweep_seconds| {
            Pace::from(&HostingSettings {
                look_milliseconds,
                round_seconds,
                sweep_seconds,
                ..HostingSettings::default()
            })
        };
        let usual = Pace::from(&HostingSettings::default());
        assert_eq!(
            (usual.look, usual.round, usual.sweep),
            (Duration::from_millis(500), 20, 60)
        );
        assert_eq!(usual.restarts, 3);
        let (often, seldom) = (pace(50, 0, 0), pace(5_000, 1, u64::MAX));
        assert_eq!(
            (often.look, often.round, often.sweep),
            (Duration::from_millis(50), 1, 1)
        );
        assert_eq!((seldom.round, seldom.sweep), (1, u32::MAX));
        let due = |pace: Pace, look| pace.due(look);
        for (look, told) in [
            (1, (false, false)),
            (19, (false, false)),
            (20, (true, false)),
            (1_200, (true, true)),
        ] {
            assert_eq!(due(usual, look), told, "{look}");
        }
        // A sweep is never all that is done: it is a round as well.
        for look in 0..3_000 {
            for pace in [usual, often, pace(500, 10, 1), pace(50, 1, 7)] {
                assert!(matches!(pace.due(look), (true, _) | (false, false)), "{look}");
            }
        }
        for wrong in [0, 49, 5_001, u64::MAX] {
            let of = HostingSettings {
                look_milliseconds: wrong,
                ..HostingSettings::default()
            };
            assert!(paced(&of).is_err(), "{wrong}");
        }
    }
}
