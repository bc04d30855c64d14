//! The fields of a call's form, as pages show and read them.

use crate::shell::{Errors, Submitted, Visitor};
use domain::form::{Answers, Field, FieldKind, Form, Label};
use i18n::Lang;
use use_cases::candidacy::{Content, SignatoryFacts};

/// A field as a form shows it.
pub(super) struct FieldView {
    pub name: String,
    pub label: String,
    pub kind: &'static str,
    pub value: String,
    pub error: String,
    pub required: bool,
    pub options: Vec<(String, String)>,
}

/// A section as a page shows it.
pub(super) struct SectionView {
    pub label: String,
    pub fields: Vec<FieldView>,
}

pub(super) fn label(lang: Lang, label: &Label) -> String {
    let text = if lang == Lang::En { &label.en } else { &label.fr };
    if text.trim().is_empty() {
        label.fr.clone()
    } else {
        text.clone()
    }
}

fn kind(field: &FieldKind) -> &'static str {
    match field {
        FieldKind::Text => "text",
        FieldKind::LongText => "long",
        FieldKind::YesNo | FieldKind::Commitment => "yesno",
        FieldKind::Choice(_) => "choice",
        FieldKind::Email => "email",
        FieldKind::Phone => "tel",
        FieldKind::Date => "date",
    }
}

fn field(visitor: &Visitor, field: &Field, answers: &Answers, errors: &Errors) -> FieldView {
    let name = format!("answer.{}", field.key);
    let options = match &field.kind {
        FieldKind::Choice(all) => all
            .iter()
            .map(|o| (o.key.clone(), label(visitor.lang, &o.label)))
            .collect(),
        FieldKind::YesNo | FieldKind::Commitment => vec![
            ("yes".to_owned(), visitor.t("common-yes")),
            ("no".to_owned(), visitor.t("common-no")),
        ],
        _ => Vec::new(),
    };
    FieldView {
        label: label(visitor.lang, &field.label),
        kind: kind(&field.kind),
        value: answers.get(&field.key).cloned().unwrap_or_default(),
        error: errors.at(&name).to_owned(),
        required: field.is_required(),
        options,
        name,
    }
}

/// Gives the sections of a form with their answers.
pub(super) fn sections(visitor: &Visitor, form: &Form, answers: &Answers, errors: &Errors) -> Vec<SectionView> {
    form.sections
        .iter()
        .map(|section| SectionView {
            label: label(visitor.lang, &section.label),
            fields: section
                .fields
                .iter()
                .map(|one| field(visitor, one, answers, errors))
                .collect(),
        })
        .collect()
}

impl FieldView {
    /// Writes the answer for readers; a dash where there is none.
    pub(super) fn answer(&self) -> String {
        if self.value.trim().is_empty() {
            return "–".to_owned();
        }
        let chosen = self.options.iter().find(|(key, _)| *key == self.value);
        chosen.map_or_else(|| self.value.clone(), |(_, label)| label.clone())
    }
}

/// Reads the answers that a form sent.
pub(super) fn answers(form: &Submitted) -> Answers {
    form.with_prefix("answer.").into_iter().collect()
}

/// Reads who signs.
pub(super) fn signatory(form: &Submitted) -> SignatoryFacts {
    SignatoryFacts {
        name: form.text("signatory.name").trim().to_owned(),
        function: form.text("signatory.function").trim().to_owned(),
        delegation: form.text("signatory.delegation").trim().to_owned(),
    }
}

