//! Severity: what a CVSS vector scores, and the band it falls in.

use crate::coded;
use cvss::Cvss;
use std::str::FromStr;

coded! {
    /// A band of severity, ordered.
    pub enum Severity {
        /// Score 0.
        None = "none",
        /// Scores 0.1 to 3.9.
        Low = "low",
        /// Scores 4.0 to 6.9.
        Medium = "medium",
        /// Scores 7.0 to 8.9.
        High = "high",
        /// Scores 9.0 to 10.
        Critical = "critical",
    }
}

impl Severity {
    /// Gives the band of a score in tenths, by the scale that CVSS 3.1 and 4.0 share.
    #[must_use]
    pub const fn of_tenths(score_tenths: i64) -> Self {
        match score_tenths {
            i64::MIN..=0 => Self::None,
            1..=39 => Self::Low,
            40..=69 => Self::Medium,
            70..=89 => Self::High,
            _ => Self::Critical,
        }
    }

    /// Gives the scores of the band in tenths: the least, and the first that is above.
    #[must_use]
    pub const fn tenths(self) -> (i64, i64) {
        match self {
            Self::None => (0, 1),
            Self::Low => (1, 40),
            Self::Medium => (40, 70),
            Self::High => (70, 90),
            Self::Critical => (90, 101),
        }
    }
}

coded! {
    /// A version of CVSS that Beffroi scores.
    pub enum CvssVersion {
        /// CVSS 3.1.
        V31 = "3.1",
        /// CVSS 4.0.
        V40 = "4.0",
    }
}

/// A score with what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The version of CVSS.
    pub version: CvssVersion,
    /// The score in tenths, from 0 to 100.
    pub score_tenths: i64,
    /// The band of the score.
    pub band: Severity,
    /// Which groups of metrics it uses: `CVSS-B`, `CVSS-BT`, `CVSS-BE`, `CVSS-BTE`.
    pub nomenclature: &'static str,
}

/// Why a text cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VectorError {
    /// It does not begin with `CVSS:`.
    #[error("the vector does not begin with CVSS:")]
    PrefixMissing,
    /// Its version is neither 3.1 nor 4.0.
    #[error("CVSS version {0} is not scored here")]
    UnsupportedVersion(String),
    /// A part is not of the form `metric:value`.
    #[error("{0:?} is not of the form metric:value")]
    MalformedPart(String),
    /// The version has no such metric.
    #[error("unknown metric {0}")]
    UnknownMetric(String),
    /// The metric has no such value.
    #[error("metric {metric} has no value {value}")]
    UnknownValue {
        /// The metric.
        metric: String,
        /// The value it does not have.
        value: String,
    },
    /// A metric is given twice.
    #[error("metric {0} is given twice")]
    DuplicateMetric(String),
    /// Base metrics are missing.
    #[error("missing metrics: {}", .0.join(", "))]
    MissingMetrics(Vec<String>),
}

impl VectorError {
    /// Gives the error's stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PrefixMissing => "prefix_missing",
            Self::UnsupportedVersion(_) => "unsupported_version",
            Self::MalformedPart(_) => "malformed_part",
            Self::UnknownMetric(_) => "unknown_metric",
            Self::UnknownValue { .. } => "unknown_value",
            Self::DuplicateMetric(_) => "duplicate_metric",
            Self::MissingMetrics(_) => "missing_metrics",
        }
    }
}

const BASE_31: &[&str] = &["AV", "AC", "PR", "UI", "S", "C", "I", "A"];
const BASE_40: &[&str] = &["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"];
const ENVIRONMENTAL: &[&str] = &["CR", "IR", "AR"];

