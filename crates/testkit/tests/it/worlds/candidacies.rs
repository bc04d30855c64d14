//! Random orders of what may happen to a call's candidacies: numbers, ranks and places hold.

use super::dice::Dice;
use super::{another, from_environment};
use crate::candidacy::{PDF, World, mayor, offer, world};
use domain::ids::{CandidacyId, ProposalId};
use domain::time::{DAY, HOUR};
use domain::two_people::ProposalKind;
use testkit::each_engine;
use use_cases::candidacy::{
    AnswerPaper, AnswerProposal, ConfirmPlace, ContestProposal, DecideCall, DecideObjection, Deposit, PaperForm, Part,
    Propose, SaveDraft, StartCandidacy, WithdrawCandidacy, attach_scan, enter_paper,
};
use use_cases::{Context, Error, Outcome, perform};

/// What was made so far, for later steps to act upon.
#[derive(Default)]
pub struct Made {
    pub candidacies: Vec<(usize, CandidacyId)>,
    proposals: Vec<(usize, CandidacyId, ProposalId)>,
    papers: Vec<uuid::Uuid>,
    done: usize,
}

/// A refusal is fine, a fault of ours is not.
fn kept<T>(outcome: Outcome<T>) -> Option<T> {
    match outcome {
        Ok(given) => Some(given),
        Err(Error::Internal(what)) => panic!("{what}"),
        Err(_) => None,
    }
}

pub struct Run<'a> {
    pub world: &'a World,
    dice: Dice,
    pub made: Made,
}