/// Gives the label of a field by its name in errors.
pub(super) fn label_of(visitor: &Visitor, form: &Form, name: &str) -> String {
    if let Some(key) = name.strip_prefix("answer.") {
        let found = form.fields().find(|field| field.key == key);
        return found.map_or_else(String::new, |field| label(visitor.lang, &field.label));
    }
    if let Some(rest) = name.strip_prefix("offer.") {
        let (index, part) = rest.split_once('.').unwrap_or((rest, ""));
        let number = index.parse::<i64>().unwrap_or_default() + 1;
        let part = match part {
            "name" => visitor.t("candidacy-offer-name"),
            "vendor" => visitor.t("candidacy-offer-vendor"),
            "version" => visitor.t("candidacy-offer-version"),
            _ => visitor.t("candidacy-offer-host"),
        };
        return format!("{} {number}, {part}", visitor.t("candidacy-offer"));
    }
    match name {
        "offers" => visitor.t("candidacy-step-offers"),
        "signatory.name" => visitor.t("candidacy-signatory-name"),
        "signatory.function" => visitor.t("candidacy-signatory-function"),
        "signatory.delegation" => visitor.t("candidacy-signatory-delegation"),
        "scan" => visitor.t("candidacy-scan"),
        "organisation" => visitor.t("candidacy-organisation"),
        "sure" => visitor.t("candidacy-withdraw-do"),
        "arrival" => visitor.t("candidacy-paper-arrival"),
        "reason" | "decision_reason" => visitor.t("candidacy-reason"),
        "grounds" => visitor.t("candidacy-grounds"),
        "appeal_text" => visitor.t("candidacy-appeal-text"),
        "lodged_on" => visitor.t("candidacy-appeal-lodged"),
        "reference" => visitor.t("candidacy-appeal-reference"),
        _ => visitor.t("candidacy-appeal-kind"),
    }
}

/// Takes the field errors of a use case, labelled by the form.
pub(super) fn errors_of(
    visitor: &Visitor,
    form: &Form,
    error: use_cases::Error,
) -> Result<Errors, crate::shell::Problem> {
    let mut errors = Errors::of(visitor, error, |_| String::new())?;
    for line in &mut errors.summary {
        if line.field != "main" {
            line.label = label_of(visitor, form, &line.field);
        }
    }
    Ok(errors)
}

/// A step of the form in the list of tasks.
pub(super) struct StepView {
    pub name: String,
    pub href: String,
    pub done: bool,
    pub current: bool,
}

/// Gives the name in the address of the step that asks for a field.
pub(super) fn step_of(form: &Form, name: &str) -> String {
    if let Some(key) = name.strip_prefix("answer.") {
        let found = form
            .sections
            .iter()
            .position(|section| section.fields.iter().any(|field| field.key == key));
        return found.map_or_else(|| "1".to_owned(), |index| (index + 1).to_string());
    }
    if name.starts_with("offer") {
        "produits".to_owned()
    } else {
        "signataire".to_owned()
    }
}

/// Gives the names in addresses of every step, in order.
pub(super) fn step_names(form: &Form) -> Vec<String> {
    let sections = (1..=form.sections.len()).map(|n| n.to_string());
    sections
        .chain(["produits".to_owned(), "signataire".to_owned()])
        .collect()
}

/// Gives the label of a step.
pub(super) fn step_label(visitor: &Visitor, form: &Form, step: &str) -> String {
    match step {
        "produits" => visitor.t("candidacy-step-offers"),
        "signataire" => visitor.t("candidacy-step-signatory"),
        number => {
            let index = number.parse::<usize>().unwrap_or(1).saturating_sub(1);
            form.sections
                .get(index)
                .map_or_else(String::new, |section| label(visitor.lang, &section.label))
        }
    }
}

/// Gives the list of tasks of a candidacy being written.
pub(super) fn steps(visitor: &Visitor, view: &use_cases::candidacy::CandidacyView, current: &str) -> Vec<StepView> {
    let form = &view.frame.form;
    step_names(form)
        .into_iter()
        .map(|step| StepView {
            name: step_label(visitor, form, &step),
            done: !view
                .lacking
                .iter()
                .any(|e| e.field != "scan" && step_of(form, &e.field) == step),
            current: step == current,
            href: addresses::candidacy::step(view.row.candidacy.id, &step),
        })
        .collect()
}

/// Gives the answers of one section only.
pub(super) fn only(content: &Content, form: &Form, step: &str) -> Answers {
    let index = step.parse::<usize>().unwrap_or(1).saturating_sub(1);
    let Some(section) = form.sections.get(index) else {
        return Answers::new();
    };
    let answer = |key: &String| content.answers.get(key).cloned().unwrap_or_default();
    section
        .fields
        .iter()
        .map(|field| (field.key.clone(), answer(&field.key)))
        .collect()
}