/// Scores a vector of CVSS 3.1 or 4.0.
///
/// # Errors
/// [`VectorError`] with the metric or part that is wrong.
pub fn score(vector: &str) -> Result<Scored, VectorError> {
    let vector = vector.trim();
    let rest = vector.strip_prefix("CVSS:").ok_or(VectorError::PrefixMissing)?;
    let mut parts = rest.split('/');
    let (version, base) = match parts.next().unwrap_or_default() {
        "3.1" => (CvssVersion::V31, BASE_31),
        "4.0" => (CvssVersion::V40, BASE_40),
        other => return Err(VectorError::UnsupportedVersion(other.to_owned())),
    };
    let mut metrics: Vec<(&str, &str)> = Vec::new();
    for part in parts {
        let malformed = || VectorError::MalformedPart(part.to_owned());
        let (metric, value) = part.split_once(':').ok_or_else(malformed)?;
        if metric.is_empty() || value.is_empty() || value.contains(':') {
            return Err(malformed());
        }
        if metrics.iter().any(|(known, _)| *known == metric) {
            return Err(VectorError::DuplicateMetric(metric.to_owned()));
        }
        metrics.push((metric, value));
    }
    let missing: Vec<String> = base
        .iter()
        .filter(|needed| metrics.iter().all(|(metric, _)| metric != *needed))
        .map(|needed| (*needed).to_owned())
        .collect();
    if metrics.is_empty() {
        return Err(VectorError::MissingMetrics(missing));
    }
    // What is unknown is named before what is missing: a misspelt metric is both.
    let parsed = match Cvss::from_str(vector) {
        Ok(parsed) if missing.is_empty() => parsed,
        Err(cvss::Error::MissingMandatoryMetricV4 { .. }) | Ok(_) => {
            return Err(VectorError::MissingMetrics(missing));
        }
        Err(error) => return Err(named(error)),
    };
    let threat: &[&str] = match version {
        CvssVersion::V31 => &["E", "RL", "RC"],
        CvssVersion::V40 => &["E"],
    };
    let nomenclature = nomenclature(&metrics, threat);
    let value = match (&parsed, nomenclature) {
        (Cvss::CvssV31(v), "CVSS-B") => v.base_score().value(),
        (Cvss::CvssV31(v), "CVSS-BT") => v.temporal_score().value(),
        (Cvss::CvssV31(v), _) => v.environmental_score().value(),
        (Cvss::CvssV40(v), _) => v.score().value(),
        _ => return Err(VectorError::PrefixMissing),
    };
    let score_tenths = tenths(value);
    Ok(Scored {
        version,
        score_tenths,
        band: Severity::of_tenths(score_tenths),
        nomenclature,
    })
}

/// Scores a vector in the environment of one organisation: its own requirements and modified metrics
/// (`CR:H/MAV:L`) in place of those of the vector.
///
/// # Errors
/// [`VectorError`] with the metric or part that is wrong.
pub fn in_environment(vector: &str, environment: &str) -> Result<Scored, VectorError> {
    let supplemental: &[&str] = if vector.trim().starts_with("CVSS:4.0") {
        &["S", "AU", "R", "V", "RE", "U"]
    } else {
        &[]
    };
    let common = |part: &&str| {
        let metric = part.split(':').next().unwrap_or_default();
        !is_environmental(metric) && !supplemental.contains(&metric)
    };
    // Anything else beside the common metrics would be answered by what they are.
    for part in environment.trim().split('/') {
        let metric = part.split(':').next().unwrap_or_default();
        if !is_environmental(metric) {
            return Err(VectorError::UnknownMetric(metric.to_owned()));
        }
    }
    let kept: Vec<&str> = vector.trim().split('/').filter(common).collect();
    score(&format!("{}/{}", kept.join("/"), environment.trim()))
}

/// Says whether a metric belongs to the environment: a requirement, or a modified base metric.
fn is_environmental(metric: &str) -> bool {
    ENVIRONMENTAL.contains(&metric) || (metric.len() > 1 && metric.starts_with('M'))
}

/// Gives a score of one decimal, between 0 and 10, as tenths.
#[expect(clippy::cast_possible_truncation, reason = "clamped to 0..=100 before the cast")]
fn tenths(value: f64) -> i64 {
    (value * 10.0).round().clamp(0.0, 100.0) as i64
}

/// Names the groups of metrics that a vector defines; `X` defines nothing.
fn nomenclature(metrics: &[(&str, &str)], threat: &[&str]) -> &'static str {
    let defined = |is: &dyn Fn(&str) -> bool| metrics.iter().any(|(m, v)| *v != "X" && is(m));
    match (defined(&|m| threat.contains(&m)), defined(&is_environmental)) {
        (false, false) => "CVSS-B",
        (true, false) => "CVSS-BT",
        (false, true) => "CVSS-BE",
        (true, true) => "CVSS-BTE",
    }
}

/// Names what the parser did not understand.
fn named(error: cvss::Error) -> VectorError {
    use cvss::Error as E;
    match error {
        E::UnknownMetric { name } => VectorError::UnknownMetric(name),
        E::InvalidMetricV3 { metric_type, value } => VectorError::UnknownValue {
            metric: metric_type.name().to_owned(),
            value,
        },
        E::InvalidMetricV4 { metric_type, value } => VectorError::UnknownValue {
            metric: metric_type.name().to_owned(),
            value,
        },
        E::DuplicateMetricV3 { metric_type } => VectorError::DuplicateMetric(metric_type.name().to_owned()),
        E::DuplicateMetricV4 { metric_type } => VectorError::DuplicateMetric(metric_type.name().to_owned()),
        E::UnsupportedVersion { version } => VectorError::UnsupportedVersion(version),
        E::InvalidComponent { component } => VectorError::MalformedPart(component),
        other => VectorError::MalformedPart(other.to_string()),
    }
}
