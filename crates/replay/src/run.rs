//! A replay: recorded requests in their order, each with what the instance issued before.

use std::time::Duration;

use tokio::time::Instant;

use crate::carry::{Carry, Change};
use crate::diff::{Difference, Summary, compare, summary};
use crate::message::{Answer, Request, Step};
use crate::send::{Limits, NoAnswer, Target, send};

/// What came of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The name of the step.
    pub name: String,
    /// The request that was sent, without what was made anew.
    pub sent: Request,
    /// What was carried on in it.
    pub changes: Vec<Change>,
    /// The answer that came, or why none did.
    pub answer: Result<Answer, NoAnswer>,
    /// How long it took.
    pub took: Duration,
    /// How it differs from the recorded one.
    pub differences: Vec<Difference>,
    /// What that comes to.
    pub summary: Summary,
}

/// A replay under way.
pub struct Replay<'s> {
    target: Target,
    limits: Limits,
    steps: &'s [Step],
    next: usize,
    carry: Carry,
    began: Option<Instant>,
}

impl<'s> Replay<'s> {
    /// Prepares the replay of recorded steps, in their order, against an instance. Redirects are followed where
    /// the recorded tool followed them, which is a step of its own.
    pub fn new(target: Target, steps: &'s [Step], limits: Limits) -> Self {
        Self {
            target,
            limits,
            steps,
            next: 0,
            carry: Carry::default(),
            began: None,
        }
    }

    /// Replays the next step; nothing when all are done. Whoever drops it in the middle leaves no
    /// connection behind.
    pub async fn step(&mut self) -> Option<Replayed> {
        let step = self.steps.get(self.next)?;
        let began = *self.began.get_or_insert_with(Instant::now);
        let left = self.limits.replay.saturating_sub(began.elapsed());
        let later = &self.steps[self.next + 1..];
        self.next += 1;
        let (sent, changes) = self.carry.apply(&step.request);
        let start = Instant::now();
        let answer = if left.is_zero() || self.next > self.limits.steps {
            Err(NoAnswer::Limited)
        } else {
            let limits = Limits {
                exchange: self.limits.exchange.min(left),
                ..self.limits
            };
            send(&self.target, &sent, &limits).await
        };
        let took = start.elapsed();
        if let Ok(answer) = &answer {
            let later = later.iter().take(self.limits.steps).map(|step| &step.request);
            self.carry.learn(step.answer.as_ref(), answer, later);
        }
        let differences = compare(step.answer.as_ref(), answer.as_ref().ok(), &self.carry);
        Some(Replayed {
            name: step.name.clone(),
            sent,
            changes,
            summary: summary(&differences, answer.is_ok()),
            answer,
            took,
            differences,
        })
    }

    /// Replays all steps that are left. Everything is kept in memory: at most
    /// [`Limits::steps`] answers of [`Limits::body`] bytes.
    pub async fn finish(mut self) -> Vec<Replayed> {
        let mut replayed = Vec::new();
        while let Some(step) = self.step().await {
            replayed.push(step);
        }
        replayed
    }
}
