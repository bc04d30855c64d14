//! After the decision: places are given up and taken over while servers are killed.

use super::storm::{Storm, Task};

impl Storm {
    /// Lets some of the selected withdraw and others confirm, all at once, under kills.
    pub fn free_places(&mut self, kills: u64, places: i64, decided: usize) {
        let places = usize::try_from(places).unwrap();
        assert!(decided > places, "more apply than there are places: {decided}");
        let book = self.book().clone();
        let mut tasks: Vec<Task> = Vec::new();
        for (name, deposited) in &book.deposits {
            let place = usize::try_from(deposited.number).unwrap();
            if place > places {
                continue;
            }
            let login = self.busy().communes.iter().find(|login| login.organisation == *name);
            let login = login.unwrap().clone();
            // As many withdraw as can be replaced at most.
            tasks.push(if place % 2 == 0 && place / 2 <= decided - places {
                Task::Withdraw(login, deposited.page.clone())
            } else {
                Task::Confirm(login, deposited.page.clone())
            });
        }
        let each = tasks.len().div_ceil(usize::try_from(kills).unwrap());
        let mut tasks = tasks.into_iter();
        self.with_crowd(kills, &mut |crowd, _, last| {
            let many = if last { usize::MAX } else { each };
            crowd.add(tasks.by_ref().take(many));
            0
        });
        let node = &self.nodes[0];
        let verified = node.run(&["log", "verify"]);
        assert!(verified.status.success(), "{}", crate::said(&verified));
        self.stop();
    }
}
