//! What it costs to propose duplicates among 5,000 reports of one product.

use crate::cpu::Meter;
use crate::fill::{self, Persona, hunter, someone};
use crate::labelled;
use crate::size::{Kind, NOW, id, organisation, products_of};
use domain::ids::{CampaignId, OrganisationId, PersonId, ProductId, ProgrammeId, ReportId};
use domain::report::{Rating, Report, ReportState};
use domain::severity::Severity;
use domain::{NoticeKind, Timestamp};
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::TestApp;
use use_cases::ports::ReportRecord;
use use_cases::report::{ReportText, ViewReport};
use use_cases::search::{OpenTexts, Text};
use use_cases::unit::place;
use use_cases::vault::KeyHolder;
use use_cases::{Context, Outcome, Unit, UseCase, perform, read};
use uuid::Uuid;

/// Reports of the product.
const REPORTS: u64 = 5_000;
/// Reports of one transaction.
const CHUNK: u64 = 250;
/// What proposing may cost, with all else that a report's page asks for.
const CPU_LIMIT: Duration = Duration::from_millis(50);
/// How often it is asked.
const TIMES: u32 = 40;

/// Hands some reports in.
struct HandIn {
    from: u64,
    to: u64,
}

/// Gives the identifier of the `n`th of these reports.
fn report(n: u64) -> ReportId {
    ReportId(id(Kind::Report, 900, n))
}

impl UseCase for HandIn {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let set = labelled::all();
        let campaign = CampaignId(id(Kind::Campaign, 0, 0));
        let holder = KeyHolder::Campaign(campaign);
        for n in self.from..self.to {
            let place_of = usize::try_from(n).unwrap_or_default();
            let told = &set[place_of % set.len()];
            let id = report(n);
            let text = ReportText {
                steps: format!("{} {}", told.text, labelled::boilerplate(place_of / set.len())),
                impact: format!("Constaté le jour {n} par l’équipe e{n} sur l’écran s{}.", n % 97),
                proof: String::new(),
            };
            let contents = serde_json::to_vec(&text).unwrap_or_default();
            let at = |column| place("report", column, id.0);
            let mut record = record(n, campaign);
            record.title = unit.seal(holder, at("title_sealed"), told.title.as_bytes()).await?;
            record.contents = unit.seal(holder, at("contents_sealed"), &contents).await?;
            record.cwe = Some(unit.seal(holder, at("cwe_sealed"), b"000089").await?);
            unit.store.insert_report(&record).await?;
            unit.store.save_report(&record, 1).await?;
            unit.read_for_search(Text::Report(id));
        }
        Ok(())
    }
}

fn record(n: u64, campaign: CampaignId) -> ReportRecord {
    let at = Timestamp(NOW - 1_000_000 * i64::try_from(REPORTS - n).unwrap_or_default());
    let nobody = OrganisationId(Uuid::nil());
    ReportRecord {
        report: Report {
            id: report(n),
            campaign,
            product: ProductId(id(Kind::Product, 0, products_of(0)[0])),
            reporter: PersonId(hunter(0, 0)),
            collaborators: Vec::new(),
            number: 10_000 + i64::try_from(n).unwrap_or_default(),
            state: ReportState::Submitted,
            submitted_at: Some(at),
            asked_at: None,
            original: None,
            vulnerability: None,
            claim: None,
            rating: None,
            closing: None,
            appealed_at: None,
            revision: 1,
        },
        reporter_organisation: OrganisationId(organisation(0, 2)),
        programme: ProgrammeId(Uuid::nil()),
        campaign_name: String::new(),
        product_name: String::new(),
        notice: NoticeKind::None,
        owner: nobody,
        operators: Vec::new(),
        author_organisations: Vec::new(),
        product_vendor: nobody,
        asked: Vec::new(),
        vendor: None,
        vendor_acknowledged: false,
        title: Vec::new(),
        contents: Vec::new(),
        asset: None,
        cwe: None,
        vector: None,
        claimed: Some(Rating {
            score_tenths: 91,
            band: Severity::Critical,
        }),
        verified_vector: None,
        rating_reason: None,
        closing_reason: None,
        appeal: None,
        decision: None,
        proposal: None,
        created_at: at,
        state_at: at,
    }
}

/// Fills an instance, asks for reports of the product as their verifier, and says whether a limit was passed.
pub async fn run(app: TestApp) -> bool {
    let engine = app.store.engine_name();
    eprintln!("{engine}: one block, then {REPORTS} reports of one product");
    fill::fill(&app, 1).await.expect("the instance can be filled");
    let begun = Instant::now();
    for from in (0..REPORTS).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
        let to = REPORTS.min(from + CHUNK);
        perform(&app.nobody(), HandIn { from, to })
            .await
            .expect("reports can be handed in");
        eprint!("\r  {to} of {REPORTS}, {:.0} s", begun.elapsed().as_secs_f64());
    }
    eprintln!();
    let mut context = someone(Persona::Verifier.person(0)).context(&app);
    context.app.search = Arc::new(OpenTexts::new(usize::MAX));
    let meter = Meter::new(&app);
    let used = meter.used();
    let proposed = ask(&context, 1).await;
    println!(
        "{engine}: the first time, with all {REPORTS} to be opened: {:.1} ms of CPU",
        (meter.used() - used).as_secs_f64() * 1000.0
    );
    let used = meter.used();
    let mut most = proposed;
    for n in 0..TIMES {
        most = most.max(ask(&context, u64::from(n) * 61 % REPORTS).await);
    }
    let cpu = (meter.used() - used) / TIMES;
    let over = cpu > CPU_LIMIT || most == 0;
    println!(
        "{engine}: from then on: {:.1} ms of CPU for a report with up to {most} proposals (limit {} ms) {}",
        cpu.as_secs_f64() * 1000.0,
        CPU_LIMIT.as_millis(),
        if over { "over the limit" } else { "" }
    );
    over
}

/// Reads a report and gives how many proposals it has.
async fn ask(context: &Context, n: u64) -> usize {
    // The latest are asked for: everything before them may be proposed.
    let last = report(REPORTS - 1 - n);
    let view = read(context, ViewReport(last)).await.expect("a report of the campaign");
    view.alike.len()
}
