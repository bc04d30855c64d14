//! What the platform must be allowed on a cluster: whole namespaces, and nothing but the objects that it makes in them.

use crate::cluster::Cluster;
use k8s_openapi::api::authorization::v1::{ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec};
use kube::Error as Failure;
use kube::api::{Api, PostParams};

/// The cluster role that holds exactly these rights, for an administrator to apply and bind.
pub const ROLE: &str = include_str!("../role.yaml");

/// A verb on a resource, for example `create` on `pods`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Right {
    /// The group of the API; empty for the core.
    pub group: &'static str,
    /// The resource.
    pub resource: &'static str,
    /// A part of it, for example `log`; empty for the whole.
    pub part: &'static str,
    /// What is done with it.
    pub verb: &'static str,
}

/// Group, resource, part, verbs.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// What is made as it is written needs both: `create` where it is not there, `patch` where it is.
const ROWS: &[Row] = &[
    ("", "namespaces", "", &["get", "list", "create", "patch", "delete"]),
    ("", "pods", "", &["get", "list", "create", "patch", "deletecollection"]),
    ("", "pods", "log", &["get"]),
    ("", "services", "", &["list", "create", "patch"]),
    ("", "secrets", "", &["create", "patch"]),
    ("", "serviceaccounts", "", &["create", "patch"]),
    ("", "resourcequotas", "", &["create", "patch"]),
    ("", "limitranges", "", &["create", "patch"]),
    ("networking.k8s.io", "networkpolicies", "", &["create", "patch"]),
];

/// Gives every right that is needed.
pub(crate) fn needed() -> Vec<Right> {
    let rights = |(group, resource, part, verbs): &Row| {
        let (group, resource, part) = (*group, *resource, *part);
        let right = move |verb: &&'static str| Right {
            group,
            resource,
            part,
            verb,
        };
        verbs.iter().map(right).collect::<Vec<_>>()
    };
    ROWS.iter().flat_map(rights).collect()
}

impl Cluster {
    /// Gives the rights that are needed and not given (Kubernetes, `SelfSubjectAccessReview`).
    pub(crate) async fn missing_rights(&self) -> Result<Vec<Right>, Failure> {
        let mut missing = Vec::new();
        for right in needed() {
            if !self.may(right).await? {
                missing.push(right);
            }
        }
        Ok(missing)
    }

    async fn may(&self, right: Right) -> Result<bool, Failure> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let asked = SelfSubjectAccessReview {
            spec: SelfSubjectAccessReviewSpec {
                resource_attributes: Some(ResourceAttributes {
                    group: given(right.group),
                    resource: given(right.resource),
                    subresource: given(right.part),
                    verb: given(right.verb),
                    ..ResourceAttributes::default()
                }),
                ..SelfSubjectAccessReviewSpec::default()
            },
            ..SelfSubjectAccessReview::default()
        };
        let reviews = Api::<SelfSubjectAccessReview>::all(self.client.clone());
        let answered = reviews.create(&PostParams::default(), &asked).await?;
        Ok(answered.status.is_some_and(|status| status.allowed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_role_gives_exactly_what_is_needed() {
        let role: Value = serde_saphyr::from_str(ROLE).unwrap();
        let mut given = Vec::new();
        for rule in role["rules"].as_array().unwrap() {
            let words = |field: &str| -> Vec<String> {
                let list = rule[field].as_array().unwrap().iter();
                list.map(|word| word.as_str().unwrap().to_owned()).collect()
            };
            for resource in words("resources") {
                for verb in words("verbs") {
                    given.push(format!("{}/{resource} {verb}", words("apiGroups")[0]));
                }
            }
        }
        let needed = needed().into_iter().map(|right| {
            let part = if right.part.is_empty() { "" } else { "/" };
            format!("{}/{}{part}{} {}", right.group, right.resource, right.part, right.verb)
        });
        let mut needed: Vec<String> = needed.collect();
        given.sort();
        needed.sort();
        assert_eq!(given, needed);
    }
}
