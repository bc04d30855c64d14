//! What every store must do, whichever engine is behind it.

use domain::Timestamp;
use domain::ids::{AffiliationId, BlobId, JobId, OrganisationId};
use domain::organisation::{Affiliation, AffiliationKind, Organisation, OrganisationKind};
use domain::time::{HOUR, MINUTE, SECOND};
use testkit::{START, TestApp, each_engine};
use use_cases::journal::{Log, LogProblem, NewEntry};
use use_cases::perform::UseCase;
use use_cases::ports::{BlobRow, JobRow, KeyRow, OrganisationFilter, Session, StoreError};
use use_cases::vault::KeyHolder;
use use_cases::{Outcome, Unit, perform};
use uuid::Uuid;

async fn write(app: &TestApp) -> Box<dyn Session> {
    app.store.begin().await.unwrap()
}

async fn look(app: &TestApp) -> Box<dyn Session> {
    app.store.snapshot().await.unwrap()
}

fn job(number: u128, run_at: Timestamp) -> JobRow {
    JobRow {
        id: JobId(Uuid::from_u128(number)),
        kind: "test".to_owned(),
        dedup_key: format!("test/{number}"),
        subject: None,
        person: None,
        run_at,
        attempt: 0,
        fence: 0,
    }
}

fn key(id: u128, holder: Uuid) -> KeyRow {
    KeyRow {
        id: Uuid::from_u128(id),
        holder_kind: "campaign".to_owned(),
        holder_id: holder,
        wrapped: Some(vec![1, 2, 3]),
        instance_key_id: 1,
        destroyed_at: None,
    }
}

fn organisation(number: u128, name: &str) -> Organisation {
    Organisation {
        id: OrganisationId(Uuid::from_u128(number)),
        kind: OrganisationKind::Commune,
        name: name.to_owned(),
        siren: Some(format!("{number:09}")),
        insee: None,
        successor: None,
        ended: None,
        listed: false,
        fictional: true,
    }
}

/// Journals an entry of a stream.
struct Note(u128);

impl UseCase for Note {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let entry = NewEntry {
            stream_kind: "test",
            stream_id: Uuid::from_u128(self.0),
            kind: "test.noted",
            log: Log::Sealed,
            holder: KeyHolder::Instance,
            body: serde_json::json!({"number": self.0.to_string()}),
        };
        unit.record(&authorization::Acting::Nobody, entry).await?;
        Ok(())
    }
}

