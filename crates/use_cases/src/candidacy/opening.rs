//! An open call, for those who can answer it: members and affiliates of the programme's owner.

use super::start::reasons;
use crate::app::App;
use crate::desk::DeskItem;
use crate::error::{Error, Outcome};
use crate::perform::{Context, UseCase, perform, read};
use crate::ports::{CallFrame, JobRow};
use crate::unit::Unit;
use authorization::SystemKind;
use domain::NoticeKind;
use domain::ids::{CallId, OrganisationId};
use domain::organisation::Organisation;
use domain::role::{GrantScope, Role};
use i18n::Arg;

/// Organisations that one transaction writes to at most.
const CHUNK: usize = 50;

/// Says whether an organisation can answer a call and has not begun to.
async fn may_begin(unit: &mut Unit, frame: &CallFrame, organisation: &Organisation) -> Outcome<bool> {
    Ok(unit.store.count_attempts(frame.call.id, organisation.id).await? == 0
        && reasons(unit, frame, organisation).await?.is_empty())
}

async fn members(unit: &mut Unit, frame: &CallFrame) -> Outcome<Vec<OrganisationId>> {
    let found = unit.store.programme(frame.call.programme, unit.now).await?;
    Ok(found.ok_or(Error::NotFound)?.peek().members.clone())
}

/// Gives the members of a call's programme and the affiliates of its owner, each once.
async fn reached(unit: &mut Unit, frame: &CallFrame) -> Outcome<Vec<Organisation>> {
    let members = members(unit, frame).await?;
    let mut all = unit.store.organisations(&members).await?;
    all.extend(unit.store.affiliated_with(frame.owner, unit.now).await?);
    all.sort_by_key(|organisation| organisation.id);
    all.dedup_by_key(|organisation| organisation.id);
    Ok(all)
}

/// Writes to the next organisations that can answer a call, and gives the last of them, where more follow.
struct InviteChunk {
    call: CallId,
    after: Option<OrganisationId>,
}

impl UseCase for InviteChunk {
    type Output = Option<OrganisationId>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.candidacy_call(self.call).await?;
        let frame = found.ok_or(Error::NotFound)?.peek().clone();
        if !frame.call.takes_deposits(unit.now) {
            return Ok(None);
        }
        let mut waiting = reached(unit, &frame).await?;
        waiting.retain(|organisation| self.after.is_none_or(|after| organisation.id > after));
        for organisation in waiting.iter().take(CHUNK) {
            if may_begin(unit, &frame, organisation).await? {
                tell(unit, self.call, organisation.id).await?;
            }
        }
        Ok(waiting
            .get(CHUNK)
            .and(waiting.get(CHUNK - 1))
            .map(|organisation| organisation.id))
    }
}

async fn tell(unit: &mut Unit, call: CallId, organisation: OrganisationId) -> Outcome<()> {
    for grant in unit.store.grants_of_organisation(organisation, unit.now).await? {
        if grant.role == Role::SecurityOfficer && grant.scope == GrantScope::Organisation {
            let key = format!("mail.call_opened/{call}/{}", grant.person);
            unit.enqueue("mail.call_opened", key, Some(call.0), Some(grant.person), unit.now)
                .await?;
        }
    }
    Ok(())
}

fn call_of(job: &JobRow) -> Outcome<CallId> {
    job.subject
        .map(CallId)
        .ok_or_else(|| Error::Internal("a job without its call".to_owned()))
}

/// Does the job of a call that has opened.
pub(crate) async fn invite(app: &App, job: &JobRow) -> Outcome<()> {
    let (call, context) = (call_of(job)?, Context::system(app, SystemKind::Clock));
    let mut after = None;
    loop {
        after = perform(&context, InviteChunk { call, after }).await?;
        if after.is_none() {
            return Ok(());
        }
    }
}

struct Facts(CallId);

impl UseCase for Facts {
    type Output = Option<(NoticeKind, String, String)>;

    async fn run(&self, unit: &mut Unit) -> Outcome<Self::Output> {
        let found = unit.store.candidacy_call(self.0).await?;
        let frame = found.ok_or(Error::NotFound)?.peek().clone();
        Ok(frame
            .call
            .takes_deposits(unit.now)
            .then_some((frame.notice, frame.call.title, frame.programme_name)))
    }
}

/// Sends the mail of a call that has opened, as long as it is open.
pub(crate) async fn send_opened(app: &App, job: &JobRow) -> Outcome<()> {
    let call = call_of(job)?;
    let context = Context::system(app, SystemKind::Mailer);
    let Some((notice, title, programme)) = read(&context, Facts(call)).await? else {
        return Ok(());
    };
    let link = format!("{}{}", app.settings.public_url, addresses::candidacy::start(call));
    let args = [
        ("call", Arg::Text(title)),
        ("programme", Arg::Text(programme)),
        ("link", Arg::Text(link)),
    ];
    crate::mail::to_person(app, job, "mail-call-opened", notice, &args).await
}

/// Gives the open calls that the person's organisations can answer and have not begun to.
pub(super) async fn desk_items(unit: &mut Unit, officers: &[OrganisationId]) -> Outcome<Vec<DeskItem>> {
    let mut items = Vec::new();
    if officers.is_empty() {
        return Ok(items);
    }
    for open in unit.store.open_calls(unit.now).await? {
        let Some(found) = unit.store.candidacy_call(CallId(open.id)).await? else {
            continue;
        };
        let frame = found.peek().clone();
        let members = members(unit, &frame).await?;
        for organisation in unit.store.organisations(officers).await? {
            let affiliated = unit.store.affiliations_of(organisation.id, unit.now).await?;
            let near =
                members.contains(&organisation.id) || affiliated.iter().any(|(within, _)| within.id == frame.owner);
            if near && may_begin(unit, &frame, &organisation).await? {
                items.push(DeskItem {
                    what: "candidacy-desk-open",
                    args: vec![("organisation", Arg::Text(organisation.name))],
                    place: open.title.clone(),
                    href: addresses::candidacy::start(open.id),
                    action: "candidacy-desk-open-do",
                    due: Some(open.closes_at),
                });
            }
        }
    }
    Ok(items)
}
