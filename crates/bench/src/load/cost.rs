//! What everything costs: processor time and memory.

use super::server::Server;
use super::tally::Counts;
use crate::cpu::{self, Meter};
use std::time::Duration;

/// Processor time at one instant.
pub struct Used {
    servers: Vec<Duration>,
    database: Duration,
    client: Duration,
}

impl Used {
    /// Reads what was used until now.
    pub fn now(servers: &[Server], meter: &Meter) -> Self {
        Self {
            servers: servers.iter().map(Server::used).collect(),
            database: meter.database(),
            client: cpu::of_process(std::process::id()),
        }
    }
}

/// Prints what was used between two instants, and the memory of the servers.
pub fn tell(lasted: Duration, (before, after): (&Used, &Used), memory: &[(u64, u64)], counts: &Counts) {
    let share = |from: Duration, to: Duration| 100.0 * to.saturating_sub(from).as_secs_f64() / lasted.as_secs_f64();
    for (place, (now, most)) in memory.iter().enumerate() {
        println!(
            "server {}: {:.0} % of one processor, {now} MiB of memory, {most} at most",
            place + 1,
            share(before.servers[place], after.servers[place])
        );
    }
    if after.database > Duration::ZERO {
        println!(
            "PostgreSQL: {:.0} % of one processor",
            share(before.database, after.database)
        );
    }
    println!(
        "these readers and writers: {:.0} % of one processor; {:.1} answers a second, {:.1} MiB of pages",
        share(before.client, after.client),
        f64::from(u32::try_from(counts.answers()).unwrap_or(u32::MAX)) / lasted.as_secs_f64(),
        f64::from(u32::try_from(counts.bytes / 1024).unwrap_or(u32::MAX)) / 1024.0
    );
}
