//! Somebody who writes by the forms of pages, and keeps what was acknowledged.

use super::crowd::{Guest, OPEN, Part};
use super::dice::Dice;
use super::pages::{run_by, vulnerability};
use super::tally::Tally;
use crate::size::{Kind, PRODUCTS, REPORTS, id};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Instant;
use testkit::browse::{Form, Reply, Visitor};
use uuid::Uuid;

/// What somebody comes to do, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A verifier comments on reports, as others do on the same.
    Comment,
    /// A hunter keeps drafts of reports.
    Draft,
    /// A security officer says where their commune stands.
    Position,
    /// A security officer declares what their commune runs.
    Deployment,
    /// A verifier takes reports and gives them up.
    Claim,
}

impl Task {
    /// Every task; writers share them evenly.
    pub const ALL: [Self; 5] = [
        Self::Comment,
        Self::Draft,
        Self::Position,
        Self::Deployment,
        Self::Claim,
    ];

    /// Gives what it is called in the figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "write: a comment",
            Self::Draft => "write: a draft",
            Self::Position => "write: a position",
            Self::Deployment => "write: a deployment",
            Self::Claim => "write: a claim, or its end",
        }
    }

    /// Gives as what one does it.
    pub const fn part(self) -> Part {
        match self {
            Self::Comment | Self::Claim => Part::Verifier,
            Self::Draft => Part::Hunter,
            Self::Position | Self::Deployment => Part::Officer,
        }
    }

    /// Gives the kinds of the entries that each acknowledged act leaves in the journal, one each; of a draft only its
    /// beginning.
    pub const fn entries(self) -> &'static [&'static str] {
        match self {
            Self::Comment => &["report.commented"],
            Self::Draft => &["report.drafted"],
            Self::Position => &["position.answered"],
            Self::Deployment => &["deployment.declared"],
            Self::Claim => &["report.started", "report.claimed", "report.released"],
        }
    }
}

/// What somebody knows to be kept.
#[derive(Clone, Debug)]
pub struct Book {
    /// Who.
    pub person: Uuid,
    /// What they did.
    pub task: Task,
    /// How many acts were acknowledged.
    pub acknowledged: u64,
    /// How many of them the journal has an entry of.
    pub journaled: u64,
    /// How many acts no whole answer came to: they may be kept or not.
    pub unanswered: u64,
    /// The texts that pages have to show.
    pub texts: BTreeMap<String, Vec<String>>,
}

/// Why an act was not acknowledged.
struct Wrong {
    what: String,
    place: String,
}

impl Wrong {
    fn of(what: impl ToString, place: &str) -> Self {
        Self {
            what: what.to_string(),
            place: place.to_owned(),
        }
    }
}

/// What the pages that writers open are called in the figures.
pub const PAGE: &str = "a writer's page";

/// Drafts that one hunter begins; from then on they keep these.
const DRAFTS: usize = 12;
/// Reports, vulnerabilities or campaigns that one writer goes through.
const ROUND: u64 = 4;
/// Where the verifiers' comments go: the place of a report that is in verification, and the step to the next.
const IN_VERIFICATION: (u64, u64) = (48, 10);

/// A writer.
pub struct Writer {
    /// Who.
    pub guest: Guest,
    /// Their browser, signed in.
    pub visitor: Visitor,
    /// The servers, which take turns.
    pub servers: Vec<SocketAddr>,
    /// How long they take between two acts, in milliseconds.
    pub pause: (u64, u64),
    /// Which of those with the same task.
    pub place: u64,
    /// What they know to be kept.
    pub book: Book,
    turn: usize,
    drafts: Vec<String>,
}

impl Writer {
    /// Prepares a writer who has signed in; `place` tells them from the others with their task.
    pub fn new(
        guest: Guest,
        task: Task,
        place: u64,
        visitor: Visitor,
        servers: Vec<SocketAddr>,
        pause: (u64, u64),
    ) -> Self {
        Self {
            book: Book {
                person: guest.person(),
                task,
                acknowledged: 0,
                journaled: 0,
                unanswered: 0,
                texts: BTreeMap::new(),
            },
            guest,
            visitor,
            servers,
            pause,
            place,
            turn: 0,
            drafts: Vec::new(),
        }
    }

    /// Writes until it is time to stop, once at least, and gives what is to be kept.
    pub fn write(mut self, until: Instant, tally: &Tally) -> (Book, Visitor) {
        let mut dice = Dice::of(self.guest.number);
        let mut done = 0;
        let mut wait = dice.pause((0, self.pause.1));
        while done == 0 || Instant::now() + wait < until {
            std::thread::sleep(wait);
            if let Err(wrong) = self.act(done, tally) {
                tally.wrong(self.book.task.name(), wrong.what, &wrong.place);
            }
            done += 1;
            wait = dice.pause(self.pause);
        }
        (self.book, self.visitor)
    }

