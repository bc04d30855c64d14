//! What a look at an engine and its machine, or at a cluster, finds.

use std::path::PathBuf;

/// Something that `beffroi check` and the page of the targets tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The engine that answers.
    Engine {
        /// Its name.
        name: String,
        /// Its version.
        version: String,
    },
    /// No engine answers: install Podman or Docker, start its service, or name its socket.
    EngineUnreachable {
        /// Where one was looked for.
        socket: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The engine is too old.
    EngineTooOld {
        /// Its name and version.
        found: String,
        /// The least version.
        least: &'static str,
    },
    /// The wall between targets and the rest is not up.
    Guard {
        /// What is wrong with it.
        problem: GuardProblem,
        /// The exact text that `nft -f` installs.
        text: String,
    },
    /// Docker runs without its own firewall rules (`--iptables=false`).
    FirewallOff,
    /// Whether Docker runs with its own firewall rules cannot be seen.
    FirewallUnknown {
        /// What the system said.
        reason: String,
    },
    /// The engine runs without root: nothing on the host reaches its networks.
    Rootless,
    /// A limit would not be enforced: give the control group to the engine.
    LimitNotEnforced(Limited),
    /// System calls are not filtered.
    NoSeccomp,
    /// Podman copies the host's `/etc/hosts` into targets, with names that are not the loopback's.
    HostNamesShown {
        /// What goes into `containers.conf`, section `containers`.
        setting: &'static str,
    },
    /// Nobody has tried whether the cluster keeps to network policies, which its API takes without a word.
    PoliciesUnproven,
    /// Everybody may enter targets: the addresses of the gateway are those of everybody.
    EverybodyEnters,
    /// The host reaches others under addresses of the pool.
    PoolInUse {
        /// The pool.
        pool: String,
        /// The interface of the route.
        interface: String,
    },
}

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// Memory.
    Memory,
    /// Swap.
    Swap,
    /// Processor time.
    Cpu,
    /// Processes.
    Processes,
}

/// What is wrong with the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuardProblem {
    /// `nft` is not installed: Debian's package is `nftables`.
    NoProgram,
    /// The process may not ask the kernel: an administrator installs the table.
    NotAllowed,
    /// The table is not there.
    Missing,
    /// A table of that name says something else.
    Different,
    /// `nft` failed otherwise.
    Failed(String),
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Good to know.
    Note,
    /// Targets start, less well guarded against each other's greed.
    Warning,
    /// No target starts.
    Blocking,
}

impl Finding {
    /// Says how much it matters.
    pub fn gravity(&self) -> Gravity {
        match self {
            Self::Engine { .. } => Gravity::Note,
            Self::LimitNotEnforced(Limited::Swap | Limited::Cpu) | Self::HostNamesShown { .. } => Gravity::Warning,
            _ => Gravity::Blocking,
        }
    }
}
