//! The page of a campaign, and what is done there in one press.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, markdown_to_html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::campaign::CampaignState;
use domain::ids::{CampaignId, OrganisationId, PartyId, ProductId};
use domain::instance::Readiness;
use domain::join::JoinState;
use domain::party::PartyKind;
use use_cases::authorisation::RequestAuthorisations;
use use_cases::campaign::{
    AcceptRulesOf, CampaignPage, CommitParty, HistoryLine, MissingLine, MoveCampaign, MoveWanted, PartyLine,
    TakeTestAccountOf, ViewCampaign,
};
use use_cases::exchange::RecordingsKept;
use use_cases::ports::JoinRow;
use use_cases::target::ReachableTarget;
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/show.html")]
struct ShowPage {
    page: Page,
    p: CampaignPage,
    rules_html: String,
    errors: Errors,
    reason: String,
}

impl ShowPage {
    /// Says what taking one's organisation back does.
    fn takes_back(&self, join: &JoinRow) -> String {
        let key = match join.state {
            JoinState::Asked => "campaign-join-withdraw",
            _ => "campaign-leave",
        };
        self.page.t1(key, "organisation", join.organisation_name.as_str())
    }

    fn product(&self, id: &ProductId) -> &str {
        self.p.record.product_name(id)
    }

    /// Says how the reader's way to a target is; until they hold one, only that the gateway leads there.
    fn readiness(&self, one: &ReachableTarget) -> Readiness {
        match one.label {
            Some(_) => one.readiness,
            None => Readiness::Ready,
        }
    }

    fn own_way(&self, one: &ReachableTarget) -> String {
        addresses::target::access(self.p.record.campaign.id.0, one.id.0)
    }

    fn readiness_word(&self, one: &ReachableTarget) -> String {
        self.page.tc("target-ready", self.readiness(one).code())
    }

    fn readiness_tone(&self, one: &ReachableTarget) -> &'static str {
        match self.readiness(one) {
            Readiness::Ready => "good",
            Readiness::Starting => "progress",
            Readiness::Failed => "bad",
            Readiness::Gone => "neutral",
        }
    }

    fn missing_text(&self, line: &MissingLine) -> String {
        use domain::Missing::{Authorisation, AuthorisationTooShort, Commitment, Party, Signer};
        let detail = match &line.missing {
            Party(kind) | Commitment(kind, _) => self.page.word("campaign-party", kind.code()),
            Signer(_, role) | Authorisation(role, _) | AuthorisationTooShort(role, _) => {
                self.page.word("authorisation-role", role.code())
            }
            _ => String::new(),
        };
        let key = match (&line.missing, &line.signers) {
            (Authorisation(..), Some(signers)) if signers.none => "campaign-missing-signatory".to_owned(),
            (Authorisation(..), Some(_)) => "campaign-missing-signature".to_owned(),
            (missing, _) => format!("campaign-missing-{}", missing.code().replace('_', "-")),
        };
        self.page.t2(&key, "name", &line.name, "detail", detail)
    }

    /// Says how many signatures are waited for, once all have been asked for.
    fn waits_for(&self) -> usize {
        match self.p.to_ask {
            true => 0,
            false => self.p.missing.iter().filter(|line| line.asked.is_some()).count(),
        }
    }

    fn missing_href(&self, line: &MissingLine) -> String {
        use domain::Missing::{Commitment, Party, Products, Reason, Rules, Scope, Signer, Window};
        let id = self.p.record.campaign.id.0;
        match line.missing {
            Products | Party(_) | Signer(..) if self.p.may_manage => at::parties(id),
            Window if self.p.may_manage => at::edit(id),
            Rules if self.p.may_manage => at::rules(&self.p.record.frame.slug),
            Reason(product) if self.p.may_manage => at::duplicate(id, product.0),
            Scope(_) => at::scope(id),
            Commitment(kind, organisation) => self.own_commitment(kind, organisation),
            _ => self.signature_href(line),
        }
    }

    /// Gives where the reader commits one of their own organisations, where they may.
    fn own_commitment(&self, kind: PartyKind, organisation: OrganisationId) -> String {
        let group = self.p.parties.iter().find(|group| group.kind == kind);
        let own = |line: &&PartyLine| line.organisation == organisation && line.may_commit;
        let line = group.and_then(|group| group.lines.iter().find(own));
        line.map(|line| format!("#engager-{}", line.id)).unwrap_or_default()
    }

    /// Gives where a signature is made, or where somebody is invited who makes it.
    fn signature_href(&self, line: &MissingLine) -> String {
        match (&line.signers, line.asked) {
            (Some(signers), _) if signers.none && signers.may_invite => {
                addresses::organisation::people(signers.organisation.0)
            }
            (_, Some(asked)) => at::authorisation(asked.0),
            _ => String::new(),
        }
    }

    fn commit_href(&self, party: &PartyId) -> String {
        format!("{}/parties/{party}/engagement", at::show(self.p.record.campaign.id.0))
    }

    fn plannable(&self) -> bool {
        let blocks = ["products", "party", "signer", "window", "reason"];
        !self.p.missing.iter().any(|line| blocks.contains(&line.missing.code()))
    }

    fn who(&self, line: &HistoryLine) -> String {
        if line.who.is_empty() {
            self.page.t("common-system")
        } else {
            line.who.clone()
        }
    }

    fn role(&self, line: &HistoryLine) -> String {
        line.role
            .as_ref()
            .map(|role| self.page.word("role", role))
            .unwrap_or_default()
    }

    fn stop_contact(&self) -> String {
        i18n::unbroken(&self.p.record.stop_contact)
    }

    /// Says until when recordings are kept, or since when they are not.
    fn kept(&self, kept: &RecordingsKept) -> String {
        match kept.destroyed_at {
            Some(at) => self
                .page
                .t1("campaign-recordings-destroyed", "date", self.page.day(&at)),
            None => self
                .page
                .t1("campaign-recordings-until", "date", self.page.day(&kept.until)),
        }
    }

    /// Tells whoever tests what becomes of what they send.
    fn recorded(&self, kept: &RecordingsKept) -> String {
        self.page
            .t1("campaign-recorded-text", "date", self.page.day(&kept.until))
    }

    fn restitution(&self) -> String {
        self.page.t(if self.p.record.campaign.restitution_shared {
            "common-yes"
        } else {
            "common-no"
        })
    }

    fn is(&self, code: &str) -> bool {
        self.p.state.code() == code
    }

    fn editable(&self) -> bool {
        use CampaignState::{Draft, Planned, Ready};
        matches!(self.p.record.campaign.state, Draft | Planned | Ready) && !self.is("verifying")
    }

    /// Says whether leave can be asked for now, and still is to be.
    fn may_ask(&self) -> bool {
        let prepares = !self.is("draft") && !self.p.missing.is_empty();
        prepares && self.p.to_ask
    }
}

