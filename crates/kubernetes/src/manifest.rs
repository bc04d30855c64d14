//! Everything that a cluster is asked for, written out for people to review.

use crate::create::recipe;
use crate::labels;
use crate::objects::{self, Frame};
use crate::settings::ClusterSettings;
use hosting::{HostingError, Instance};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Gives the objects that an instance is made of, in the order in which they are made; values of environments stand in it.
///
/// `addresses` are those that the cluster gives the services.
///
/// # Errors
/// [`HostingError::WrongPlan`] for what is no recipe.
pub fn manifest(
    settings: &ClusterSettings,
    instance: &Instance,
    addresses: &BTreeMap<String, IpAddr>,
) -> Result<Vec<Value>, HostingError> {
    let recipe = recipe(instance)?;
    let frame = Frame {
        installation: settings.installation,
        gateway: &settings.gateway,
        instance,
        recipe,
    };
    let account = labels::metadata(frame.installation, frame.instance, objects::ACCOUNT, None);
    let mut made = vec![objects::namespace(frame)];
    made.extend(objects::policies(frame));
    made.extend([
        objects::quota(frame),
        objects::limits(frame),
        objects::account(&account),
    ]);
    for service in &recipe.services {
        made.extend(objects::service(frame, service));
        made.push(objects::secret(frame, service));
    }
    let names = objects::names(recipe, addresses);
    made.extend(
        recipe
            .services
            .iter()
            .map(|service| objects::pod(frame, service, &names)),
    );
    Ok(made)
}
