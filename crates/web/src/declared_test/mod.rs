//! Pages of the tests that organisations declare.

mod declare;
mod list;
mod show;

use crate::Routes;
use crate::shell::Submitted;
use addresses::declared_test as at;
use domain::declared_test::DeclaredTestKind;
use use_cases::declared_test::TestDraft;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::LIST, list::show)
        .upload(at::LIST, list::import)
        .get(at::TEMPLATE, list::template)
        .get(at::DECLARE, declare::show)
        .upload(at::DECLARE, declare::submit)
        .get(at::SHOW, show::show)
        .upload(at::SHOW, show::correct)
        .get(at::WITHDRAW, show::ask_withdraw)
        .post(at::WITHDRAW, show::withdraw)
        .get(at::REPORT, show::report)
}

/// What was typed of a test, to be shown again beside what is wrong with it.
#[derive(Clone, Default)]
struct Typed {
    version: String,
    kind: String,
    from: String,
    until: String,
    cost: String,
}

impl Typed {
    fn of(form: &Submitted) -> Self {
        Self {
            version: form.text("version"),
            kind: form.text("kind"),
            from: form.text("from"),
            until: form.text("until"),
            cost: form.text("cost"),
        }
    }

    fn draft(&self) -> TestDraft {
        TestDraft {
            version: self.version.parse().ok(),
            kind: DeclaredTestKind::from_code(&self.kind),
            from: self.from.clone(),
            until: self.until.clone(),
            cost: self.cost.clone(),
        }
    }
}

/// Gives the key of a field's label.
fn label(field: &str) -> String {
    format!("declared-field-{field}")
}
