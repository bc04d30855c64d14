//! The catalogue of products, and who runs what.

pub(crate) mod already_tested;
mod catalogue;
mod declare;
mod deployment;
mod deployments;
mod import;
mod pick;
mod product_form;
mod proof;
mod standing;

pub(crate) use pick::PickedProduct;

use crate::Routes;
use addresses::register as at;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(at::CATALOGUE, catalogue::list)
        .get(at::SUGGESTIONS, pick::suggest)
        .get(at::ADD_PRODUCT, product_form::show_new)
        .post(at::ADD_PRODUCT, product_form::add)
        .get(at::PRODUCT, catalogue::show)
        .get(at::EDIT_PRODUCT, product_form::show)
        .post(at::EDIT_PRODUCT, product_form::correct)
        .post(at::VERSIONS, catalogue::add_version)
        .get(at::PRODUCT_DEPLOYMENTS, deployments::of_product)
        .get(at::DEPLOYMENTS, deployments::of_organisation)
        .get(at::MEMBER_DEPLOYMENTS, deployments::of_members)
        .get(at::DECLARE, declare::show)
        .post(at::DECLARE, declare::submit)
        .get(at::IMPORT_DEPLOYMENTS, import::show)
        .upload(at::IMPORT_DEPLOYMENTS, import::import)
        .get(at::EXPORT_DEPLOYMENTS, import::export)
        .get(at::DEPLOYMENTS_TEMPLATE, import::template)
        .get(at::DEPLOYMENT, deployment::show)
        .post(at::CHANGE_DEPLOYMENT, deployment::change)
        .get(at::END_DEPLOYMENT, deployment::ask_end)
        .post(at::END_DEPLOYMENT, deployment::end)
        .post(at::CONFIRM_DEPLOYMENT, deployment::confirm)
        .post(at::REFUSE_DEPLOYMENT, deployment::refuse)
        .upload(at::OFFER_PROOF, proof::offer)
        .get(at::PROOF, proof::download)
        .post(at::DECIDE_PROOF, proof::decide)
}