each_engine! {
    async fn what_is_not_committed_is_not_kept(app: TestApp) {
        let mut session = write(&app).await;
        session.insert_organisation(&organisation(1, "Bourg"), START).await.unwrap();
        drop(session);
        assert_eq!(look(&app).await.count_organisations().await.unwrap(), 0);
    }

    async fn a_write_reads_what_it_wrote_and_a_snapshot_what_it_read(app: TestApp) {
        let mut before = look(&app).await;
        assert_eq!(before.count_organisations().await.unwrap(), 0);
        let mut session = write(&app).await;
        assert_eq!(session.count_organisations().await.unwrap(), 0);
        session.insert_organisation(&organisation(1, "Bourg"), START).await.unwrap();
        assert_eq!(session.count_organisations().await.unwrap(), 1);
        session.commit().await.unwrap();
        assert_eq!(before.count_organisations().await.unwrap(), 0);
        assert!(before.organisation(OrganisationId(Uuid::from_u128(1))).await.unwrap().is_none());
        assert_eq!(look(&app).await.count_organisations().await.unwrap(), 1);
    }

    async fn a_snapshot_cannot_write(app: TestApp) {
        let mut session = look(&app).await;
        assert!(session.insert_organisation(&organisation(1, "Bourg"), START).await.is_err());
    }

    async fn a_holder_keeps_its_first_key_and_a_destroyed_one_is_gone(app: TestApp) {
        let holder = Uuid::from_u128(77);
        let mut session = write(&app).await;
        session.insert_key(&key(1, holder), START).await.unwrap();
        session.insert_key(&key(2, holder), START).await.unwrap();
        let kept = session.holder_key("campaign", holder).await.unwrap().unwrap();
        assert_eq!(kept.id, Uuid::from_u128(1));
        session.rewrap_key(kept.id, &[9, 9], 2).await.unwrap();
        assert_eq!(session.all_keys().await.unwrap().len(), 1);
        let destroyed = session.destroy_keys("campaign", holder, START).await.unwrap();
        assert_eq!(destroyed, [kept.id]);
        assert!(session.key(kept.id).await.unwrap().unwrap().wrapped.is_none());
        assert!(session.all_keys().await.unwrap().is_empty());
    }

    async fn a_job_is_claimed_once_and_again_when_its_claim_runs_out(app: TestApp) {
        let mut session = write(&app).await;
        session.enqueue(&job(1, START), START).await.unwrap();
        session.enqueue(&JobRow { id: JobId(Uuid::from_u128(2)), ..job(1, START) }, START).await.unwrap();
        session.commit().await.unwrap();
        assert_eq!(look(&app).await.job_counts().await.unwrap(), (1, 0));

        let claim = async |at: Timestamp| {
            let mut session = write(&app).await;
            let claimed = session.claim_job(at, at.plus(5 * MINUTE)).await.unwrap();
            session.commit().await.unwrap();
            claimed
        };
        assert!(claim(START.plus(-SECOND)).await.is_none());
        let (one, two) = tokio::join!(claim(START), claim(START));
        assert_eq!(usize::from(one.is_some()) + usize::from(two.is_some()), 1);
        let first = one.or(two).unwrap();
        let second = claim(START.plus(6 * MINUTE)).await.unwrap();
        assert!(second.fence > first.fence);

        let mut session = write(&app).await;
        assert_eq!(session.job_done(first.id, first.fence, START).await, Err(StoreError::Stale));
        drop(session);
        let mut session = write(&app).await;
        session.job_failed(second.id, second.fence, "not yet", Some(START.plus(HOUR)), START).await.unwrap();
        session.commit().await.unwrap();
        assert!(claim(START.plus(30 * MINUTE)).await.is_none());
        let third = claim(START.plus(HOUR)).await.unwrap();
        let mut session = write(&app).await;
        session.job_done(third.id, third.fence, START).await.unwrap();
        session.commit().await.unwrap();
        assert_eq!(look(&app).await.job_counts().await.unwrap(), (0, 0));
    }

    async fn a_lease_has_one_holder_at_a_time(app: TestApp) {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut session = write(&app).await;
        let first = session.take_lease("sequencer", one, START, START.plus(MINUTE)).await.unwrap().unwrap();
        assert_eq!(session.take_lease("sequencer", two, START.plus(SECOND), START.plus(HOUR)).await.unwrap(), None);
        let later = START.plus(2 * MINUTE);
        let second = session.take_lease("sequencer", two, later, later.plus(MINUTE)).await.unwrap().unwrap();
        assert!(second > first);
    }

    async fn a_staged_file_is_swept_and_a_kept_one_stays(app: TestApp) {
        let blob = |number| BlobRow {
            id: BlobId(Uuid::from_u128(number)),
            holder_kind: "campaign".to_owned(),
            holder_id: Uuid::from_u128(9),
            name_hmac: vec![1; 32],
            bytes: 12,
            media_type: "text/plain".to_owned(),
        };
        let mut session = write(&app).await;
        session.stage_blob(&blob(1), START).await.unwrap();
        session.stage_blob(&blob(2), START).await.unwrap();
        session.keep_blob(blob(1).id).await.unwrap();
        let staged = session.staged_blobs(START.plus(HOUR)).await.unwrap();
        assert_eq!(staged.len(), 1);
        assert_eq!(staged[0].id, blob(2).id);
        session.forget_blob(blob(2).id).await.unwrap();
        assert!(session.blob(blob(2).id).await.unwrap().is_none());
        assert_eq!(session.blob(blob(1).id).await.unwrap().unwrap().bytes, 12);
    }

    async fn organisations_come_in_people_s_order_and_page_by_page(app: TestApp) {
        let mut session = write(&app).await;
        for (number, name) in ["Zuydcoote", "Épinay", "évry", "Alfortville", "L’Haÿ-les-Roses"].iter().enumerate() {
            session.insert_organisation(&organisation(number as u128 + 1, name), START).await.unwrap();
        }
        let mut filter = OrganisationFilter { limit: 3, ..OrganisationFilter::default() };
        let first = session.list_organisations(&filter).await.unwrap();
        let names: Vec<_> = first.iter().map(|o| o.name.as_str()).collect();
        assert_eq!(names, ["Alfortville", "Épinay", "évry"]);
        filter.after = first.last().map(|o| (domain::organisation::name_sort(&o.name), o.id));
        let rest = session.list_organisations(&filter).await.unwrap();
        let names: Vec<_> = rest.iter().map(|o| o.name.as_str()).collect();
        assert_eq!(names, ["L’Haÿ-les-Roses", "Zuydcoote"]);
        assert_eq!(session.organisation_by_siren("000000002").await.unwrap().unwrap().name, "Épinay");
        let again = session.insert_organisation(&organisation(1, "Alfortville"), START).await;
        assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    }

    async fn an_affiliation_holds_from_its_first_instant_on(app: TestApp) {
        let mut session = write(&app).await;
        let (member, group) = (organisation(1, "Bourg"), organisation(2, "Groupe"));
        session.insert_organisation(&member, START).await.unwrap();
        session.insert_organisation(&group, START).await.unwrap();
        let affiliation = Affiliation {
            id: AffiliationId(Uuid::from_u128(3)),
            organisation: member.id,
            within: group.id,
            kind: AffiliationKind::Delegated,
            from: START,
            until: None,
        };
        session.insert_affiliation(&affiliation).await.unwrap();
        assert_eq!(session.affiliations_of(member.id, START).await.unwrap(), [(group.clone(), AffiliationKind::Delegated)]);
        assert!(session.affiliations_of(member.id, START.plus(-SECOND)).await.unwrap().is_empty());
        assert_eq!(session.affiliated_with(group.id, START).await.unwrap(), std::slice::from_ref(&member));
        let loaded = session.organisation(member.id).await.unwrap().unwrap();
        assert_eq!(loaded.peek().administered_by, [group.id]);
    }

    async fn the_journal_is_numbered_without_gaps_and_verifies(app: TestApp) {
        let context = app.nobody();
        let mut notes = tokio::task::JoinSet::new();
        for number in 0..12 {
            let context = context.clone();
            notes.spawn(async move { perform(&context, Note(number % 3)).await });
        }
        for done in notes.join_all().await {
            done.unwrap();
        }
        app.settle().await;
        let stream = look(&app).await.stream("test", Uuid::from_u128(1)).await.unwrap();
        assert_eq!(stream.iter().map(|entry| entry.stream_seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        perform(&context, Note(1)).await.unwrap();
        app.settle().await;
        let reports = use_cases::journal::verify(&app).await.unwrap();
        assert_eq!((reports[1].leaves, reports[1].contents, reports[1].checkpoints), (13, 13, 2));
    }

    async fn two_nodes_number_the_journal_once(app: TestApp) {
        for number in 0..20 {
            perform(&app.nobody(), Note(number)).await.unwrap();
        }
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (first, second) = tokio::join!(use_cases::journal::sequence(&app, one), use_cases::journal::sequence(&app, two));
        assert!(first.is_ok() || second.is_ok(), "{first:?} {second:?}");
        app.clock.advance(MINUTE);
        app.settle().await;
        assert_eq!(use_cases::journal::verify(&app).await.unwrap()[1].leaves, 20);
    }

    async fn a_row_of_the_journal_that_somebody_changed_is_found(app: TestApp) {
        for number in 0..5 {
            perform(&app.nobody(), Note(number)).await.unwrap();
        }
        app.settle().await;
        app.tamper("UPDATE journal_entry SET leaf_hash = body_sealed WHERE leaf_index = 1").await;
        let found = use_cases::journal::verify(&app).await;
        assert!(found.is_err() || found.unwrap().iter().any(|report| !report.problems.is_empty()));
    }

    async fn an_entry_of_the_journal_that_somebody_removed_is_found(app: TestApp) {
        for number in 0..5 {
            perform(&app.nobody(), Note(number)).await.unwrap();
        }
        app.settle().await;
        app.tamper("DELETE FROM journal_entry WHERE leaf_index = 2").await;
        let reports = use_cases::journal::verify(&app).await.unwrap();
        assert!(reports[1].problems.contains(&LogProblem::LeafMissing(2)), "{reports:?}");
    }

    async fn a_sealed_value_that_was_moved_does_not_open(app: TestApp) {
        perform(&app.nobody(), Note(1)).await.unwrap();
        perform(&app.nobody(), Note(2)).await.unwrap();
        app.settle().await;
        let take = "UPDATE journal_entry SET body_sealed = (SELECT other.body_sealed FROM journal_entry other WHERE other.leaf_index = 1)
            WHERE leaf_index = 0";
        app.tamper(take).await;
        let reports = use_cases::journal::verify(&app).await.unwrap();
        assert_eq!(reports[1].problems.len(), 1, "{reports:?}");
    }
}
