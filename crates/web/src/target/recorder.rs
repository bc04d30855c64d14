//! What the page of the targets says of recordings and of what the gateway refused.

use super::list::ListTemplate;
use domain::Timestamp;
use domain::refusal::{Refused, Standing};

impl ListTemplate {
    pub(super) fn recorder_tone(&self) -> &'static str {
        match self.p.recorder.standing {
            Standing::Records => "good",
            Standing::Starts => "progress",
            Standing::Idle => "neutral",
            Standing::Full | Standing::Failed | Standing::Silent => "bad",
        }
    }

    /// Gives since when the recorder does what it does; of a silent gateway only its last word is known.
    pub(super) fn recorder_since(&self) -> Option<&Timestamp> {
        let known = !matches!(self.p.recorder.standing, Standing::Silent | Standing::Idle);
        self.p.recorder.since.as_ref().filter(|_| known)
    }

    /// Says which server holds the gateway; where there is only one, that it does.
    pub(super) fn held(&self) -> String {
        match self.p.gateway {
            None => self.page.t("recorder-unheld"),
            Some(server) if self.several_servers => self.page.t1("recorder-held", "server", server),
            Some(_) => self.page.t("recorder-held-here"),
        }
    }

    /// Says why the gateway refused; a reason of another version of it is given as it names it.
    pub(super) fn reason(&self, one: &Refused) -> String {
        let keys = [
            format!("recorder-reason-{}", one.reason),
            format!("gateway-refused-{}-title", one.reason),
        ];
        let known = keys.iter().find(|key| i18n::exists(self.page.lang_is, key));
        known.map_or_else(|| one.reason.clone(), |key| self.page.t(key))
    }

    pub(super) fn requests(&self, one: &Refused) -> i64 {
        i64::try_from(one.count).unwrap_or(i64::MAX)
    }
}
