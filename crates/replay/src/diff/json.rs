//! How two bodies of JSON differ, value by value.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Comparison, Expected, Place};

/// Names of values of which every answer has its own.
const VOLATILE: [&str; 20] = [
    "timestamp",
    "time",
    "ts",
    "now",
    "date",
    "created_at",
    "updated_at",
    "modified_at",
    "expires_at",
    "exp",
    "iat",
    "nbf",
    "jti",
    "duration",
    "elapsed",
    "took",
    "request_id",
    "requestid",
    "trace_id",
    "nonce",
];

pub(super) fn compare(before: &Value, now: &Value, path: &mut String, comparison: &mut Comparison) {
    if before == now || comparison.is_full() {
        return;
    }
    match (before, now) {
        (Value::Object(before), Value::Object(now)) => {
            let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
            for name in names {
                let step = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
                within(before.get(name), now.get(name), &step, path, comparison);
            }
        }
        (Value::Array(before), Value::Array(now)) => {
            for number in 0..before.len().max(now.len()) {
                within(
                    before.get(number),
                    now.get(number),
                    &format!("/{number}"),
                    path,
                    comparison,
                );
            }
        }
        _ => scalars(before, now, path, comparison),
    }
}

fn within(before: Option<&Value>, now: Option<&Value>, step: &str, path: &mut String, comparison: &mut Comparison) {
    let length = path.len();
    path.push_str(step);
    match (before, now) {
        (Some(before), Some(now)) => compare(before, now, path, comparison),
        _ => comparison.tell(Place::Json(path.clone()), before.map(text), now.map(text), None),
    }
    path.truncate(length);
}

fn scalars(before: &Value, now: &Value, path: &str, comparison: &mut Comparison) {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let same_kind = std::mem::discriminant(before) == std::mem::discriminant(now);
    let place = Place::Json(path.to_owned());
    if !same_kind {
        comparison.tell(place, Some(text(before)), Some(text(now)), None);
    } else if VOLATILE.contains(&name.as_str()) {
        comparison.tell(place, Some(text(before)), Some(text(now)), Some(Expected::Volatile));
    } else {
        comparison.texts(place, &text(before), &text(now));
    }
}

/// A value as it is shown: texts without quotes.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
