//! How much there is: blocks of 350 organisations that resemble each other, so that what one
//! person sees is alike in a small and in a large instance, and only what surrounds it grows.

use testkit::START;
use uuid::Uuid;

/// Organisations of a block: an organiser, an operator, a school, ten vendors and communes.
pub const ORGANISATIONS: u64 = 350;
/// Vendors of a block.
pub const VENDORS: u64 = 10;
/// Communes of a block.
pub const COMMUNES: u64 = ORGANISATIONS - VENDORS - 3;
/// Products of a block, ten for each vendor.
pub const PRODUCTS: u64 = 100;
/// Products that a commune runs.
pub const RUN: u64 = 15;
/// Campaigns of a block.
pub const CAMPAIGNS: u64 = 30;
/// Reports of a campaign that has begun.
pub const REPORTS: u64 = 107;
/// Hunters of a block.
pub const HUNTERS: u64 = 100;
/// Hunters of a campaign.
pub const HUNTING: u64 = 25;
/// Vulnerabilities of a product.
pub const VULNERABILITIES: u64 = 10;

/// A day in microseconds.
pub const DAY: i64 = 86_400_000_000;

/// The instant at which the pages are asked for.
pub const NOW: i64 = START.0;

/// What an identifier names.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Organisation = 1,
    Affiliation,
    Person,
    Grant,
    Key,
    Programme,
    Member,
    Rules,
    Product,
    Version,
    Deployment,
    Campaign,
    Party,
    Participant,
    Authorisation,
    Report,
    Comment,
    Vulnerability,
    Text,
    Evidence,
    Position,
    Credential,
}

/// Gives the identifier of the `n`th thing of a kind in a block, ordered by time as UUIDv7 are.
pub fn id(kind: Kind, block: u64, n: u64) -> Uuid {
    let start = u64::try_from(NOW / 1000).unwrap_or_default() - 40_000_000_000;
    let instant = (start + n * 1000 + block) & 0xffff_ffff_ffff;
    let mixed = (block << 40 | n).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
    let high = instant << 16 | 0x7000 | kind as u64;
    let low = 0x8000_0000_0000_0000 | mixed;
    Uuid::from_u64_pair(high, low)
}

/// Gives the organisation of a block by its place: the organiser, the operator, the school, the vendors, the communes.
pub fn organisation(block: u64, place: u64) -> Uuid {
    id(Kind::Organisation, block, place)
}

/// Gives a vendor.
pub fn vendor(block: u64, n: u64) -> Uuid {
    organisation(block, 3 + n)
}

/// Gives a commune.
pub fn commune(block: u64, n: u64) -> Uuid {
    organisation(block, 3 + VENDORS + n)
}

/// Gives the `k`th product that a commune runs: three that all run, then some of the others.
pub const fn product_of(commune: u64, k: u64) -> u64 {
    if k < 3 {
        k
    } else {
        3 + (commune * 7 + k * 13) % (PRODUCTS - 3)
    }
}

/// Gives the campaign that tests a product.
pub const fn campaign_of(product: u64) -> u64 {
    if product < 90 { product / 3 } else { product - 90 }
}

/// Gives the products that a campaign tests.
pub fn products_of(campaign: u64) -> Vec<u64> {
    (0..PRODUCTS)
        .filter(|product| campaign_of(*product) == campaign)
        .collect()
}
