//! Preparing a call and changing it, until it opens.

use super::{changeable, default_form, log_of, record, to_manage};
use crate::error::{Fields, Outcome};
use crate::journal::Log;
use crate::perform::UseCase;
use crate::ports::CallRecord;
use crate::programme::{found, fresh};
use crate::unit::Unit;
use authorization::action::ManageProgramme;
use domain::Timestamp;
use domain::call::{Call, CallState};
use domain::eligibility::Eligibility;
use domain::ids::{CallId, OrganisationId};
use domain::organisation::OrganisationKind;
use domain::time::Window;
use serde_json::{Value, json};

/// The most places, waiting places or days of a call.
const NUMBER_MAX: i64 = 10_000;

/// The fields of a call's form, in their order.
const ORDER: &[&str] = &[
    "title",
    "summary",
    "places",
    "waiting",
    "opens_at",
    "closes_at",
    "confirm_within_days",
    "kinds",
    "territory",
    "track",
];

/// What an organiser types of a call.
#[derive(Clone, Debug, Default)]
pub struct CallDraft {
    /// Its title.
    pub title: String,
    /// What it is about, for the public.
    pub summary: String,
    /// How many places it gives.
    pub places: Option<i64>,
    /// The longest waiting list, where it has an end.
    pub waiting: Option<i64>,
    /// When it opens.
    pub opens_at: Option<Timestamp>,
    /// When it closes.
    pub closes_at: Option<Timestamp>,
    /// Days that a selected candidate has to confirm.
    pub confirm_within_days: Option<i64>,
    /// The key of the course that must be completed; any where it is empty.
    pub track: String,
    /// The kinds of organisation that may answer; any where it is empty.
    pub kinds: Vec<OrganisationKind>,
    /// The organisation within whose territory the candidate must lie.
    pub territory: Option<OrganisationId>,
}

/// What a draft says once it was checked.
struct Terms {
    title: String,
    summary: String,
    places: i64,
    waiting: Option<i64>,
    window: Window,
    confirm_within_days: i64,
    eligibility: Eligibility,
}

impl CallDraft {
    async fn check(&self, unit: &mut Unit, published: bool) -> Outcome<Terms> {
        let title_max = unit.app.settings.limits.title;
        let mut fields = Fields::new();
        let number = |fields: &mut Fields, field: &str, given: Option<i64>, least: i64| {
            let good = given.filter(|n| (least..=NUMBER_MAX).contains(n));
            if good.is_none() {
                fields.add(field, "call-error-number");
            }
            good.unwrap_or(least)
        };
        let instant = |fields: &mut Fields, field: &str, given: Option<Timestamp>| {
            if given.is_none() {
                fields.add(field, "call-error-instant");
            }
            given.unwrap_or(Timestamp(0))
        };
        let title = fields.required("title", &self.title, title_max);
        let summary = fields.required("summary", &self.summary, 5000);
        let places = number(&mut fields, "places", self.places, 1);
        let waiting = self.waiting.map(|_| number(&mut fields, "waiting", self.waiting, 0));
        let window = Window {
            opens_at: instant(&mut fields, "opens_at", self.opens_at),
            closes_at: instant(&mut fields, "closes_at", self.closes_at),
        };
        if self.opens_at.is_some() && self.closes_at.is_some() && window.closes_at <= window.opens_at {
            fields.add("closes_at", "error-window");
        }
        if published && self.opens_at.is_some_and(|opens_at| opens_at <= unit.now) {
            fields.add("opens_at", "call-error-past");
        }
        let confirm_within_days = number(&mut fields, "confirm_within_days", self.confirm_within_days, 1);
        let track = fields.optional("track", &self.track, 40);
        if let Some(territory) = self.territory
            && unit.store.organisations(&[territory]).await?.is_empty()
        {
            fields.add("territory", "error-choose");
        }
        fields.done_in(ORDER)?;
        let eligibility = Eligibility {
            completed: (!track.is_empty()).then_some(track),
            kinds: self.kinds.clone(),
            territory: self.territory,
        };
        Ok(Terms {
            title,
            summary,
            places,
            waiting,
            window,
            confirm_within_days,
            eligibility,
        })
    }
}

impl Terms {
    fn put(self, call: &mut Call) {
        call.title = self.title;
        call.summary = self.summary;
        call.places = self.places;
        call.max_waiting = self.waiting;
        call.window = self.window;
        call.confirm_within_days = self.confirm_within_days;
        call.eligibility = self.eligibility;
    }
}

fn told(call: &Call) -> Value {
    json!({
        "title": call.title, "places": call.places, "waiting": call.max_waiting, "opens_at": call.window.opens_at,
        "closes_at": call.window.closes_at, "confirm_within_days": call.confirm_within_days,
        "eligibility": call.eligibility,
    })
}

/// Prepares a call of a programme; only its organisers see it before it is published.
pub struct PrepareCall {
    /// The programme's address.
    pub slug: String,
    /// What was typed.
    pub draft: CallDraft,
}

impl UseCase for PrepareCall {
    type Output = CallId;

    async fn run(&self, unit: &mut Unit) -> Outcome<CallId> {
        let proof = found::<ManageProgramme>(unit, &self.slug).await?;
        let terms = self.draft.check(unit, false).await?;
        let programme = &proof.programme;
        let mut call = Call {
            id: CallId(unit.fresh_id()),
            programme: programme.id,
            title: String::new(),
            summary: String::new(),
            places: 0,
            max_waiting: None,
            window: terms.window,
            form_version: 1,
            state: CallState::Draft,
            confirm_within_days: 0,
            last_order: 0,
            last_received_at: None,
            eligibility: Eligibility::default(),
            revision: 1,
        };
        terms.put(&mut call);
        let new = CallRecord {
            form: default_form(),
            form_frozen_at: None,
            owner: programme.owner,
            programme_slug: programme.slug.clone(),
            programme_name: programme.name.clone(),
            notice: programme.notice,
            programme_published: proof.published_at.is_some(),
            created_at: unit.now,
            published_at: None,
            decided_at: None,
            ended_at: None,
            end_reason: None,
            call,
        };
        unit.store.insert_call(&new).await?;
        let acting = proof.acting().clone();
        record(unit, &acting, &new, "call.prepared", Log::Sealed, told(&new.call)).await?;
        Ok(new.call.id)
    }
}

/// Changes a call that has not opened.
pub struct EditCall {
    /// The call.
    pub call: CallId,
    /// The revision it was typed over.
    pub revision: i64,
    /// What was typed.
    pub draft: CallDraft,
}

impl UseCase for EditCall {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, self.call).await?;
        let acting = proof.acting().clone();
        let mut changed = proof.into_value();
        changeable(unit, &changed)?;
        let published = changed.call.state == CallState::Published;
        let terms = self.draft.check(unit, published).await?;
        fresh(self.revision, changed.call.revision)?;
        terms.put(&mut changed.call);
        unit.store.save_call(&changed).await?;
        if published {
            super::announce::schedule(unit, &changed.call).await?;
        }
        let (log, body) = (log_of(&changed), told(&changed.call));
        record(unit, &acting, &changed, "call.changed", log, body).await
    }
}
