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
const BASE_40: &[&str] = &[
    "AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA",
];
const ENVIRONMENTAL: &[&str] = &["CR", "IR", "AR"];

/// Scores a vector of CVSS 3.1 or 4.0.
///
/// # Errors
/// [`VectorError`] with the metric or part that is wrong.
pub fn score(vector: &str) -> Result<Scored, VectorError> {
    let vector = vector.trim();
    let rest = vector
        .strip_prefix("CVSS:")
        .ok_or(VectorError::PrefixMissing)?;
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
    // What is unknown is named before what is missing: a misspelt metric is both.
    let parsed = match Cvss::from_str(vector) {
        Ok(parsed) if missing.is_empty() => parsed,
        Err(cvss::Error::MissingMandatoryMetricV4 { .. }) | Ok(_) => {
            return Err(VectorError::MissingMetrics(missing));
        }
        Err(error) => return Err(named(error)),
    };
    let (value, nomenclature) = match &parsed {
        Cvss::CvssV40(v) => (v.score().value(), nomenclature(&metrics, &["E"])),
        Cvss::CvssV31(v) => (
            v.score().value(),
            nomenclature(&metrics, &["E", "RL", "RC"]),
        ),
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

/// Gives a score of one decimal, between 0 and 10, as tenths.
#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to 0..=100 before the cast"
)]
fn tenths(value: f64) -> i64 {
    (value * 10.0).round().clamp(0.0, 100.0) as i64
}

/// Names the groups of metrics that a vector defines; `X` defines nothing.
fn nomenclature(metrics: &[(&str, &str)], threat: &[&str]) -> &'static str {
    let defined = |is: &dyn Fn(&str) -> bool| metrics.iter().any(|(m, v)| *v != "X" && is(m));
    let modified = |m: &str| ENVIRONMENTAL.contains(&m) || (m.len() > 1 && m.starts_with('M'));
    match (defined(&|m| threat.contains(&m)), defined(&modified)) {
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
        E::DuplicateMetricV3 { metric_type } => {
            VectorError::DuplicateMetric(metric_type.name().to_owned())
        }
        E::DuplicateMetricV4 { metric_type } => {
            VectorError::DuplicateMetric(metric_type.name().to_owned())
        }
        E::UnsupportedVersion { version } => VectorError::UnsupportedVersion(version),
        E::InvalidComponent { component } => VectorError::MalformedPart(component),
        other => VectorError::MalformedPart(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(vector: &str) -> VectorError {
        score(vector).unwrap_err()
    }

    #[test]
    fn known_vectors_score_as_the_reference_calculators() {
        for (vector, tenths, band, names) in [
            (
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                98,
                Severity::Critical,
                "CVSS-B",
            ),
            (
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
                61,
                Severity::Medium,
                "CVSS-B",
            ),
            (
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N",
                0,
                Severity::None,
                "CVSS-B",
            ),
            (
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U",
                78,
                Severity::High,
                "CVSS-BT",
            ),
            (
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                93,
                Severity::Critical,
                "CVSS-B",
            ),
            (
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
                100,
                Severity::Critical,
                "CVSS-B",
            ),
            (
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N",
                0,
                Severity::None,
                "CVSS-B",
            ),
            (
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U",
                81,
                Severity::High,
                "CVSS-BT",
            ),
        ] {
            let scored = score(vector).unwrap();
            assert_eq!(
                (scored.score_tenths, scored.band, scored.nomenclature),
                (tenths, band, names),
                "{vector}"
            );
        }
    }

    #[test]
    fn errors_name_the_metric() {
        let base = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H";
        assert_eq!(error(base), VectorError::MissingMetrics(vec!["A".into()]));
        assert_eq!(
            error(&format!("{base}/A:Z")),
            VectorError::UnknownValue {
                metric: "A".into(),
                value: "Z".into()
            }
        );
        assert_eq!(
            error(&format!("{base}/QQ:N")),
            VectorError::UnknownMetric("QQ".into())
        );
        assert_eq!(
            error(&format!("{base}/I:L")),
            VectorError::DuplicateMetric("I".into())
        );
        assert_eq!(
            error(&format!("{base}/A")),
            VectorError::MalformedPart("A".into())
        );
        assert_eq!(
            error("CVSS:4.0/AV:N"),
            VectorError::MissingMetrics(BASE_40[1..].iter().map(|m| (*m).into()).collect())
        );
        assert_eq!(
            error("CVSS:2.0/AV:N"),
            VectorError::UnsupportedVersion("2.0".into())
        );
        assert_eq!(error("AV:N/AC:L"), VectorError::PrefixMissing);
        assert_eq!(error(""), VectorError::PrefixMissing);
        assert_eq!(
            error("CVSS:3.1"),
            VectorError::MissingMetrics(BASE_31.iter().map(|m| (*m).into()).collect())
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(CVSS:[34]\\.[01])?(/[A-Z]{1,3}:[A-Z]){0,14}.{0,10}") {
            let _ = score(&text);
        }
    }
}
