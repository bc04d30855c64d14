//! What holds after every step of a run of candidacies.

use super::candidacies::Run;
use domain::candidacy::CandidacyState as S;
use domain::ids::CandidacyId;
use std::collections::BTreeSet;
use use_cases::candidacy::{ListCandidacies, ListReceipts, OwnCandidacies, ViewCandidacy};
use use_cases::read;

impl Run<'_> {
    /// Numbers have no gap and no twin, ranks no twin, and no more places are given than there are.
    pub async fn check(&self, places: usize, told: &str) {
        let (app, call) = (&self.world.app, self.world.call);
        let (_, receipts, _) = read(&app.nobody(), ListReceipts { call, after: 0 }).await.unwrap();
        let numbers: Vec<i64> = receipts.iter().map(|line| line.order_number).collect();
        assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<i64>>(), "{told}");
        assert!(
            receipts
                .windows(2)
                .all(|pair| pair[0].received_at < pair[1].received_at),
            "{told}"
        );
        let list = ListCandidacies {
            call,
            state: None,
            after: 0,
        };
        let list = read(&self.world.organisers[0].context(app), list).await.unwrap();
        let mut ranks: Vec<usize> = list.lines.iter().filter_map(|line| line.rank).collect();
        ranks.sort_unstable();
        assert_eq!(ranks, (1..=ranks.len()).collect::<Vec<_>>(), "{told}");
        let seated = list
            .lines
            .iter()
            .filter(|line| matches!(line.line.state, S::Selected | S::Confirmed))
            .count();
        assert!(
            seated <= places && list.taken <= places,
            "{seated} for {places}: {told}"
        );
    }

    /// The organisers' list and each candidate's own are what single readings allow.
    pub async fn lists_agree(&self, told: &str) {
        let (app, call) = (&self.world.app, self.world.call);
        let people = self
            .world
            .organisers
            .iter()
            .chain(self.world.communes.iter().map(|(_, officer)| officer));
        let mut all: BTreeSet<CandidacyId> = self.made.candidacies.iter().map(|(_, id)| *id).collect();
        let whole = ListCandidacies {
            call,
            state: None,
            after: 0,
        };
        let whole = read(&self.world.organisers[0].context(app), whole).await.unwrap();
        all.extend(whole.lines.iter().map(|line| line.line.id));
        for person in people {
            let context = person.context(app);
            let mut listed: BTreeSet<CandidacyId> = BTreeSet::new();
            if let Ok(list) = read(
                &context,
                ListCandidacies {
                    call,
                    state: None,
                    after: 0,
                },
            )
            .await
            {
                listed.extend(list.lines.iter().map(|line| line.line.id));
            }
            let (_, own) = read(&context, OwnCandidacies).await.unwrap();
            listed.extend(own.iter().map(|own| own.id));
            let mut readable = BTreeSet::new();
            for id in &all {
                if read(&context, ViewCandidacy(*id)).await.is_ok() {
                    readable.insert(*id);
                }
            }
            assert_eq!(listed, readable, "{told}");
        }
    }
}
