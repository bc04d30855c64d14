//! What has to hold after a kill, and at the end.

use super::book::{Book, Deposited, Filed};
use super::node::Node;
use super::storm::Storm;
use super::tasks::number_of;
use crate::said;
use domain::ids::{CallId, CampaignId};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use storage::engine::Row;
use storage::values;
use testkit::TestApp;
use testkit::browse::Visitor;
use testkit::busy::{Busy, Login, PASSWORD};

/// Those who check at once.
const CHECKERS: usize = 4;
/// How long the numbering of the log may take after the last deposit.
const NUMBERING: Duration = Duration::from_secs(60);
/// Kills after which the whole log is verified, beside the end; at first after each.
const VERIFY_EVERY: u64 = 10;

impl Storm {
    /// Verifies the log as the killed process left it.
    pub(super) fn verify_log(&self, node: &Node) {
        if self.kills > 5 && !self.kills.is_multiple_of(VERIFY_EVERY) {
            return;
        }
        let verified = node.run(&["log", "verify"]);
        assert!(verified.status.success(), "{}", said(&verified));
    }

    /// Reads the public list: no gap, nobody twice, and nothing of what was known has changed.
    pub(super) fn check_list(&self, book: &Mutex<Book>) {
        let before = book.lock().unwrap().clone();
        assert!(before.wrong.is_empty(), "{:#?}", before.wrong);
        let node = &self.nodes[usize::try_from(self.below(1 << 32)).unwrap() % self.nodes.len()];
        let list = public_list(&mut Visitor::new(node.address), self.busy().call);
        let numbers: Vec<i64> = list.iter().map(|(number, _)| *number).collect();
        let expected: Vec<i64> = (1..).take(numbers.len()).collect();
        assert_eq!(numbers, expected, "the order numbers have no gap");
        let names: BTreeSet<&String> = list.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), list.len(), "nobody has two numbers: {list:?}");
        assert_eq!(
            list.get(..before.list.len()),
            Some(before.list.as_slice()),
            "no rank has changed"
        );
        for (name, deposited) in &before.deposits {
            assert!(
                list.contains(&(deposited.number, name.clone())),
                "{name} had number {}",
                deposited.number
            );
        }
        book.lock().unwrap().list = list;
    }

    /// Asks the servers for everything that was acknowledged, and for the proof of each receipt.
    pub fn check_everything(&self) {
        let book = self.book().clone();
        assert!(!book.deposits.is_empty() && !book.reports.is_empty());
        std::thread::scope(|scope| {
            for part in 0..CHECKERS {
                let book = &book;
                scope.spawn(move || self.check_part(book, part));
            }
        });
        self.check_ranks(&book);
        self.check_one_receipt_offline(&book);
        for node in &self.nodes {
            assert!(!node.said().contains("panicked"), "{}", node.said());
        }
    }

    fn check_part(&self, book: &Book, part: usize) {
        for (name, deposited) in book.deposits.iter().skip(part).step_by(CHECKERS) {
            let login = self.busy().communes.iter().find(|login| login.organisation == *name);
            let login = login.unwrap();
            self.check_deposit(&mut self.signed_in(&login.email), login, deposited);
        }
        for report in book.reports.iter().skip(part).step_by(CHECKERS) {
            check_report(&mut self.signed_in(&report.email), report);
        }
    }

    pub(super) fn signed_in(&self, email: &str) -> Visitor {
        let address = self.nodes[0].address;
        if let Some(visitor) = self.visitors.lock().unwrap().get(email) {
            let mut visitor = visitor.clone();
            visitor.turn_to(address);
            return visitor;
        }
        let mut visitor = Visitor::new(address);
        assert!(visitor.sign_in(email, PASSWORD).unwrap(), "{email} signs in");
        visitor
    }

    fn check_deposit(&self, visitor: &mut Visitor, login: &Login, deposited: &Deposited) {
        let page = &deposited.page;
        let receipt = visitor.get(&format!("{page}/recepisse.txt")).unwrap();
        assert_eq!(
            receipt.text(),
            deposited.receipt,
            "{page}: the receipt is the one that was handed out"
        );
        let scan = visitor.get(&format!("{page}/formulaire-signe")).unwrap();
        assert!(
            scan.text().contains(&login.organisation),
            "{page}: the signed form is there"
        );
        let until = Instant::now() + NUMBERING;
        loop {
            let proof = visitor.get(&format!("{page}/preuve.txt")).unwrap();
            if proof.status == 200 {
                sealing::verify_receipt_with_proof(&deposited.receipt, &proof.text(), &self.verifier).unwrap();
                return;
            }
            assert!(Instant::now() < until, "{page}: the log does not number the receipt");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Reads the ranks as the organiser sees them: one plus those before it.
    fn check_ranks(&self, book: &Book) {
        let mut visitor = self.signed_in(&self.busy().organiser.email);
        let mut next = format!("/appels/{}/candidatures", self.busy().call);
        let mut seen = 0;
        while !next.is_empty() {
            let page = visitor.get(&next).unwrap();
            let ranks = page.inside("<td class=\"number\" data-label=\"Rang", "</td>");
            for rank in ranks {
                seen += 1;
                let digits: String = rank.chars().filter(char::is_ascii_digit).collect();
                assert_eq!(digits.parse(), Ok(seen), "the rank follows the order of receipt");
            }
            next = following(&page.text(), &next);
        }
        assert_eq!(seen, book.list.len(), "everybody received has a rank");
    }

    fn check_one_receipt_offline(&self, book: &Book) {
        let file = tempfile::NamedTempFile::new().unwrap();
        let receipt = &book.deposits.values().next().unwrap().receipt;
        std::fs::write(file.path(), receipt).unwrap();
        let path = file.path().display().to_string();
        let checked = self.nodes[0].run(&["receipt", "verify", &path, "--key", &self.verifier.to_text()]);
        assert!(checked.status.success(), "{}", said(&checked));
    }
}

fn check_report(visitor: &mut Visitor, report: &Filed) {
    let page = visitor.get(&report.page).unwrap();
    assert_eq!(number_of(&page), Some(report.number), "{}: its number", report.page);
    assert!(page.text().contains(&report.title), "{}: its title", report.page);
    let file = visitor.get(&report.file.0).unwrap();
    assert!(file.body == report.file.1, "{}: its file", report.page);
}

/// Reads the whole public list of receipts: numbers and communes.
fn public_list(visitor: &mut Visitor, call: CallId) -> Vec<(i64, String)> {
    let mut next = format!("/appels/{call}/recepisses");
    let mut list = Vec::new();
    while !next.is_empty() {
        let page = visitor.get(&next).unwrap();
        assert_eq!(page.status, 200, "{}", page.text());
        for line in page.inside("<th scope=\"row\" class=\"number\">", "</tr>") {
            let digits = line.chars().take_while(char::is_ascii_digit).count();
            let (number, rest) = line.split_at(digits);
            let name = rest
                .trim()
                .chars()
                .take("Commune d’essai 0000".chars().count())
                .collect();
            list.push((number.parse().unwrap(), name));
        }
        next = following(&page.text(), &next);
    }
    list
}

/// Gives the address of the next page of a list; empty after the last.
fn following(page: &str, address: &str) -> String {
    let link = page
        .split("rel=\"next\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    link.map_or_else(String::new, |query| {
        format!(
            "{}{}",
            address.split('?').next().unwrap_or_default(),
            query.replace("&amp;", "&")
        )
    })
}

