//! What a changed database cannot hide from `beffroi log verify`.

use testkit::{TestApp, each_engine};

/// Gives every problem that a verification finds.
async fn problems(app: &TestApp) -> Vec<String> {
    let reports = use_cases::journal::verify(app).await.unwrap();
    reports
        .iter()
        .flat_map(|report| &report.problems)
        .map(ToString::to_string)
        .collect()
}

/// What somebody changes behind the product's back, and what the verification then says.
const CHANGES: &[(&str, &str)] = &[
    (
        "UPDATE journal_entry SET kind = 'organisation.renamed' WHERE kind = 'organisation.invited'",
        "does not say what was journaled: kind",
    ),
    (
        "UPDATE journal_entry SET actor_person_id = stream_id WHERE kind = 'campaign.opened'",
        "does not say what was journaled: actor",
    ),
    (
        "UPDATE journal_entry SET role = 'observer' WHERE role = 'verifier'",
        "does not say what was journaled: role",
    ),
    (
        "UPDATE journal_entry SET at = at - 60000000 WHERE kind = 'candidacy.confirmed'",
        "does not say what was journaled: at",
    ),
    (
        "UPDATE journal_entry SET stream_kind = 'campaign' WHERE kind = 'programme.opened'",
        "does not say what was journaled: stream",
    ),
    (
        "UPDATE journal_entry SET at = at - 60000000 WHERE kind = 'candidacy.received'",
        "does not say what was journaled: at",
    ),
    (
        "UPDATE journal_entry SET role = 'organiser' WHERE kind = 'candidacy.received'",
        "does not say what was journaled: role",
    ),
    (
        "UPDATE journal_stream SET last_seq = last_seq + 1 WHERE kind = 'programme'",
        "the stream of programme",
    ),
    (
        "UPDATE reception SET order_number = order_number + 100 WHERE order_number = 1",
        "its number is not the receipt's",
    ),
    (
        "UPDATE reception SET received_at = received_at - 60000000 WHERE order_number = 2",
        "its instant is not the receipt's",
    ),
    (
        "UPDATE reception SET form_version = form_version + 1 WHERE order_number = 2",
        "its form is not the receipt's",
    ),
    (
        "UPDATE reception SET candidacy_id = (SELECT candidacy_id FROM reception WHERE order_number = 1)
         WHERE order_number = 2",
        "its entry is about another candidacy",
    ),
    (
        "UPDATE reception SET journal_entry_id = (SELECT journal_entry_id FROM reception WHERE order_number = 1)
         WHERE order_number = 2",
        "its receipt promises another entry",
    ),
    (
        "UPDATE reception SET receipt = REPLACE(receipt, 'order: 2', 'order: 1') WHERE order_number = 2",
        "its receipt is not the one that was signed",
    ),
    (
        "UPDATE reception SET dead_at = received_at WHERE order_number = 2",
        "its number lives or is dead without an event",
    ),
    (
        "UPDATE reception SET dead_at = NULL WHERE dead_at IS NOT NULL",
        "its number lives or is dead without an event",
    ),
];

/// Copies of what is changed, and how it is put back.
const KEEP: &[&str] = &[
    "CREATE TABLE kept_entry AS SELECT * FROM journal_entry",
    "CREATE TABLE kept_reception AS SELECT * FROM reception",
    "CREATE TABLE kept_stream AS SELECT * FROM journal_stream",
];
const PUT_BACK: &[&str] = &[
    "UPDATE journal_entry SET kind = k.kind, actor_person_id = k.actor_person_id, role = k.role, at = k.at,
         stream_kind = k.stream_kind FROM kept_entry k WHERE k.id = journal_entry.id",
    "UPDATE reception SET order_number = k.order_number, received_at = k.received_at, form_version = k.form_version,
         candidacy_id = k.candidacy_id, journal_entry_id = k.journal_entry_id, receipt = k.receipt, dead_at = k.dead_at
     FROM kept_reception k WHERE k.id = reception.id",
    "UPDATE journal_stream SET last_seq = k.last_seq FROM kept_stream k
     WHERE k.id = journal_stream.id AND k.kind = journal_stream.kind",
];

each_engine! {
    async fn what_is_changed_behind_the_journal_is_found(app: TestApp) {
        let mut app = app;
        app.told().await;
        app.settle().await;
        for sql in KEEP {
            app.tamper(sql).await;
        }
        for (sql, expected) in CHANGES {
            app.tamper(sql).await;
            let found = problems(&app).await;
            assert!(found.iter().any(|problem| problem.contains(expected)), "{sql}: {found:?}");
            for sql in PUT_BACK {
                app.tamper(sql).await;
            }
            assert_eq!(problems(&app).await, Vec::<String>::new(), "{sql} is put back");
        }
    }

    async fn an_entry_that_is_taken_out_before_its_number_leaves_a_gap(app: TestApp) {
        let kind = domain::organisation::OrganisationKind::Commune;
        let commune = app.organisation(kind, "Bourg-la-Tour").await;
        let awa = app.person("Awa Diallo", domain::role::Role::SecurityOfficer, commune).await;
        for _ in 0..2 {
            use_cases::perform(&app.nobody(), use_cases::people::EnterAs::new(awa.id, "test")).await.unwrap();
        }
        assert_eq!(problems(&app).await, Vec::<String>::new());
        app.tamper("DELETE FROM journal_entry WHERE leaf_index IS NULL AND stream_seq = 1").await;
        let found = problems(&app).await;
        assert!(found.iter().any(|problem| problem.contains("numbered 2 entries and has 1")), "{found:?}");
    }
}