    fn act(&mut self, done: u64, tally: &Tally) -> Result<(), Wrong> {
        let text = format!("Essai de charge {:05}-{done:05}", self.guest.number);
        let block = self.guest.block;
        match self.book.task {
            Task::Comment => {
                let (first, step) = IN_VERIFICATION;
                let place = (3 + done % 3) * REPORTS + first + done % ROUND * step;
                let page = report(block, place);
                self.press(&page, &format!("{page}/commenter"), tally, |form, _| {
                    form.with("text", &text)
                })?;
                self.keep(page, text);
            }
            Task::Claim => {
                // Three of ten were submitted and wait; each verifier has some for themself.
                let own = self.place * ROUND + done / 2 % ROUND;
                let page = report(block, own / 18 % OPEN * REPORTS + 45 + own % 18 / 3 * 10 + own % 3);
                let act = if done.is_multiple_of(2) { "prendre" } else { "liberer" };
                self.press(&page, &format!("{page}/{act}"), tally, |form, _| form)?;
                self.book.journaled += 1;
            }
            Task::Draft => return self.draft(done, text, tally),
            Task::Position => {
                let own = self.guest.commune();
                let run = run_by(self.guest.place).nth(usize::try_from(done % ROUND).unwrap_or_default());
                let about = vulnerability(block, run.unwrap_or_default(), 7);
                let page = format!("/organisations/{own}/situations/{about}");
                self.press(&page, &page, tally, |form, shown| {
                    form.with("answer", answer(shown, done)).with("reason", &text)
                })?;
                self.keep(page, text);
            }
            Task::Deployment => {
                let list = format!("/organisations/{}/deploiements", self.guest.commune());
                let declare = format!("{list}/declarer");
                let page = format!("{declare}?produit=logiciel-{block:03}-{:02}", done % PRODUCTS);
                let declared = self.press(&page, &declare, tally, |form, _| form.with("label", &text))?;
                self.keep(declared.location().to_owned(), text);
            }
        }
        Ok(())
    }

    /// Begins a draft, or keeps one that was begun, with a title of its own each time.
    fn draft(&mut self, done: u64, text: String, tally: &Tally) -> Result<(), Wrong> {
        let fill = |form: Form, _: &Reply| {
            let form = form.filled("Un pas après l’autre.").with("cwe", "CWE-639");
            form.with("title", &text).with("act", "keep")
        };
        let among = usize::try_from(done).unwrap_or_default() / 2 % self.drafts.len().max(1);
        if self.drafts.len() >= DRAFTS || (!done.is_multiple_of(2) && !self.drafts.is_empty()) {
            let page = self.drafts[among].clone();
            self.press(&page, &page, tally, fill)?;
            self.book.texts.insert(page, vec![text]);
        } else {
            let campaign = id(Kind::Campaign, self.guest.block, done / 2 % OPEN);
            let page = format!("/campagnes/{campaign}/signaler");
            let begun = self.press(&page, &page, tally, fill)?.location().to_owned();
            self.book.journaled += 1;
            self.book.texts.insert(begun.clone(), vec![text]);
            self.drafts.push(begun);
        }
        Ok(())
    }

    /// Notes that a page has to show a text, and the journal an entry.
    fn keep(&mut self, page: String, text: String) {
        self.book.journaled += 1;
        self.book.texts.entry(page).or_default().push(text);
    }

    /// Fills the form of a page in and sends it; it is acknowledged where it leads to another page.
    fn press(
        &mut self,
        page: &str,
        action: &str,
        tally: &Tally,
        fill: impl FnOnce(Form, &Reply) -> Form,
    ) -> Result<Reply, Wrong> {
        let begun = Instant::now();
        self.turn();
        let shown = self.visitor.get(page).map_err(|error| Wrong::of(error.kind(), page))?;
        if shown.status != 200 {
            return Err(Wrong::of(format!("its page answers {}", shown.status), page));
        }
        let form = shown
            .form(action)
            .ok_or_else(|| Wrong::of("its page has no form", page))?;
        tally.answered(PAGE, begun.elapsed());
        let form = fill(form, &shown);
        self.turn();
        let begun = Instant::now();
        let sent = self.visitor.send(&form).map_err(|error| {
            self.book.unanswered += 1;
            Wrong::of(error.kind(), page)
        })?;
        if sent.status != 303 {
            return Err(Wrong::of(sent.status, &sent.surprise("another page").to_string()));
        }
        tally.answered(self.book.task.name(), begun.elapsed());
        self.book.acknowledged += 1;
        Ok(sent)
    }

    /// Goes on at the next server with the same session.
    fn turn(&mut self) {
        self.turn += 1;
        self.visitor.turn_to(self.servers[self.turn % self.servers.len()]);
    }
}

fn report(block: u64, place: u64) -> String {
    format!("/signalements/{}", id(Kind::Report, block, place))
}

/// Chooses among the answers that a page offers, so that there is always a next one.
fn answer(shown: &Reply, done: u64) -> &'static str {
    const ANSWERS: [&str; 4] = ["declare_affected", "declare_not_affected", "declare_unknown", "reopen"];
    let page = shown.text();
    let offered: Vec<&str> = ANSWERS
        .into_iter()
        .filter(|answer| page.contains(&format!("name=\"answer\" value=\"{answer}\"")))
        .collect();
    let place = usize::try_from(done).unwrap_or_default() % offered.len().max(1);
    offered.get(place).copied().unwrap_or(ANSWERS[0])
}
