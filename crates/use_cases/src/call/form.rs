//! A call's form: its questions are changed until the call opens; each change is a new version.

use super::{changeable, log_of, record, to_manage};
use crate::error::{Error, FieldError, Outcome};
use crate::perform::UseCase;
use crate::programme::fresh;
use crate::unit::Unit;
use domain::form::{ChoiceOption, Field, FieldKind, Form, Label, Section};
use domain::ids::CallId;
use domain::slug::slug_of;
use serde_json::json;
use std::collections::BTreeSet;

/// The most questions of a form.
const FIELDS_MAX: usize = 100;

/// One question as the page that changes a form shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormLine {
    /// Where it stands among the others.
    pub position: i64,
    /// Its stable key; empty for a new one.
    pub key: String,
    /// The title of its section; the section before where it is empty.
    pub section: String,
    /// The question in French; a line without one is left out.
    pub question: String,
    /// The question in English; the French one where it is empty.
    pub english: String,
    /// What an answer looks like: `text`, `long_text`, `yes_no`, `commitment`, `choice`, `email`, `phone`, `date`.
    pub kind: String,
    /// The options of a choice, one a line.
    pub options: String,
    /// Whether the form is incomplete without it.
    pub required: bool,
}

/// Writes a form as the lines of the page that changes it.
#[must_use]
pub fn lines_of(form: &Form) -> Vec<FormLine> {
    let mut lines = Vec::new();
    for section in &form.sections {
        for field in &section.fields {
            let position = i64::try_from(lines.len() + 1).unwrap_or(i64::MAX);
            lines.push(FormLine {
                position: position.saturating_mul(10),
                key: field.key.clone(),
                section: section.label.fr.clone(),
                question: field.label.fr.clone(),
                english: field.label.en.clone(),
                kind: kind_code(&field.kind).to_owned(),
                options: match &field.kind {
                    FieldKind::Choice(options) => options
                        .iter()
                        .map(|o| o.label.fr.as_str())
                        .collect::<Vec<_>>()
                        .join("\n"),
                    _ => String::new(),
                },
                required: field.required,
            });
        }
    }
    lines
}

fn kind_code(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::LongText => "long_text",
        FieldKind::YesNo => "yes_no",
        FieldKind::Commitment => "commitment",
        FieldKind::Choice(_) => "choice",
        FieldKind::Email => "email",
        FieldKind::Phone => "phone",
        FieldKind::Date => "date",
    }
}

fn label(fr: &str, en: &str) -> Label {
    let en = if en.trim().is_empty() { fr } else { en };
    Label {
        fr: fr.trim().to_owned(),
        en: en.trim().to_owned(),
    }
}

/// Makes a key of a text that no other has.
fn free_key(text: &str, taken: &mut BTreeSet<String>) -> String {
    let base: String = slug_of(text).replace('-', "_").chars().take(40).collect();
    let base = if base.is_empty() { "question".to_owned() } else { base };
    let mut key = base.clone();
    let mut n = 2;
    while !taken.insert(key.clone()) {
        key = format!("{base}_{n}");
        n += 1;
    }
    key
}

fn kind(line: &FormLine) -> Result<FieldKind, &'static str> {
    Ok(match line.kind.as_str() {
        "text" => FieldKind::Text,
        "long_text" => FieldKind::LongText,
        "yes_no" => FieldKind::YesNo,
        "commitment" => FieldKind::Commitment,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "date" => FieldKind::Date,
        "choice" => {
            let mut taken = BTreeSet::new();
            let texts = line.options.lines().map(str::trim).filter(|text| !text.is_empty());
            let options: Vec<ChoiceOption> = texts
                .map(|text| ChoiceOption {
                    key: free_key(text, &mut taken),
                    label: label(text, ""),
                })
                .collect();
            if options.len() < 2 {
                return Err("call-error-options");
            }
            FieldKind::Choice(options)
        }
        _ => return Err("error-choose"),
    })
}

