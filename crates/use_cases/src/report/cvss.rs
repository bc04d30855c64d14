//! The base metrics of CVSS, for composing a vector by choosing.

use crate::error::FieldError;
use domain::severity::{Scored, VectorError, score};
use std::collections::HashMap;

/// A metric with the values it may take.
pub type Metric = (&'static str, &'static [&'static str]);

/// The base metrics of CVSS 4.0.
pub const BASE_40: &[Metric] = &[
    ("AV", &["N", "A", "L", "P"]),
    ("AC", &["L", "H"]),
    ("AT", &["N", "P"]),
    ("PR", &["N", "L", "H"]),
    ("UI", &["N", "P", "A"]),
    ("VC", &["H", "L", "N"]),
    ("VI", &["H", "L", "N"]),
    ("VA", &["H", "L", "N"]),
    ("SC", &["H", "L", "N"]),
    ("SI", &["H", "L", "N"]),
    ("SA", &["H", "L", "N"]),
];

/// The base metrics of CVSS 3.1.
pub const BASE_31: &[Metric] = &[
    ("AV", &["N", "A", "L", "P"]),
    ("AC", &["L", "H"]),
    ("PR", &["N", "L", "H"]),
    ("UI", &["N", "R"]),
    ("S", &["U", "C"]),
    ("C", &["H", "L", "N"]),
    ("I", &["H", "L", "N"]),
    ("A", &["H", "L", "N"]),
];

/// The metrics by which an organisation says how severe something is in its environment; both versions have them.
pub const ENVIRONMENT: &[Metric] = &[
    ("CR", &["H", "M", "L"]),
    ("IR", &["H", "M", "L"]),
    ("AR", &["H", "M", "L"]),
    ("MAV", &["N", "A", "L", "P"]),
    ("MPR", &["N", "L", "H"]),
];

/// Composes the part of a vector that says an environment; empty where nothing was chosen.
#[must_use]
pub fn compose_environment(chosen: &HashMap<String, String>) -> String {
    let part = |(metric, values): &Metric| {
        let value = chosen.get(*metric).filter(|value| values.contains(&value.as_str()))?;
        Some(format!("{metric}:{value}"))
    };
    ENVIRONMENT.iter().filter_map(part).collect::<Vec<_>>().join("/")
}

/// Composes a vector of what was chosen; metrics without a choice are left out.
#[must_use]
pub fn compose(version: &str, chosen: &HashMap<String, String>) -> String {
    let metrics = if version == "3.1" { BASE_31 } else { BASE_40 };
    let mut vector = format!("CVSS:{}", if version == "3.1" { "3.1" } else { "4.0" });
    for (metric, values) in metrics {
        if let Some(value) = chosen.get(*metric).filter(|value| values.contains(&value.as_str())) {
            vector.push_str(&format!("/{metric}:{value}"));
        }
    }
    vector
}

/// Gives the values that a vector has, by metric.
#[must_use]
pub fn parts(vector: &str) -> HashMap<String, String> {
    vector
        .split('/')
        .filter_map(|part| part.split_once(':'))
        .map(|(metric, value)| (metric.to_owned(), value.to_owned()))
        .collect()
}

/// Scores a vector that may be left out; a wrong one says which part is wrong.
///
/// # Errors
/// [`FieldError`] for the field, with the part of the vector that is wrong.
pub fn scored(field: &str, vector: &str) -> Result<Option<(String, Scored)>, FieldError> {
    let vector = vector.trim().to_uppercase();
    if vector.is_empty() {
        return Ok(None);
    }
    match score(&vector) {
        Ok(scored) => Ok(Some((vector, scored))),
        Err(error) => Err(FieldError {
            field: field.to_owned(),
            message: message(&error),
            detail: Some(detail(error)),
        }),
    }
}

fn message(error: &VectorError) -> &'static str {
    match error {
        VectorError::PrefixMissing => "report-error-vector-prefix",
        VectorError::UnsupportedVersion(_) => "report-error-vector-version",
        VectorError::MalformedPart(_) => "report-error-vector-part",
        VectorError::UnknownMetric(_) => "report-error-vector-metric",
        VectorError::UnknownValue { .. } => "report-error-vector-value",
        VectorError::DuplicateMetric(_) => "report-error-vector-twice",
        VectorError::MissingMetrics(_) => "report-error-vector-missing",
    }
}

fn detail(error: VectorError) -> String {
    match error {
        VectorError::PrefixMissing => String::new(),
        VectorError::UnsupportedVersion(text)
        | VectorError::MalformedPart(text)
        | VectorError::UnknownMetric(text)
        | VectorError::DuplicateMetric(text) => text,
        VectorError::UnknownValue { metric, value } => format!("{metric}:{value}"),
        VectorError::MissingMetrics(missing) => missing.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::{compose, parts, scored};

    const VECTOR: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N";

    #[test]
    fn a_vector_goes_there_and_back() {
        assert_eq!(compose("4.0", &parts(VECTOR)), VECTOR);
        assert!(scored("vector", VECTOR).unwrap().is_some());
        assert!(scored("vector", " ").unwrap().is_none());
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = scored("vector", "CVSS:3.1/AV:N").unwrap_err();
        assert_eq!(error.message, "report-error-vector-missing");
        assert_eq!(error.detail.as_deref(), Some("AC, PR, UI, S, C, I, A"));
    }
}
