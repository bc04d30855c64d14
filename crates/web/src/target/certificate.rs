//! Somebody's own way to a target: where it is, and the certificates that open it beside its secret.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::{campaign, target as at};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{CampaignId, CertificateId, TargetId};
use use_cases::target::{RegisterCertificate, RegisteredCertificate, TakeCertificateBack, ViewWay, WayPage};
use use_cases::{GatewayAddress, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "target/certificate.html")]
struct WayTemplate {
    page: Page,
    ids: (Uuid, Uuid),
    way: WayPage,
    gateway: GatewayAddress,
    typed: String,
    errors: Errors,
}

impl WayTemplate {
    fn back(&self) -> String {
        campaign::show(self.ids.0)
    }

    fn register(&self) -> String {
        at::certificates(self.ids.0, self.ids.1)
    }

    fn end(&self, one: &RegisteredCertificate) -> String {
        at::certificate_end(self.ids.0, self.ids.1, one.id.0)
    }

    /// Writes enough of a fingerprint to tell two apart aloud.
    fn short<'a>(&self, one: &'a RegisteredCertificate) -> &'a str {
        one.fingerprint.get(..23).unwrap_or(&one.fingerprint)
    }

    fn origin(&self) -> String {
        self.gateway.origin(&self.way.label)
    }

    /// Writes how a certificate is made with a tool that everybody has; its key stays where it is made.
    fn make(&self) -> &'static str {
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 \\\n    \
         -subj /CN=chasse -keyout chasse-cle.pem -out chasse.pem"
    }

    fn curl(&self) -> String {
        format!("curl --cert chasse.pem --key chasse-cle.pem {}/", self.origin())
    }

    fn through(&self, proxy: &str) -> String {
        format!(
            "curl --proxytunnel --proxy http://{proxy} --cert chasse.pem --key chasse-cle.pem {}/",
            self.origin()
        )
    }
}

async fn page(visitor: &Visitor, ids: (Uuid, Uuid), typed: String, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let problem = |error| visitor.problem(error);
    let query = ViewWay {
        campaign: CampaignId(ids.0),
        target: TargetId(ids.1),
    };
    let way = read(&visitor.context, query).await.map_err(problem)?;
    let gateway = visitor.web.app.settings.gateway.clone();
    let gateway = gateway.ok_or(use_cases::Error::NotFound).map_err(problem)?;
    let status = match errors.any() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let template = WayTemplate {
        page: visitor
            .page(visitor.t("certificate-way-title"))
            .under(visitor.t("campaign-list-title"), campaign::LIST)
            .under(way.campaign.clone(), campaign::show(ids.0))
            .here()
            .with_notice(way.notice),
        ids,
        way,
        gateway,
        typed,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows somebody their own way.
pub async fn show(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>) -> Answer {
    page(&visitor, ids, String::new(), Errors::none()).await
}

/// Registers a certificate. A private key that was pasted by mistake is not written back.
pub async fn register(visitor: Visitor, Path(ids): Path<(Uuid, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let typed = form.text("certificate");
    let command = RegisterCertificate {
        campaign: CampaignId(ids.0),
        target: TargetId(ids.1),
        pem: typed.clone(),
    };
    let Err(error) = perform(&visitor.context, command).await else {
        return Ok(done(&visitor, ids, "flash-certificate-registered"));
    };
    let errors = Errors::of(&visitor, error, |field| format!("{field}-field"))?;
    let kept = match domain::certificate::holds_private_key(&typed) {
        true => String::new(),
        false => typed,
    };
    page(&visitor, ids, kept, errors).await
}

/// Takes a certificate back.
pub async fn take_back(visitor: Visitor, Path((id, target, one)): Path<(Uuid, Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = TakeCertificateBack {
        campaign: CampaignId(id),
        target: TargetId(target),
        certificate: CertificateId(one),
    };
    perform(&visitor.context, command)
        .await
        .map_err(|error| visitor.problem(error))?;
    Ok(done(&visitor, (id, target), "flash-certificate-ended"))
}

fn done(visitor: &Visitor, ids: (Uuid, Uuid), flash: &'static str) -> axum::response::Response {
    redirect_with(&visitor.web, &at::access(ids.0, ids.1), flash)
}
