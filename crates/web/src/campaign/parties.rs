//! The page where parties and products are chosen.

use super::{Words, label};
use crate::organisation::Pick;
use crate::register::PickedProduct;
use crate::shell::{Answer, Errors, Page, Problem, Submitted, Visitor, html, redirect_with};
use addresses::campaign as at;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::ids::{CampaignId, OrganisationId, PartyId, ProductId};
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
    form: Typed,
    errors: Errors,
}

/// What was typed on the page.
#[derive(Default)]
struct Typed {
    organisation: Pick,
    kind: String,
    product: PickedProduct,
    /// Who owns and who hosts, where the form of a product was sent.
    signers: Option<(Vec<String>, Vec<String>)>,
}

impl PartiesTemplate {
    /// Says whether an owner is ticked: the vendor itself, until others are chosen.
    fn owns(&self, signer: impl ToString) -> bool {
        let signer = signer.to_string();
        match &self.form.signers {
            Some((owners, _)) => owners.contains(&signer),
            None => signer == "vendor",
        }
    }

    /// Says whether a host is ticked.
    fn hosts(&self, signer: impl ToString) -> bool {
        let signer = signer.to_string();
        self.form
            .signers
            .as_ref()
            .is_some_and(|(_, hosts)| hosts.contains(&signer))
    }
}

fn signers(p: &PartiesPage) -> Vec<(OrganisationId, String)> {
    let mut ids: Vec<OrganisationId> = p.record.parties.iter().map(|party| party.organisation).collect();
    ids.push(p.record.frame.owner);
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| (id, p.name(&id).to_owned())).collect()
}

async fn page(visitor: &Visitor, id: Uuid, form: Typed, errors: Errors) -> Answer {
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
        form,
        errors,
    };
    Ok(html(status, &template))
}

async fn done(visitor: &Visitor, id: Uuid, outcome: use_cases::Outcome<()>) -> Answer {
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::parties(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(visitor, error, label)?;
            page(visitor, id, empty(visitor).await?, errors).await
        }
    }
}

/// Gives the forms of the page, empty.
async fn empty(visitor: &Visitor) -> Result<Typed, Problem> {
    Ok(Typed {
        organisation: nobody(visitor).await?,
        ..Typed::default()
    })
}

/// Gives the field of an organisation, empty.
async fn nobody(visitor: &Visitor) -> Result<Pick, Problem> {
    Pick::read(visitor, "organisation", "", &[]).await
}

/// Shows the parties and products of a campaign.
pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    visitor.signed_in()?;
    page(&visitor, id, empty(&visitor).await?, Errors::none()).await
}

fn ids<T: From<Uuid>>(values: &[String]) -> Vec<T> {
    values
        .iter()
        .filter_map(|value| value.parse::<Uuid>().ok())
        .map(T::from)
        .collect()
}

/// Adds parties of one kind: those that are ticked, or the one that is named.
pub async fn add(visitor: Visitor, Path(id): Path<Uuid>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let (code, ticked) = (form.text("kind"), ids(&form.all("organisations")));
    let named = if ticked.is_empty() {
        Pick::read(&visitor, "organisation", &form.text("organisation"), &[]).await?
    } else {
        nobody(&visitor).await?
    };
    let outcome = match PartyKind::from_code(&code) {
        None => Err(use_cases::Error::field("kind", "error-choose")),
        Some(kind) => {
            let command = AddParties {
                campaign: CampaignId(id),
                kind,
                organisations: ticked.into_iter().chain(named.id).collect(),
            };
            perform(&visitor.context, command).await
        }
    };
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::parties(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, named.explain(error), label)?;
            let typed = Typed {
                organisation: named,
                kind: code,
                ..Typed::default()
            };
            page(&visitor, id, typed, errors).await
        }
    }
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
    let product = PickedProduct::read(&visitor, &form.text("product"), &form.text("version")).await?;
    let named = |field: &str| {
        let values = form.all(field);
        let mut list: Vec<OrganisationId> = ids(&values);
        list.extend(product.vendor.filter(|_| values.iter().any(|value| value == "vendor")));
        list.sort_unstable();
        list.dedup();
        list
    };
    let command = SetProduct {
        campaign: CampaignId(id),
        product: product.id,
        version: product.version,
        owners: named("owners"),
        hosts: named("hosts"),
    };
    let outcome = match product.check() {
        Ok(()) => perform(&visitor.context, command).await,
        Err(error) => Err(error),
    };
    if let (Ok(()), Some(product)) = (&outcome, product.id) {
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
    match outcome {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::parties(id), "flash-saved")),
        Err(error) => {
            let errors = Errors::of(&visitor, product.explain(error), label)?;
            let typed = Typed {
                organisation: nobody(&visitor).await?,
                product,
                signers: Some((form.all("owners"), form.all("hosts"))),
                ..Typed::default()
            };
            page(&visitor, id, typed, errors).await
        }
    }
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
