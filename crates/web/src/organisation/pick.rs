//! A field in which an organisation is chosen by its name or code, whatever the size of the directory.

use super::kind_key;
use crate::shell::{Problem, Visitor, with_query};
use addresses::organisation as at;
use axum::Json;
use axum::extract::Query;
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationKind};
use std::collections::HashMap;
use use_cases::organisation::{Among, ChosenOrganisation, PickOrganisation, Picked, SuggestOrganisations};
use use_cases::{Error, FieldError, Outcome, read};

/// The most names that an error quotes.
const QUOTED: usize = 5;

/// The field, as read from a form and as shown again.
#[derive(Default)]
pub(crate) struct Pick {
    /// What the field holds: the name and code of the one chosen, or what was written.
    pub(crate) text: String,
    /// What to choose from, where several bear the name.
    pub(crate) found: Vec<String>,
    /// Where suggestions come from.
    pub(crate) from: String,
    /// The one chosen.
    pub(crate) id: Option<OrganisationId>,
    field: &'static str,
    problem: Option<(&'static str, Option<String>)>,
}

impl Pick {
    /// Reads what was written into a field.
    pub(crate) async fn read(
        visitor: &Visitor,
        field: &'static str,
        text: &str,
        kinds: &[OrganisationKind],
    ) -> Result<Self, Problem> {
        let among = Among {
            kinds: kinds.to_vec(),
            within: None,
        };
        Self::among(visitor, field, text, among).await
    }

    /// Reads what was written into a field, among those that belong to one.
    pub(crate) async fn among(
        visitor: &Visitor,
        field: &'static str,
        text: &str,
        among: Among,
    ) -> Result<Self, Problem> {
        let mut pick = Self {
            text: text.trim().to_owned(),
            from: from(&among),
            field,
            ..Self::default()
        };
        let question = PickOrganisation {
            text: text.to_owned(),
            among,
        };
        match read(&visitor.context, question).await.map_err(|e| visitor.problem(e))? {
            Picked::Nothing => {}
            Picked::One(one) => {
                pick.text = label(visitor, &one);
                pick.id = Some(one.id);
            }
            Picked::Several(several) => {
                pick.found = several.iter().map(|one| label(visitor, one)).collect();
                let quoted = pick.found.iter().take(QUOTED).cloned().collect::<Vec<_>>();
                let quoted = quoted.join(&visitor.t("common-list-separator"));
                pick.problem = Some(("error-organisation-several", Some(quoted)));
            }
            Picked::Unknown => pick.problem = Some(("error-organisation-unknown", None)),
        }
        Ok(pick)
    }

    /// Shows the one that is chosen already, whether it could still be chosen or not.
    pub(crate) async fn chosen(
        visitor: &Visitor,
        field: &'static str,
        id: Option<OrganisationId>,
        kinds: &[OrganisationKind],
    ) -> Result<Self, Problem> {
        let among = Among {
            kinds: kinds.to_vec(),
            within: None,
        };
        let known = match id {
            Some(id) => read(&visitor.context, ChosenOrganisation(id))
                .await
                .map_err(|e| visitor.problem(e))?,
            None => None,
        };
        Ok(Self {
            text: known.as_ref().map(|one| label(visitor, one)).unwrap_or_default(),
            from: from(&among),
            id,
            field,
            ..Self::default()
        })
    }

    /// Reads what was written into a field that shows the one chosen before, which stays as long as nobody changes it.
    pub(crate) async fn kept(
        visitor: &Visitor,
        field: &'static str,
        text: &str,
        before: Option<OrganisationId>,
        kinds: &[OrganisationKind],
    ) -> Result<Self, Problem> {
        let shown = Self::chosen(visitor, field, before, kinds).await?;
        if before.is_some() && shown.text == text.trim() {
            return Ok(shown);
        }
        Self::read(visitor, field, text, kinds).await
    }

    /// Refuses what was written and is nobody, where the field may be empty.
    pub(crate) fn check(&self) -> Outcome<()> {
        self.problem
            .as_ref()
            .map_or(Ok(()), |_| Err(Error::Invalid(self.fields())))
    }

    /// Says in an error what is wrong with what was written, where the field had to be filled.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let Error::Invalid(mut fields) = error else {
            return error;
        };
        for one in fields.iter_mut().filter(|one| one.field == self.field) {
            if let Some(said) = self.fields().pop() {
                *one = said;
            } else if self.text.is_empty() && one.message == "error-choose" {
                one.message = "error-required";
            }
        }
        Error::Invalid(fields)
    }

    fn fields(&self) -> Vec<FieldError> {
        let said = self.problem.iter().map(|(message, detail)| FieldError {
            field: self.field.to_owned(),
            message,
            detail: detail.clone(),
        });
        said.collect()
    }
}

/// Writes an organisation so that its text alone finds it again.
fn label(visitor: &Visitor, one: &Organisation) -> String {
    let kind = visitor.t(&kind_key(one.kind));
    match (&one.siren, &one.insee) {
        (Some(siren), _) => format!("{} ({kind}, SIREN {siren})", one.name),
        (None, Some(insee)) => format!("{} ({kind}, INSEE {insee})", one.name),
        (None, None) => one.name.clone(),
    }
}

/// Gives the address of the suggestions among some organisations.
fn from(among: &Among) -> String {
    let kinds: Vec<&str> = among.kinds.iter().map(|kind| kind.code()).collect();
    let within = among.within.map(|id| id.to_string()).unwrap_or_default();
    with_query(
        at::SUGGESTIONS,
        &[("natures", &kinds.join(",")), ("territoire", &within)],
    )
}

/// Suggests organisations for what is written so far.
pub(super) async fn suggest(
    visitor: Visitor,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Vec<String>>, Problem> {
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let question = SuggestOrganisations {
        text: text("nom"),
        among: Among {
            kinds: text("natures")
                .split(',')
                .filter_map(OrganisationKind::from_code)
                .collect(),
            within: text("territoire").parse().ok(),
        },
    };
    let found = read(&visitor.context, question).await.map_err(|e| visitor.problem(e))?;
    Ok(Json(found.iter().map(|one| label(&visitor, one)).collect()))
}
