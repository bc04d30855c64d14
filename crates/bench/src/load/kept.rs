//! Whether everything that was acknowledged is there: by the pages, and behind them.

use super::writer::Book;
use storage::values;
use testkit::TestApp;
use testkit::browse::Visitor;
use uuid::Uuid;

/// Asks pages for every text that somebody knows to be kept; says what is missing.
pub fn by_pages(book: &Book, visitor: &mut Visitor) -> Vec<String> {
    let mut missing = Vec::new();
    for (page, texts) in &book.texts {
        let shown = match visitor.get(page) {
            Ok(reply) if reply.status == 200 => reply.text(),
            Ok(reply) => format!("answered {}", reply.status),
            Err(error) => error.to_string(),
        };
        for text in texts.iter().filter(|text| !shown.contains(text.as_str())) {
            missing.push(format!("{}: {page} does not show « {text} »", book.task.name()));
        }
    }
    missing
}

/// Counts the entries of the journal that somebody's acts left; says what is missing, or too much.
pub async fn in_the_journal(app: &TestApp, book: &Book) -> Option<String> {
    let mut found = 0;
    for kind in book.task.entries() {
        found += entries(app, book.person, kind).await;
    }
    let known = book.journaled..=book.journaled + book.unanswered;
    (!known.contains(&found)).then(|| {
        format!(
            "{}: {} were acknowledged to {}, the journal has {found}",
            book.task.name(),
            book.journaled,
            book.person
        )
    })
}

async fn entries(app: &TestApp, person: Uuid, kind: &'static str) -> u64 {
    let count = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM journal_entry WHERE actor_person_id = $1 AND kind = $2";
    let mut connection = app.database.connection(false).await.expect("a connection");
    let row = connection
        .fetch_one(count, values![person, kind])
        .await
        .expect("a count");
    let count: i64 = row.get("n").expect("a number");
    u64::try_from(count).unwrap_or_default()
}
