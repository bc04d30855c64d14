//! Fills an instance, block by block.

mod campaign;
mod people;
mod register;
mod report;
mod search;
mod vulnerability;
mod words;

use crate::rows::{Rows, Written};
use std::time::Instant;
use testkit::TestApp;

pub use people::{Persona, hunter, someone};

/// What a block is filled with, and where.
pub struct Block<'a> {
    /// The instance.
    pub app: &'a TestApp,
    /// Where rows go.
    pub rows: Rows,
    /// Which block.
    pub number: u64,
    /// How many data keys there are already.
    pub keys: u64,
}

impl Block<'_> {
    /// Gives the number of the next data key.
    pub const fn next_key(&mut self) -> u64 {
        self.keys += 1;
        self.keys
    }
}

/// Fills an instance with so many blocks and says how far it is; gives the number of rows.
pub async fn fill(app: &TestApp, blocks: u64) -> Written<u64> {
    let begun = Instant::now();
    let mut block = Block {
        app,
        rows: Rows::open(app).await?,
        number: 0,
        keys: 0,
    };
    for number in 0..blocks {
        block.number = number;
        people::fill(&mut block).await?;
        register::fill(&mut block).await?;
        campaign::fill(&mut block).await?;
        vulnerability::fill(&mut block).await?;
        report::fill(&mut block).await?;
        block.rows.commit().await?;
        if (number + 1) % 10 == 0 || number + 1 == blocks {
            eprintln!(
                "  {} of {blocks} blocks, {} rows, {:.0} s",
                number + 1,
                block.rows.written,
                begun.elapsed().as_secs_f64()
            );
        }
    }
    block.rows.finish().await
}
