//! What communes and students do, a form at a time, however often the server dies meanwhile.

use super::book::{Deposited, Filed};
use super::storm::{Crowd, Draft, Task};
use std::io::{Error, ErrorKind, Result};
use std::time::Duration;
use testkit::browse::{Reply, Visitor};
use testkit::busy::{Login, PASSWORD};

const VECTOR: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N";

impl Crowd<'_> {
    /// Does a task to its end, whatever happens to the servers.
    pub fn perform(&self, task: Task) {
        match task {
            Task::Fill(login) => self.fill(login),
            Task::Deposit(login, page) => self.deposit(&login, &page),
            Task::Write(login, number) => self.write(login, number),
            Task::Submit(login, draft) => self.submit(&login, draft),
            Task::Withdraw(login, page) => self.withdraw(&login, &page),
            Task::Confirm(login, page) => self.confirm(&login, &page),
        }
    }

    /// Does something until a whole answer comes that is no refusal for a while.
    fn insist(&self, visitor: &mut Visitor, ask: impl Fn(&mut Visitor) -> Result<Reply>) -> Reply {
        loop {
            if let Some(reply) = self.once(visitor, &ask) {
                return reply;
            }
        }
    }

    /// Does something once, at a server that listens; without a whole answer, or told to come
    /// again, gives nothing.
    fn once(&self, visitor: &mut Visitor, ask: &impl Fn(&mut Visitor) -> Result<Reply>) -> Option<Reply> {
        let asked = loop {
            visitor.turn_to(self.any_node());
            match ask(visitor) {
                // Nobody heard it.
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {}
                asked => break asked,
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        let mut book = self.book();
        match asked {
            Ok(reply) if reply.status == 503 => book.busy += 1,
            Ok(reply) => {
                if reply.status >= 500 {
                    book.wrong.push(reply.surprise("an answer").to_string());
                }
                return Some(reply);
            }
            Err(error) if is_of_the_page(&error) => {
                book.wrong.push(error.to_string());
                return None;
            }
            Err(_) => book.cut += 1,
        }
        drop(book);
        std::thread::sleep(Duration::from_millis(15));
        None
    }

    fn come_in(&self, login: &Login) -> Visitor {
        if let Some(visitor) = self.visitors().get(&login.email) {
            return visitor.clone();
        }
        let mut visitor = Visitor::new(self.any_node());
        while !visitor.sign_in(&login.email, PASSWORD).unwrap_or(false) {
            std::thread::sleep(Duration::from_millis(15));
            visitor.turn_to(self.any_node());
        }
        self.visitors().insert(login.email.clone(), visitor.clone());
        visitor
    }

    /// Fills the form in and signs it; depositing is another task, so that many do it at once.
    fn fill(&self, login: Login) {
        let mut visitor = self.come_in(&login);
        let start = format!("/appels/{}/candidater", self.busy.call);
        let started = self.insist(&mut visitor, |visitor| {
            let page = visitor.get(&start)?;
            match page.form(&start) {
                Some(form) => visitor.send(&form),
                // An answer that was cut: the candidacy is begun, and the page leads to it.
                None => Ok(page),
            }
        });
        let page = match started.status {
            303 => started.location().to_owned(),
            _ => begun(&started),
        };
        let mut step = format!("{page}/remplir/1");
        while step.contains("/remplir/") {
            let saved = self.insist(&mut visitor, |visitor| {
                let shown = visitor.get(&step)?;
                let form = shown.form(&step).ok_or_else(|| shown.surprise("the step's form"))?;
                let mut form = form.filled(&login.organisation);
                if step.ends_with("/produits") {
                    form = form
                        .with("offer.0.name", "Guichet")
                        .with("offer.0.vendor", "Galandrin Logiciels");
                    form = form
                        .with("offer.0.version", "4")
                        .with("offer.0.host", "Galandrin Logiciels");
                }
                let saved = visitor.send(&form)?;
                if saved.status == 303 {
                    Ok(saved)
                } else {
                    Err(saved.surprise("the next step"))
                }
            });
            step = saved.location().to_owned();
        }
        let send = format!("{page}/signature");
        self.insist(&mut visitor, |visitor| {
            let check = visitor.get(&step)?;
            let form = check
                .form(&send)
                .ok_or_else(|| check.surprise("the form for the scan"))?;
            let scan = format!("%PDF-1.4\n% {}\n%%EOF\n", login.organisation).into_bytes();
            let sent = visitor.send(&form.with_file("scan", "candidature.pdf", scan))?;
            if sent.status == 303 {
                Ok(sent)
            } else {
                Err(sent.surprise("a signed form"))
            }
        });
        self.ready(Task::Deposit(login, page));
    }

    fn deposit(&self, login: &Login, page: &str) {
        let mut visitor = self.come_in(login);
        let (press, text) = (format!("{page}/depot"), format!("{page}/recepisse.txt"));
        let mut unanswered = false;
        loop {
            let check = self.insist(&mut visitor, |visitor| visitor.get(&format!("{page}/verifier")));
            let pressed = check.form(&press).and_then(|form| {
                let reply = self.once(&mut visitor, &|visitor: &mut Visitor| visitor.send(&form));
                unanswered |= reply.is_none();
                reply
            });
            let acknowledged = pressed.is_some_and(|reply| reply.status == 303);
            let receipt = self.insist(&mut visitor, |visitor| visitor.get(&text));
            let kept = receipt.status == 200;
            let mut book = self.book();
            if acknowledged && !kept {
                book.wrong
                    .push(receipt.surprise("the receipt of an acknowledged deposit").to_string());
            }
            if unanswered && !acknowledged {
                book.kept_unanswered += usize::from(kept);
                book.lost_unanswered += usize::from(!kept);
                unanswered = false;
            }
            if !kept {
                continue;
            }
            let receipt = receipt.text();
            match sealing::parse_and_verify_receipt(&receipt, self.verifier) {
                Ok(read) => {
                    let number = read.order_number.unwrap_or_default();
                    let page = page.to_owned();
                    book.deposits
                        .insert(login.organisation.clone(), Deposited { page, number, receipt });
                }
                Err(error) => book.wrong.push(format!("{page}: the receipt does not hold: {error}")),
            }
            return;
        }
    }

    fn write(&self, login: Login, number: usize) {
        let mut visitor = self.come_in(&login);
        let title = format!("Trouvaille {number} de {}", login.email);
        let bytes = format!("Preuve {number}, {}\n", login.email.repeat(40)).into_bytes();
        let write = format!("/campagnes/{}/signaler", self.busy.campaign.0);
        let kept = self.insist(&mut visitor, |visitor| {
            let page = visitor.get(&write)?;
            let form = page.form(&write).ok_or_else(|| page.surprise("the form of a report"))?;
            let form = form
                .filled("Un pas après l’autre.")
                .with("title", &title)
                .with("act", "keep");
            let form = form.with("cwe", "CWE-639").with("vector", VECTOR);
            let kept = visitor.send(&form.with_file("files", "preuve.txt", bytes.clone()))?;
            if kept.status == 303 {
                Ok(kept)
            } else {
                Err(kept.surprise("a draft"))
            }
        });
        let page = kept.location().trim_end_matches("/modifier").to_owned();
        let draft = Draft {
            page,
            title,
            file: bytes,
        };
        self.ready(Task::Submit(login, draft));
    }

    fn submit(&self, login: &Login, draft: Draft) {
        let mut visitor = self.come_in(login);
        let page = &draft.page;
        let press = format!("{page}/soumettre");
        loop {
            let shown = self.insist(&mut visitor, |visitor| visitor.get(page));
            let pressed = shown
                .form(&press)
                .map(|form| self.once(&mut visitor, &|visitor: &mut Visitor| visitor.send(&form)));
            let acknowledged = matches!(&pressed, Some(Some(reply)) if reply.status == 303);
            let shown = self.insist(&mut visitor, |visitor| visitor.get(page));
            let number = number_of(&shown);
            let mut book = self.book();
            if acknowledged && number.is_none() {
                book.wrong.push(shown.surprise("an acknowledged report").to_string());
            }
            if matches!(pressed, Some(None)) {
                book.kept_unanswered += usize::from(number.is_some());
                book.lost_unanswered += usize::from(number.is_none());
            }
            let Some(number) = number else {
                continue;
            };
            let Some(file) = file_of(&shown) else {
                book.wrong.push(shown.surprise("the report's file").to_string());
                return;
            };
            book.reports.push(Filed {
                email: login.email.clone(),
                page: draft.page,
                title: draft.title,
                number,
                file: (file, draft.file),
            });
            return;
        }
    }

    fn withdraw(&self, login: &Login, page: &str) {
        let mut visitor = self.come_in(login);
        self.press_until_gone(&mut visitor, page, &format!("{page}/retrait"), &[("sure", "on")]);
        self.book().withdrawn.push(login.organisation.clone());
    }

    fn confirm(&self, login: &Login, page: &str) {
        let mut visitor = self.come_in(login);
        self.press_until_gone(&mut visitor, page, &format!("{page}/confirmation"), &[]);
    }

    /// Fills a form in and sends it until the page no longer offers it.
    fn press_until_gone(&self, visitor: &mut Visitor, page: &str, press: &str, answers: &[(&str, &str)]) {
        loop {
            let shown = self.insist(visitor, |visitor| visitor.get(page));
            let Some(form) = shown.form(press) else {
                return;
            };
            let form = answers.iter().fold(form, |form, (name, value)| form.with(name, value));
            self.once(visitor, &|visitor: &mut Visitor| visitor.send(&form));
        }
    }
}

/// Says whether an error is that a page was not what it should be, rather than that none came.
fn is_of_the_page(error: &Error) -> bool {
    error.to_string().contains("was expected; got")
}

/// Finds the candidacy that a page says is begun.
fn begun(page: &Reply) -> String {
    let text = page.text();
    let found = text
        .split("href=\"/candidatures/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    format!("/candidatures/{}", found.expect("a candidacy that was begun"))
}

/// Reads a report's number above its title.
pub fn number_of(page: &Reply) -> Option<i64> {
    let kicker = page.inside("<p class=\"kicker\">", "</p>").into_iter().next()?;
    let digits: String = kicker
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    kicker.starts_with("Signalement n").then(|| digits.parse().ok())?
}

fn file_of(page: &Reply) -> Option<String> {
    let text = page.text();
    let found = text
        .split("href=\"")
        .find(|piece| piece.starts_with("/signalements/") && piece.contains("/pieces/"));
    found.and_then(|piece| piece.split('"').next()).map(str::to_owned)
}