impl Run<'_> {
    fn anybody(&mut self) -> Context {
        let people: Vec<_> = self
            .world
            .organisers
            .iter()
            .copied()
            .chain(self.world.communes.iter().map(|(_, officer)| *officer))
            .collect();
        self.dice.pick(&people).context(&self.world.app)
    }

    fn officer(&mut self, n: usize) -> Context {
        if self.dice.chance(10) {
            return self.anybody();
        }
        self.world.communes[n].1.context(&self.world.app)
    }

    fn organiser(&mut self) -> Context {
        if self.dice.chance(10) {
            return self.anybody();
        }
        self.dice.pick(&self.world.organisers).context(&self.world.app)
    }

    async fn deposit(&mut self, n: usize) {
        let (call, organisation) = (self.world.call, self.world.communes[n].0);
        let context = self.officer(n);
        let known = self
            .made
            .candidacies
            .iter()
            .rev()
            .find(|(by, _)| *by == n)
            .map(|(_, id)| *id);
        let started = kept(perform(&context, StartCandidacy { call, organisation }).await);
        if let Some(id) = started.filter(|id| Some(*id) != known) {
            self.made.candidacies.push((n, id));
        }
        let Some(candidacy) = started.or(known) else { return };
        let answers = [("why".to_owned(), "Pour la sécurité.".to_owned())]
            .into_iter()
            .collect();
        for part in [
            Part::Answers(answers),
            Part::Offers(vec![offer()]),
            Part::Signatory(mayor()),
        ] {
            if self.dice.chance(95) {
                kept(
                    perform(
                        &context,
                        SaveDraft {
                            candidacy,
                            part,
                            seen: None,
                        },
                    )
                    .await,
                );
            }
        }
        if self.dice.chance(95) {
            kept(attach_scan(&context, candidacy, "scan.pdf", PDF.to_vec()).await);
        }
        self.count(perform(&context, Deposit { candidacy }).await);
    }

    fn count<T>(&mut self, outcome: Outcome<T>) {
        if kept(outcome).is_some() {
            self.made.done += 1;
        }
    }

    async fn paper(&mut self, n: usize) {
        let context = self.organiser();
        let form = PaperForm {
            call: self.world.call,
            organisation: Some(self.world.communes[n].0),
            stated_arrival: Some(testkit::START),
            answers: [("why".to_owned(), "Sur papier.".to_owned())].into_iter().collect(),
            offers: vec![offer()],
            signatory: mayor(),
        };
        if let Some(paper) = kept(enter_paper(&context, form, "scan.pdf", PDF.to_vec()).await) {
            self.made.papers.push(paper);
        }
    }

    async fn step(&mut self) {
        let n = self.dice.below(self.world.communes.len());
        match self.dice.below(16) {
            0..=3 => self.deposit(n).await,
            4 => self.paper(n).await,
            5 => self
                .world
                .app
                .clock
                .advance(self.dice.pick(&[HOUR, HOUR, DAY, 4 * DAY])),
            6 => drop(self.world.app.run_jobs().await),
            7 if self.dice.chance(30) => self.world.app.clock.set(testkit::START.plus_days(31)),
            7 | 8 => {
                let context = self.organiser();
                self.count(perform(&context, DecideCall { call: self.world.call }).await);
            }
            9 if !self.made.papers.is_empty() => {
                let (paper, confirm, context) = (
                    self.dice.pick(&self.made.papers),
                    self.dice.chance(80),
                    self.organiser(),
                );
                self.count(perform(&context, AnswerPaper { paper, confirm }).await);
            }
            _ => self.instruct().await,
        }
    }

    async fn instruct(&mut self) {
        if self.made.candidacies.is_empty() {
            return;
        }
        let (n, candidacy) = self.dice.pick(&self.made.candidacies);
        let reason = "Une raison.".to_owned();
        let proposed = (!self.made.proposals.is_empty()).then(|| self.dice.pick(&self.made.proposals));
        match (self.dice.below(8), proposed) {
            (0, _) => {
                let context = self.officer(n);
                self.count(
                    perform(
                        &context,
                        WithdrawCandidacy {
                            candidacy,
                            reason,
                            sure: true,
                        },
                    )
                    .await,
                );
            }
            (1, _) => {
                let context = self.officer(n);
                self.count(perform(&context, ConfirmPlace { candidacy }).await);
            }
            (2 | 3, _) | (_, None) => {
                let kind = self.dice.pick(&[ProposalKind::Return, ProposalKind::Ineligible]);
                let context = self.organiser();
                if let Some(id) = kept(
                    perform(
                        &context,
                        Propose {
                            candidacy,
                            kind,
                            reason,
                        },
                    )
                    .await,
                ) {
                    self.made.proposals.push((n, candidacy, id));
                }
            }
            (4 | 5, Some((_, candidacy, proposal))) => {
                let (confirm, context) = (self.dice.chance(80), self.organiser());
                self.count(
                    perform(
                        &context,
                        AnswerProposal {
                            candidacy,
                            proposal,
                            confirm,
                        },
                    )
                    .await,
                );
            }
            (6, Some((n, candidacy, proposal))) => {
                let context = self.officer(n);
                self.count(
                    perform(
                        &context,
                        ContestProposal {
                            candidacy,
                            proposal,
                            grounds: reason,
                        },
                    )
                    .await,
                );
            }
            (_, Some((_, candidacy, proposal))) => {
                let (upheld, context) = (self.dice.chance(60), self.organiser());
                self.count(
                    perform(
                        &context,
                        DecideObjection {
                            candidacy,
                            proposal,
                            upheld,
                            reason,
                        },
                    )
                    .await,
                );
            }
        }
    }
}

each_engine! {
    async fn no_order_of_events_gives_two_ranks_or_too_many_places(app: TestApp) {
        let (first, many) = (from_environment("BEFFROI_SEED", 1), from_environment("BEFFROI_WORLDS", 2));
        let mut done = 0;
        for seed in first..first + many {
            let mut dice = Dice::new(seed);
            let (communes, places) = (dice.below(3) + 2, dice.below(2) + 1);
            let world = world(another(&app).await, communes, i64::try_from(places).unwrap()).await;
            let mut run = Run { world: &world, dice, made: Made::default() };
            for step in 0..80 {
                run.step().await;
                run.check(places, &format!("seed {seed}, step {step}")).await;
            }
            run.lists_agree(&format!("seed {seed}")).await;
            done += run.made.done;
            world.app.settle().await;
        }
        eprintln!("{many} runs from seed {first} on {}: {done} steps were not refused", app.store.engine_name());
    }
}