/// Makes a form of the lines of the page, in the order of their positions.
fn form_of(lines: &[FormLine], max: usize) -> Outcome<Form> {
    let mut lines: Vec<&FormLine> = lines.iter().filter(|line| !line.question.trim().is_empty()).collect();
    lines.sort_by_key(|line| line.position);
    let mut errors = Vec::new();
    let mut wrong = |line: &FormLine, message| {
        errors.push(FieldError {
            field: "questions".to_owned(),
            message,
            detail: Some(line.question.chars().take(60).collect()),
        });
    };
    let mut taken: BTreeSet<String> = lines
        .iter()
        .map(|line| line.key.clone())
        .filter(|key| !key.is_empty())
        .collect();
    let mut form = Form::default();
    for line in &lines {
        if line.question.chars().count() > max || line.section.chars().count() > max {
            wrong(line, "call-error-question-long");
        }
        let kind = kind(line).unwrap_or_else(|message| {
            wrong(line, message);
            FieldKind::Text
        });
        let key = if line.key.is_empty() {
            free_key(&line.question, &mut taken)
        } else {
            line.key.clone()
        };
        let field = Field {
            key,
            label: label(&line.question, &line.english),
            kind,
            required: line.required,
            max_len: None,
        };
        add(&mut form, line.section.trim(), field);
    }
    if lines.is_empty() || lines.len() > FIELDS_MAX || !form.is_sound() {
        return Err(Error::field("questions", "call-error-form"));
    }
    if errors.is_empty() {
        Ok(form)
    } else {
        Err(Error::Invalid(errors))
    }
}

/// Puts a field in the section of a title: the last one where it is empty, a new one where none is called so.
fn add(form: &mut Form, title: &str, field: Field) {
    let same = if title.is_empty() {
        form.sections.last_mut()
    } else {
        form.sections.iter_mut().find(|section| section.label.fr == title)
    };
    if let Some(section) = same {
        section.fields.push(field);
        return;
    }
    form.sections.push(Section {
        key: format!("section_{}", form.sections.len() + 1),
        label: label(title, ""),
        fields: vec![field],
    });
}

/// Keeps lengths and English titles that the page does not show.
fn keep_hidden(form: &mut Form, old: &Form) {
    for section in &mut form.sections {
        if let Some(same) = old.sections.iter().find(|o| o.label.fr == section.label.fr) {
            section.label.en.clone_from(&same.label.en);
        }
        for field in &mut section.fields {
            if let Some(same) = old.fields().find(|o| o.key == field.key) {
                field.max_len = same.max_len;
            }
        }
    }
}

/// Changes the form of a call that has not opened.
pub struct EditForm {
    /// The call.
    pub call: CallId,
    /// The revision it was typed over.
    pub revision: i64,
    /// The questions as typed.
    pub lines: Vec<FormLine>,
}

impl UseCase for EditForm {
    type Output = ();

    async fn run(&self, unit: &mut Unit) -> Outcome<()> {
        let proof = to_manage(unit, self.call).await?;
        let acting = proof.acting().clone();
        let mut changed = proof.into_value();
        changeable(unit, &changed)?;
        let mut form = form_of(&self.lines, 500)?;
        fresh(self.revision, changed.call.revision)?;
        keep_hidden(&mut form, &changed.form);
        if form == changed.form {
            return Ok(());
        }
        changed.form = form;
        changed.call.form_version += 1;
        unit.store.save_call(&changed).await?;
        let body = json!({"version": changed.call.form_version, "form": changed.form});
        let log = log_of(&changed);
        record(unit, &acting, &changed, "call.form_changed", log, body).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::default_form;

    #[test]
    fn a_form_read_and_written_again_is_the_same() {
        let form = default_form();
        let mut again = form_of(&lines_of(&form), 500).unwrap();
        keep_hidden(&mut again, &form);
        let keys = |form: &Form| {
            form.fields()
                .map(|f| (f.key.clone(), f.kind.clone(), f.required))
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(&again), keys(&form));
        assert_eq!(again.sections.len(), form.sections.len());
    }

    #[test]
    fn new_questions_get_keys_that_nobody_has_and_order_follows_positions() {
        let line = |position, question: &str| FormLine {
            position,
            question: question.to_owned(),
            section: "Divers".to_owned(),
            kind: "text".to_owned(),
            ..FormLine::default()
        };
        let form = form_of(
            &[line(20, "Même question"), line(10, "Même question"), line(5, " ")],
            500,
        )
        .unwrap();
        let keys: Vec<_> = form.fields().map(|f| f.key.as_str()).collect();
        assert_eq!(keys, ["meme_question", "meme_question_2"]);
        assert!(form_of(&[], 500).is_err());
        let choice = FormLine {
            kind: "choice".to_owned(),
            options: "Oui".to_owned(),
            ..line(1, "Choix")
        };
        assert!(form_of(&[choice], 500).is_err());
    }
}
