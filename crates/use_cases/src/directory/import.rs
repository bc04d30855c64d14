//! Importing the national list: surveyed whole, taken chunk by chunk; a second run goes on where one stopped.

use super::chunk::{Departures, Done, Lines, Tally, Told};
use super::list::{ListError, NationalList};
use super::survey::{Gone, Survey, Surveyed};
use crate::error::Outcome;
use crate::perform::{Context, UseCase, perform, read};
use domain::directory::Code;
use domain::ids::OrganisationId;
use domain::organisation::OrganisationKind;
use std::collections::HashMap;
use std::sync::Arc;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Organisations of the list that are done.
    pub done: usize,
    /// Organisations of the list.
    pub of: usize,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// How many of what.
    pub tally: Tally,
    /// What a person should read.
    pub told: Vec<Told>,
}

/// Why an import changed nothing.
#[derive(Clone, Debug)]
pub enum Refused {
    /// Lines of the list are wrong.
    Lines(Vec<ListError>),
    /// More organisations would be no more than the limit allows: how many, and the limit.
    TooManyGone(usize, usize),
}

/// What the chunks of one import share.
struct Run<'a> {
    context: &'a Context,
    list: Arc<NationalList>,
    known: Arc<HashMap<Code, OrganisationId>>,
    dry: bool,
    imported: Imported,
}

/// Imports the national list into the directory; with `dry`, says only what would change.
///
/// # Errors
/// [`crate::Error`] where it may not be done or the store fails; the chunks before are kept, and a second
/// run goes on from there.
pub async fn import_directory(
    context: &Context,
    list: NationalList,
    dry: bool,
    tell: &(dyn Fn(Progress) + Sync),
) -> Outcome<Result<Imported, Refused>> {
    let list = Arc::new(list);
    let limits = context.app.settings.limits.clone();
    if !list.errors().is_empty() {
        return Ok(Err(Refused::Lines(list.errors().to_vec())));
    }
    let Surveyed {
        known,
        uncoded,
        gone,
        errors,
    } = read(context, Survey(list.clone())).await?;
    if !errors.is_empty() {
        return Ok(Err(Refused::Lines(errors)));
    }
    if gone.len() > limits.directory_gone {
        return Ok(Err(Refused::TooManyGone(gone.len(), limits.directory_gone)));
    }
    let mut run = Run {
        context,
        list: list.clone(),
        known: Arc::new(known),
        dry,
        imported: Imported::default(),
    };
    let (uncoded, size) = (Arc::new(uncoded), limits.directory_chunk.max(1));
    let (gone_communes, gone_above): (Vec<Gone>, Vec<Gone>) = gone
        .into_iter()
        .partition(|gone| gone.kind == OrganisationKind::Commune);
    let mut above = Some(gone_above);
    let mut from = 0;
    while from < list.len() {
        // Who took a grouping's place is told by where its communes are: it ends before they leave it, so that an
        // import that stopped in between finds them there again.
        if list.lines[from].1.kind == OrganisationKind::Commune {
            run.end(&above.take().unwrap_or_default(), size).await?;
        }
        let until = run.chunk_end(from, size);
        let lines = Lines {
            list: list.clone(),
            from,
            until,
            known: run.known.clone(),
            uncoded: uncoded.clone(),
            dry,
        };
        run.take(lines).await?;
        from = until;
        tell(Progress {
            done: from,
            of: list.len(),
        });
    }
    run.end(&above.take().unwrap_or_default(), size).await?;
    run.end(&gone_communes, size).await?;
    Ok(Ok(run.imported))
}

impl Run<'_> {
    /// Ends a chunk at its size, and where another kind begins: what others belong to is known before them.
    fn chunk_end(&self, from: usize, size: usize) -> usize {
        let lines = &self.list.lines;
        let kind = lines[from].1.kind;
        let same = lines[from..].iter().take(size).take_while(|(_, one)| one.kind == kind);
        from + same.count()
    }

    /// Takes what the list names no longer.
    async fn end(&mut self, gone: &[Gone], size: usize) -> Outcome<()> {
        for gone in gone.chunks(size) {
            let departures = Departures {
                list: self.list.clone(),
                gone: gone.to_vec(),
                known: self.known.clone(),
                dry: self.dry,
            };
            self.take(departures).await?;
        }
        Ok(())
    }

    async fn take<U: UseCase<Output = Done>>(&mut self, chunk: U) -> Outcome<()> {
        let done = if self.dry {
            read(self.context, chunk).await?
        } else {
            perform(self.context, chunk).await?
        };
        Arc::make_mut(&mut self.known).extend(done.known);
        self.imported.tally.add(&done.tally);
        self.imported.told.extend(done.told);
        Ok(())
    }
}
