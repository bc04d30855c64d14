//! What pages say of the tests of a product: `{% include "register/already_tested.html" %}` where `page`, `tested`
//! and `product` are at hand, with this module in scope as `tests`.

use crate::shell::Page;
use domain::ids::ProductId;
use domain::{Date, Estimate, FigureNature, MonthTally, TestPhase};
use use_cases::register::{AlreadyTested, TestLine, TestOf};

/// Says in one line what is known.
pub(crate) fn finding(page: &Page, tested: &AlreadyTested) -> String {
    let made = tested.tally.made();
    if made == 0 && tested.duplicate {
        page.t("tested-finding-planned")
    } else {
        page.tn("tested-finding", made)
    }
}

/// Gives the tone of what is known.
pub(crate) fn finding_tone(tested: &AlreadyTested) -> &'static str {
    if tested.duplicate { "warning" } else { "info" }
}

/// Writes the days of a test: one, or the first and the last.
pub(crate) fn days(page: &Page, from: Date, until: Date) -> String {
    let write = |day: Date| i18n::date_of(page.lang_is, &day.to_string());
    if from == until {
        write(from)
    } else {
        page.t2("tested-days", "from", write(from), "until", write(until))
    }
}

/// Writes what version a test is of, where its reader may know.
pub(crate) fn version(page: &Page, line: &TestLine) -> String {
    match (&line.of, line.version.is_empty()) {
        (TestOf::Unnamed, _) => "–".to_owned(),
        (_, true) => page.t("register-version-unknown"),
        (_, false) => line.version.clone(),
    }
}

/// Writes when a test was: its days, or only its months where its reader may not know more.
pub(crate) fn when(page: &Page, line: &TestLine) -> String {
    let (from, until) = (line.tested.from, line.tested.until);
    if !matches!(line.of, TestOf::Unnamed) {
        return days(page, from, until);
    }
    let write = |day: &Date| i18n::month_of(page.lang_is, day.year(), day.month());
    let (from, until) = (write(&from), write(&until));
    if from == until {
        from
    } else {
        page.t2("tested-span", "from", from, "until", until)
    }
}

/// Gives the tone of where a test lies in time.
pub(crate) fn tone(phase: &TestPhase) -> &'static str {
    match phase {
        TestPhase::Planned => "neutral",
        TestPhase::Running => "progress",
        TestPhase::Past => "good",
    }
}

/// Gives where a test leads, of those whose it is: a campaign's page or its programme's, a declared test's page.
pub(crate) fn href(line: &TestLine) -> String {
    match &line.of {
        TestOf::Campaign(campaign) => match campaign.page {
            Some(id) => addresses::campaign::show(id.0),
            None => addresses::programme::programme(&campaign.slug),
        },
        TestOf::Organisation { page: Some(id), .. } => addresses::declared_test::show(id.0),
        TestOf::Organisation { .. } | TestOf::Unnamed => String::new(),
    }
}

/// Names a test: its campaign, or how it was made.
pub(crate) fn name(page: &Page, line: &TestLine) -> String {
    match &line.of {
        TestOf::Campaign(campaign) => campaign.name.clone(),
        TestOf::Organisation { .. } | TestOf::Unnamed => kind(page, line),
    }
}

/// Says how and by whom a test is made.
pub(crate) fn by(page: &Page, line: &TestLine) -> String {
    match (&line.of, line.tested.nature) {
        (TestOf::Campaign(campaign), _) => format!("{}, {}", kind(page, line), campaign.programme),
        (TestOf::Organisation { name, .. }, _) => name.clone(),
        (TestOf::Unnamed, FigureNature::Declared) => page.t("tested-unnamed-declared"),
        (TestOf::Unnamed, _) => page.t("tested-unnamed"),
    }
}

/// Writes how a test is made.
fn kind(page: &Page, line: &TestLine) -> String {
    let texts = match line.tested.nature {
        FigureNature::Declared => "declared-kind",
        FigureNature::Counted | FigureNature::Estimated => "campaign-kind",
    };
    page.tc(texts, line.kind)
}

/// Writes the number of organisations that run it, as its reader may know it.
pub(crate) fn running(page: &Page, tested: &AlreadyTested) -> String {
    match tested.running {
        Some(running) => i18n::integer(page.lang_is, running),
        None => page.t("register-deployers-few"),
    }
}

/// Writes how many of its vulnerabilities are open.
pub(crate) fn open(page: &Page, tested: &AlreadyTested) -> String {
    let open = tested.open.unwrap_or_default();
    if tested.open_is_capped() {
        page.t1("tested-open-capped", "n", open)
    } else {
        open.to_string()
    }
}

/// Gives the address of its open vulnerabilities that the reader may see.
pub(crate) fn open_href(product: &ProductId) -> String {
    crate::shell::with_query(addresses::vulnerability::LIST, &[("produit", &product.to_string())])
}

/// Writes what an estimate amounts to.
pub(crate) fn amount(page: &Page, estimate: &Estimate) -> String {
    let (Estimate::Avoided { cents, .. } | Estimate::Repeated { cents, .. }) = estimate;
    i18n::euros(page.lang_is, *cents)
}

/// Gives what an estimate is about.
pub(crate) fn estimated(page: &Page, estimate: &Estimate) -> String {
    match estimate {
        Estimate::Avoided { .. } => page.t("tested-avoided"),
        Estimate::Repeated { .. } => page.t("tested-repeated"),
    }
}

/// Writes the formula of an estimate with what went into it.
pub(crate) fn formula(page: &Page, estimate: &Estimate) -> String {
    let (running, made, cost_cents) = match estimate {
        Estimate::Avoided {
            running,
            made,
            cost_cents,
            ..
        } => (Some(*running), *made, *cost_cents),
        Estimate::Repeated { made, cost_cents, .. } => (None, *made, *cost_cents),
    };
    let args = [
        ("running", i18n::Arg::Number(running.unwrap_or_default())),
        ("made", i18n::Arg::Number(made)),
        ("cost", i18n::Arg::Text(i18n::euros(page.lang_is, cost_cents))),
        ("amount", i18n::Arg::Text(amount(page, estimate))),
    ];
    let key = if running.is_some() {
        "tested-avoided-formula"
    } else {
        "tested-repeated-formula"
    };
    i18n::ta(page.lang_is, key, &args)
}

/// Writes a month.
pub(crate) fn month(page: &Page, month: &MonthTally) -> String {
    i18n::month_of(page.lang_is, month.year, month.month)
}

/// Gives the widths of a month's two parts, in percent of the fullest month.
pub(crate) fn widths(tested: &AlreadyTested, month: &MonthTally) -> (i64, i64) {
    let most = tested
        .months
        .iter()
        .map(|one| one.tally.made())
        .max()
        .unwrap_or(1)
        .max(1);
    (month.tally.counted * 100 / most, month.tally.declared * 100 / most)
}
