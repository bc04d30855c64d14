//! Where a programme's results may be taken to, and the keys that were given.

use crate::shell::{Answer, Errors, Page, Submitted, Visitor, html, redirect_with};
use addresses::embedding as at;
use addresses::sharing;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use domain::embedding::KeyKind;
use use_cases::embedding::{
    EmbeddingView, EndKey, KeyLine, MadeKey, MakeMemberLink, MakeSiteKey, SaveSites, ViewEmbedding,
};
use use_cases::{Error, perform, read};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "embedding/keys.html")]
struct KeysPage {
    page: Page,
    view: EmbeddingView,
    shown: String,
    typed: String,
    days: String,
    organisation: String,
    href: String,
    base: String,
    longest: i64,
    minutes: i64,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "embedding/made.html")]
struct MadePage {
    page: Page,
    view: EmbeddingView,
    made: MadeKey,
    member: bool,
    href: String,
    base: String,
    minutes: i64,
}

impl KeysPage {
    fn slug(&self) -> &str {
        &self.view.programme.slug
    }

    fn frame(&self) -> String {
        frame(&format!("{}{}", self.base, at::public_frame(self.slug())))
    }

    fn public(&self, kind: &str) -> String {
        let path = match kind {
            "json" => at::public_json(self.slug()),
            _ => at::public_atom(self.slug()),
        };
        format!("{}{path}", self.base)
    }

    fn end(&self, line: &KeyLine) -> String {
        at::end_key(self.slug(), line.key.id)
    }

    fn kind(&self, line: &KeyLine) -> String {
        match line.key.kind {
            KeyKind::Site => self.page.t("embedding-key-site"),
            KeyKind::Member => self
                .page
                .t1("embedding-key-member", "organisation", &line.key.organisation_name),
        }
    }
}

impl MadePage {
    fn slug(&self) -> &str {
        &self.view.programme.slug
    }

    fn framed(&self) -> String {
        frame(&format!(
            "{}{}",
            self.base,
            at::members_frame(self.slug(), &self.made.secret)
        ))
    }

    fn json(&self) -> String {
        format!("{}{}", self.base, at::members_json(self.slug(), &self.made.secret))
    }

    fn atom(&self) -> String {
        format!("{}{}", self.base, at::members_atom(self.slug(), &self.made.secret))
    }

    /// Writes how a site signs a token, in a language that many of them are written in.
    fn sample(&self) -> String {
        let address = at::members_frame(self.slug(), "");
        format!(
            "$fin = time() + 600;\n$ligne = \"{}.$membre.$fin\";\n$jeton = $ligne . '.' . hash_hmac('sha256', $ligne, $secret);\n$adresse = \"{}{address}$jeton\";",
            self.made.id.simple(),
            self.base,
        )
    }
}

/// Writes the markup with which a site shows an address in a frame.
fn frame(address: &str) -> String {
    format!(
        "<iframe src=\"{address}\" title=\"Beffroi\" width=\"100%\" height=\"900\" loading=\"lazy\" referrerpolicy=\"no-referrer\"></iframe>"
    )
}

fn label(field: &str) -> String {
    format!("embedding-field-{field}")
}

async fn found(visitor: &Visitor, slug: &str) -> Result<EmbeddingView, crate::shell::Problem> {
    visitor.signed_in()?;
    let query = ViewEmbedding { slug: slug.to_owned() };
    read(&visitor.context, query).await.map_err(|e| visitor.problem(e))
}

fn framed(visitor: &Visitor, view: &EmbeddingView, title: &str) -> Page {
    let slug = &view.programme.slug;
    visitor
        .page(visitor.t(title))
        .under(&view.programme.name, addresses::programme::programme(slug))
        .under(visitor.t("sharing-members-title"), sharing::members(slug))
        .with_notice(view.programme.notice)
}

async fn page(visitor: &Visitor, slug: &str, form: Submitted, errors: Errors) -> Answer {
    let view = found(visitor, slug).await?;
    let status = if errors.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let shown = view.sites.join("\n");
    let typed = if errors.any() && !form.text("shown_with").is_empty() {
        form.text("sites")
    } else {
        shown.clone()
    };
    let limits = &visitor.web.app.settings.limits;
    let template = KeysPage {
        page: framed(visitor, &view, "embedding-title").here(),
        typed,
        shown,
        days: Some(form.text("days"))
            .filter(|days| !days.is_empty())
            .unwrap_or_else(|| limits.member_link_days.to_string()),
        organisation: form.text("organisation"),
        href: at::keys(slug),
        base: visitor.web.app.settings.public_url.clone(),
        longest: limits.member_link_days,
        minutes: limits.site_token_minutes,
        view,
        errors,
    };
    Ok(html(status, &template))
}

/// Shows where the results may be taken to.
pub async fn show(visitor: Visitor, Path(slug): Path<String>) -> Answer {
    page(&visitor, &slug, Submitted::default(), Errors::none()).await
}

async fn again(visitor: &Visitor, slug: &str, form: Submitted, error: Error) -> Answer {
    let errors = Errors::of(visitor, error, label)?;
    page(visitor, slug, form, errors).await
}

/// Says which sites may frame them.
pub async fn save_sites(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = SaveSites {
        slug: slug.clone(),
        sites: form.text("sites"),
        shown: form.text("shown"),
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(&visitor.web, &at::keys(&slug), "flash-saved")),
        Err(error) => again(&visitor, &slug, form, error).await,
    }
}

async fn made(visitor: &Visitor, slug: &str, made: MadeKey, member: bool) -> Answer {
    let view = found(visitor, slug).await?;
    let title = if member {
        "embedding-made-link"
    } else {
        "embedding-made-key"
    };
    let template = MadePage {
        page: framed(visitor, &view, title)
            .under(visitor.t("embedding-title"), at::keys(slug))
            .here()
            .showing_once(true),
        made,
        member,
        href: at::keys(slug),
        base: visitor.web.app.settings.public_url.clone(),
        minutes: visitor.web.app.settings.limits.site_token_minutes,
        view,
    };
    Ok(html(StatusCode::OK, &template))
}

/// Gives a site its key, shown this once.
pub async fn make_site_key(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    match perform(&visitor.context, MakeSiteKey { slug: slug.clone() }).await {
        Ok(key) => made(&visitor, &slug, key, false).await,
        Err(error) => again(&visitor, &slug, form, error).await,
    }
}

/// Makes a member's own link, shown this once.
pub async fn make_member_link(visitor: Visitor, Path(slug): Path<String>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = MakeMemberLink {
        slug: slug.clone(),
        organisation: form.id("organisation"),
        days: form.number("days"),
    };
    match perform(&visitor.context, command).await {
        Ok(key) => made(&visitor, &slug, key, true).await,
        Err(error) => again(&visitor, &slug, form, error).await,
    }
}

/// Ends a key.
pub async fn end(visitor: Visitor, Path((slug, key)): Path<(String, Uuid)>, form: Submitted) -> Answer {
    visitor.signed_in()?;
    let command = EndKey {
        slug: slug.clone(),
        key,
    };
    match perform(&visitor.context, command).await {
        Ok(()) => Ok(redirect_with(
            &visitor.web,
            &at::keys(&slug),
            "flash-embedding-key-ended",
        )),
        Err(error) => again(&visitor, &slug, form, error).await,
    }
}
