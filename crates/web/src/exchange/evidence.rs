//! The exchanges of a report.

use super::Shows;
use crate::shell::{Answer, Page, Visitor, html, send_file};
use addresses::{exchange as at, report};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{AttachmentId, ReportId};
use domain::target::fingerprint_text;
use use_cases::exchange::{EvidenceOf, EvidencePage, export_evidence, show_evidence};
use use_cases::journal::LogPromise;
use use_cases::ports::{BUNDLE_TYPE, ExportFormat};
use use_cases::read;
use use_cases::report::{AttachmentLine, ViewReport};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "exchange/evidence.html")]
struct EvidenceTemplate {
    page: Page,
    report: Uuid,
    attachment: Uuid,
    p: EvidencePage,
    /// Whether the reader may send the requests again.
    may_replay: bool,
}

impl Shows for EvidenceTemplate {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl EvidenceTemplate {
    fn back(&self) -> String {
        report::show(self.report)
    }

    fn replay(&self) -> String {
        at::replay(self.report, self.attachment)
    }

    fn har(&self) -> String {
        at::export(self.report, self.attachment, "har")
    }

    fn warc(&self) -> String {
        at::export(self.report, self.attachment, "warc")
    }

    fn digest(&self) -> String {
        fingerprint_text(&self.p.bundle.digest)
    }

    /// Says since when and at which index the log commits to the bundle.
    fn logged(&self, promise: &LogPromise) -> String {
        let date = self.page.at(&promise.received_at);
        match promise.leaf_index {
            Some(index) => self.page.t2("exchange-log-covered", "date", date, "index", index),
            None => self.page.t1("exchange-log-promised", "date", date),
        }
    }
}

/// Gives the page of a file of a report that holds exchanges; nothing for another file.
pub(crate) fn link_of(report: Uuid, file: &AttachmentLine) -> Option<String> {
    (file.media_type == BUNDLE_TYPE).then(|| at::evidence(report, file.id.0))
}

/// Shows the exchanges of a report.
pub async fn show(visitor: Visitor, Path((id, attachment)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let problem = |error| visitor.problem(error);
    let view = read(&visitor.context, ViewReport(ReportId(id)))
        .await
        .map_err(problem)?;
    let p = show_evidence(&visitor.context, of(id, attachment))
        .await
        .map_err(problem)?;
    let template = EvidenceTemplate {
        page: visitor
            .page(visitor.t("exchange-evidence-title"))
            .under(view.title.clone(), report::show(id))
            .here()
            .with_notice(view.notice),
        report: id,
        attachment,
        p,
        may_replay: view.may.judge,
    };
    Ok(html(StatusCode::OK, &template))
}

fn of(report: Uuid, attachment: Uuid) -> EvidenceOf {
    EvidenceOf {
        report: ReportId(report),
        attachment: AttachmentId(attachment),
    }
}

/// Sends the exchanges of a report for other tools: `har` or `warc`.
pub async fn export(visitor: Visitor, Path((id, attachment, format)): Path<(Uuid, Uuid, String)>) -> Answer {
    visitor.signed_in()?;
    let problem = |error| visitor.problem(error);
    let (format, name, media_type) = match format.as_str() {
        "har" => (ExportFormat::Har, "echanges.har", "application/json"),
        "warc" => (ExportFormat::Warc, "echanges.warc.gz", "application/gzip"),
        _ => return Err(problem(use_cases::Error::NotFound)),
    };
    let view = read(&visitor.context, ViewReport(ReportId(id)))
        .await
        .map_err(problem)?;
    let notice = visitor.notice(view.notice);
    let bytes = export_evidence(&visitor.context, of(id, attachment), format, notice)
        .await
        .map_err(problem)?;
    Ok(send_file(name, media_type, bytes))
}