async fn rows(app: &TestApp, sql: &'static str, of: uuid::Uuid) -> Vec<Row> {
    let mut connection = app.database.connection(false).await.unwrap();
    connection.fetch(sql, values![of]).await.unwrap()
}

async fn numbers(app: &TestApp, sql: &'static str, of: uuid::Uuid) -> Vec<i64> {
    rows(app, sql, of)
        .await
        .iter()
        .map(|row| row.get("n").unwrap())
        .collect()
}

/// Looks behind the pages: nothing was done by halves.
pub async fn what_is_kept(app: &TestApp, book: &Book) {
    let reports: BTreeSet<i64> = book.reports.iter().map(|report| report.number).collect();
    assert_eq!(reports.len(), book.reports.len(), "no two reports share a number");
    let calls = "SELECT id, last_order AS n FROM call WHERE id <> $1 AND last_order > 0";
    for call in rows(app, calls, uuid::Uuid::nil()).await {
        let (id, last): (CallId, i64) = (call.get("id").unwrap(), call.get("n").unwrap());
        let given = "SELECT order_number AS n FROM reception WHERE call_id = $1 ORDER BY order_number";
        assert_eq!(numbers(app, given, id.0).await, (1..=last).collect::<Vec<_>>());
        let halves =
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM candidacy c WHERE c.call_id = $1 AND (c.state = 'received')
            <> EXISTS (SELECT 1 FROM reception r WHERE r.candidacy_id = c.id)";
        assert_eq!(
            numbers(app, halves, id.0).await,
            [0],
            "received and numbered are the same"
        );
        let told = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM reception r WHERE r.call_id = $1 AND NOT EXISTS
            (SELECT 1 FROM job j WHERE j.kind = 'mail.candidacy_received' AND j.subject_id = r.candidacy_id)";
        assert_eq!(numbers(app, told, id.0).await, [0], "each reception has its mail");
    }
    let campaigns = "SELECT id, last_report AS n FROM campaign WHERE id <> $1";
    for campaign in rows(app, campaigns, uuid::Uuid::nil()).await {
        let (id, last): (CampaignId, i64) = (campaign.get("id").unwrap(), campaign.get("n").unwrap());
        let given =
            "SELECT number AS n FROM report WHERE campaign_id = $1 AND submitted_at IS NOT NULL ORDER BY number";
        assert_eq!(numbers(app, given, id.0).await, (1..=last).collect::<Vec<_>>());
        let untold =
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM report r WHERE r.campaign_id = $1 AND r.submitted_at IS NOT NULL
            AND (SELECT COUNT(*) FROM journal_entry e WHERE e.stream_kind = 'report' AND e.stream_id = r.id
                AND e.kind = 'report.submitted') <> 1";
        assert_eq!(numbers(app, untold, id.0).await, [0], "each report is journaled once");
    }
    let failed = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM job WHERE failed_at IS NOT NULL AND id <> $1";
    assert_eq!(
        numbers(app, failed, uuid::Uuid::nil()).await,
        [0],
        "no job was given up"
    );
}

/// Looks at the places: each is had by one, and by the first in the order of receipt.
pub async fn places(app: &TestApp, busy: &Busy, places: i64) {
    let call = busy.call.0;
    let seats = "SELECT number AS n FROM seat WHERE call_id = $1 AND released_at IS NULL ORDER BY number";
    let taken = numbers(app, seats, call).await;
    let living = "SELECT order_number AS n FROM reception WHERE call_id = $1 AND dead_at IS NULL ORDER BY order_number";
    let living = numbers(app, living, call).await;
    let seated = "SELECT r.order_number AS n FROM seat s JOIN reception r ON r.candidacy_id = s.candidacy_id
        WHERE s.call_id = $1 AND s.released_at IS NULL AND r.dead_at IS NULL ORDER BY r.order_number";
    let seated = numbers(app, seated, call).await;
    let expected = living.len().min(usize::try_from(places).unwrap());
    assert_eq!(taken.len(), expected, "every place is had: {taken:?}");
    assert!(
        taken.windows(2).all(|pair| pair[0] < pair[1]),
        "no place is shared: {taken:?}"
    );
    assert!(taken.iter().all(|number| (1..=places).contains(number)), "{taken:?}");
    assert_eq!(seated, living[..expected], "the first have the places");
}
