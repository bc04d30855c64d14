//! The page where parties and products are chosen.

use super::{Words, label};
use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{CampaignId, OrganisationId, PartyId, ProductId, VersionId};
use domain::party::PartyKind;
use use_cases::campaign::{
    AddParties, PartiesPage, RemoveParty, RemoveProduct, SetProduct, ViewDuplicate, ViewParties,
};
use use_cases::{perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "campaign/parties.html")]
struct PartiesTemplate {
    page: Page,
    p: PartiesPage,
    kinds: &'static [PartyKind],
    signers: Vec<(OrganisationId, String)>,
    errors: Errors,
}

fn signers(p: &PartiesPage) -> Vec<(OrganisationId, String)> {
    let mut ids: Vec<OrganisationId> = p.record.parties.iter().map(|party| party.organisation).collect();
    ids.push(p.record.frame.owner);
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| (id, p.name(&id).to_owned())).collect()
}

async fn page(visitor: &Visitor, id: Uuid, errors: Errors) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewParties(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let template = PartiesTemplate {
        page: visitor
            .page(visitor.t("campaign-parties-title"))
            .under(visitor.t("campaign-list-title"), at::LIST)
            .under(p.record.campaign.name.clone(), at::show(id))
            .here()
            .with_notice(p.record.frame.notice),
        signers: signers(&p),
        kinds: PartyKind::ALL,
        p,
        errors,
    };
    Ok(html(status, &template))
}

async fn done(visitor: &Visitor, id: Uuid, outcome: use_cases::Outcome<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::parties(id), "flash-saved")),
        Err(error) => page(visitor, id, Errors::of(visitor, error, label)?).await,
    }
}

/// Shows the parties and products of a campaign.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    page(&visitor, id, Errors::none()).await
}

fn ids<T: From<Uuid>>(values: &[String]) -> Vec<T> {
    values
        .iter()
        .filter_map(|value| value.parse::<Uuid>().ok())
        .map(T::from)
        .collect()
}

/// Adds parties of one kind.
pub async fn add(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let Some(kind) = PartyKind::from_code(&form.text("kind")) else {
        return done(&visitor, id, Err(use_cases::Error::field("kind", "error-choose"))).await;
    };
    let command = AddParties {
        campaign: CampaignId(id),
        kind,
        organisations: ids(&form.all("organisations")),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, outcome).await
}

/// Removes a party.
pub async fn remove(visitor: Visitor, Path((id, party)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveParty {
        campaign: CampaignId(id),
        party: PartyId(party),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, outcome).await
}

/// Adds a product, or changes it; `vendor` among the owners or hosts stands for its vendor.
pub async fn set_product(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let p = read(&visitor.context, ViewParties(CampaignId(id)))
        .await
        .map_err(|e| visitor.problem(e))?;
    let product = form.id::<ProductId>("product");
    let vendor = p
        .products
        .iter()
        .find(|choice| Some(choice.id) == product)
        .map(|choice| choice.vendor);
    let named = |field: &str| {
        let values = form.all(field);
        let mut list: Vec<OrganisationId> = ids(&values);
        list.extend(vendor.filter(|_| values.iter().any(|value| value == "vendor")));
        list.sort_unstable();
        list.dedup();
        list
    };
    let command = SetProduct {
        campaign: CampaignId(id),
        product,
        version: form.id::<VersionId>("version"),
        owners: named("owners"),
        hosts: named("hosts"),
    };
    let outcome = perform(&visitor.context, command).await;
    if let (Ok(()), Some(product)) = (&outcome, product) {
        let query = ViewDuplicate {
            campaign: CampaignId(id),
            product,
        };
        let known = read(&visitor.context, query).await.map_err(|e| visitor.problem(e))?;
        if known.tested.duplicate && known.reason.is_empty() {
            let next = at::duplicate(id, product.0);
            return Ok(redirect_with(&visitor.web, &next, "flash-campaign-duplicate"));
        }
    }
    done(&visitor, id, outcome).await
}

/// Removes a product.
pub async fn remove_product(visitor: Visitor, Path((id, product)): Path<(Uuid, Uuid)>) -> Answer {
    visitor.signed_in()?;
    let command = RemoveProduct {
        campaign: CampaignId(id),
        product: ProductId(product),
    };
    let outcome = perform(&visitor.context, command).await;
    done(&visitor, id, outcome).await
}
