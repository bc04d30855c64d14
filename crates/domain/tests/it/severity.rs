//! Known vectors and clear errors.

use domain::severity::{Severity, VectorError, score};

const BASE_31: &[&str] = &["AV", "AC", "PR", "UI", "S", "C", "I", "A"];
const BASE_40: &[&str] = &["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"];

fn error(vector: &str) -> VectorError {
    score(vector).unwrap_err()
}

#[test]
fn known_vectors_score_as_the_reference_calculators() {
    for (vector, tenths, band, names) in [
        (
            "CVSS:3.1/AV:A/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:N/E:P/RL:T/RC:R/AR:H/MAC:H/MUI:R/MS:C/MC:L/MA:N",
            35,
            Severity::Low,
            "CVSS-BTE",
        ),
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
    assert_eq!(error(&format!("{base}/QQ:N")), VectorError::UnknownMetric("QQ".into()));
    assert_eq!(error(&format!("{base}/I:L")), VectorError::DuplicateMetric("I".into()));
    assert_eq!(error(&format!("{base}/A")), VectorError::MalformedPart("A".into()));
    assert_eq!(
        error("CVSS:4.0/AV:N"),
        VectorError::MissingMetrics(BASE_40[1..].iter().map(|m| (*m).into()).collect())
    );
    assert_eq!(error("CVSS:2.0/AV:N"), VectorError::UnsupportedVersion("2.0".into()));
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

#[test]
fn an_environment_takes_the_place_of_that_of_the_vector() {
    use domain::severity::in_environment;
    for base in [
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N/CR:H/S:P/AU:Y",
    ] {
        let common = domain::score(base).unwrap().score_tenths;
        let low = in_environment(base, "CR:L/IR:L/AR:L").unwrap();
        let near = in_environment(base, "CR:L/MAV:P/MPR:H").unwrap();
        assert_eq!(low.nomenclature, "CVSS-BE", "{base}");
        assert!(
            low.score_tenths < common && near.score_tenths < low.score_tenths,
            "{base}: {low:?} {near:?}"
        );
    }
    assert!(in_environment("CVSS:3.1/AV:N", "CR:H").is_err());
    let base = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N";
    for told in ["E:P", "AU:Y", "S:P", "CR:H/E:A", "AV:N", "CR:L/"] {
        assert!(
            in_environment(base, told).is_err(),
            "{told}: only the environment is one's own"
        );
    }
    assert!(in_environment("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N", "CR:Z").is_err());
}
