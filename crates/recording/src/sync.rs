//! A thread that makes written bytes outlive a power cut while the writer goes on.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::disk::SegmentFile;

/// Asks for syncs and knows which are done; marks only grow.
pub(crate) struct Syncer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    job: Option<(Arc<dyn SegmentFile>, u64)>,
    done: u64,
    failed: Option<io::Error>,
    stop: bool,
}

impl Syncer {
    pub(crate) fn start() -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("recording-sync".into())
            .spawn(move || theirs.run())?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Asks that what is written so far be synced.
    pub(crate) fn request(&self, file: &Arc<dyn SegmentFile>, mark: u64) {
        self.shared.lock().job = Some((Arc::clone(file), mark));
        self.shared.changed.notify_all();
    }

    /// The last mark that is durable, or why a sync failed.
    pub(crate) fn done(&self) -> io::Result<u64> {
        let mut state = self.shared.lock();
        state.failed.take().map_or(Ok(state.done), Err)
    }

    /// Waits until a mark is durable.
    pub(crate) fn wait(&self, mark: u64) -> io::Result<u64> {
        let waiting = |state: &mut State| state.done < mark && state.failed.is_none();
        let state = self.shared.changed.wait_while(self.shared.lock(), waiting);
        drop(state.unwrap_or_else(PoisonError::into_inner));
        self.done()
    }

    /// Forgets a job that failed or waits.
    pub(crate) fn forget(&self) {
        let mut state = self.shared.lock();
        state.job = None;
        state.failed = None;
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to end.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn run(&self) {
        loop {
            let idle = |state: &mut State| state.job.is_none() && !state.stop;
            let waited = self.changed.wait_while(self.lock(), idle);
            let job = waited.unwrap_or_else(PoisonError::into_inner).job.take();
            let Some((file, mark)) = job else { return };
            let synced = file.sync();
            let mut state = self.lock();
            match synced {
                Ok(()) => state.done = state.done.max(mark),
                Err(error) => state.failed = Some(error),
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