async fn page(visitor: &Visitor, id: Uuid, reason: String, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewCampaign(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = ShowPage {
        page: visitor
            .page(p.record.campaign.name.clone())
            .under(visitor.t("campaign-list-title"), at::LIST)
            .here()
            .with_notice(p.record.frame.notice),
        rules_html: p
            .rules
            .as_ref()
            .map(|rules| markdown_to_html(&rules.text))
            .unwrap_or_default(),
        p,
        errors,
        reason,
    };
    Ok(html(status, &template))
}

async fn done(
    visitor: &Visitor,
    id: Uuid,
    reason: String,
    flash: &'static str,
    outcome: use_cases::Outcome<()>,
) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::show(id), flash)),
        Err(error) => page(visitor, id, reason, Errors::of(visitor, error, label)?).await,
    }
}

/// Shows a campaign.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, String::new(), Errors::none()).await
}

/// Moves a campaign: plan, cancel, suspend, resume, close, archive.
pub async fn move_campaign(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let wanted = match form.text("move").as_str() {
        "plan" => MoveWanted::Plan,
        "cancel" => MoveWanted::Cancel,
        "suspend" => MoveWanted::Suspend,
        "resume" => MoveWanted::Resume,
        "close" => MoveWanted::Close,
        "archive" => MoveWanted::Archive,
        _ => return Err(visitor.problem(use_cases::Error::field("move", "error-choose"))),
    };
    let reason = form.text("reason");
    let command = MoveCampaign {
        campaign: CampaignId(id),
        wanted,
        reason: reason.clone(),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, reason, "flash-campaign-moved", outcome).await
}

/// Commits the reader's organisation.
pub async fn commit(visitor: Visitor, Path((id, party)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = CommitParty {
        campaign: CampaignId(id),
        party: PartyId(party),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, String::new(), "flash-campaign-committed", outcome).await
}

/// Accepts the rules of engagement.
pub async fn accept_rules(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(rules) = form.id("rules") else {
        return Err(visitor.problem(use_cases::Error::NotFound));
    };
    let command = AcceptRulesOf {
        campaign: CampaignId(id),
        rules,
        accepted: form.ticked("accepted"),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, String::new(), "flash-campaign-rules-accepted", outcome).await
}

/// Takes a test account.
pub async fn take_account(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(product) = form.id("product") else {
        return Err(visitor.problem(use_cases::Error::NotFound));
    };
    let command = TakeTestAccountOf {
        campaign: CampaignId(id),
        product,
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, String::new(), "flash-campaign-account-taken", outcome).await
}

/// Asks for the authorisations that are missing.
pub async fn request(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    let outcome = perform(&visitor.context, RequestAuthorisations(CampaignId(id)))
        .await
        .map(|_| ());
    done(&visitor, id, String::new(), "flash-campaign-requested", outcome).await
}
