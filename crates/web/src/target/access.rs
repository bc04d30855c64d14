//! A hunter's way to a target: its credential is shown once, with what to do with it.

use crate::shell::{Answer, Page, Visitor, html, redirect_with};
use addresses::campaign;
use addresses::gateway::{ENTER, FIELD, USER};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use domain::ids::{CampaignId, TargetId};
use use_cases::target::{GiveBackLease, GivenLease, TakeLease};
use use_cases::{GatewayAddress, perform};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "target/access.html")]
struct AccessPage {
    page: Page,
    href: String,
    /// The page of this way, where certificates are registered.
    own: String,
    given: GivenLease,
    gateway: GatewayAddress,
}

impl AccessPage {
    fn origin(&self) -> String {
        self.gateway.origin(&self.given.label)
    }

    fn enter(&self) -> String {
        format!("{}{ENTER}", self.origin())
    }

    fn curl(&self) -> String {
        format!("curl --header '{FIELD}: {}' {}/", self.given.credential, self.origin())
    }

    fn through(&self, proxy: &str) -> String {
        format!(
            "curl --proxy http://{proxy} --user '{USER}:{}' {}/",
            self.given.credential,
            self.origin()
        )
    }
}

/// Takes a way to a target, or a new credential for it, and shows it this once.
pub async fn take(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let problem = |error| visitor.problem(error);
    let command = TakeLease {
        campaign: CampaignId(id),
        target: TargetId(target),
    };
    let given = perform(&visitor.context, command).await.map_err(problem)?;
    // Nobody is given a way where there is no gateway.
    let gateway = visitor.web.app.settings.gateway.clone();
    let gateway = gateway.ok_or(use_cases::Error::NotFound).map_err(problem)?;
    let template = AccessPage {
        page: visitor
            .page(visitor.t("target-access-title"))
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(given.campaign.clone(), campaign::show(id))
            .here()
            .showing_once(true)
            .with_notice(given.notice),
        href: campaign::show(id),
        own: addresses::target::access(id, target),
        given,
        gateway,
    };
    let mut response = html(StatusCode::OK, &template);
    // The form that signs a browser in goes to the gateway, under the name of this lease alone.
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        template.origin()
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value);
    }
    Ok(response)
}

/// Gives one's own way to a target back.
pub async fn give_back(visitor: Visitor, Path((id, target)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = GiveBackLease {
        campaign: CampaignId(id),
        target: TargetId(target),
    };
    perform(&visitor.context, command)
        .await
        .map_err(|error| visitor.problem(error))?;
    Ok(redirect_with(
        &visitor.web,
        &campaign::show(id),
        "flash-target-given-back",
    ))
}
