//! A programme's results outside the platform: under which headers, in which shape, and for how long.

mod xml;

use crate::generated::compare;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::ids::OrganisationId;
use domain::role::GrantScope;
use domain::time::{DAY, MINUTE, SECOND};
use std::path::Path;
use story::{Part, Told};
use testkit::{TestApp, each_engine};
use tower::ServiceExt;
use use_cases::embedding::{EndKey, MadeKey, MakeMemberLink, MakeSiteKey, SaveSites, ViewEmbedding, token_line};
use use_cases::organisation::EndGrant;
use use_cases::programme::{EndMember, ViewMembers};
use use_cases::{Error, perform, read};

const NOTICE: &str = "Opération pédagogique et de sensibilisation, ne constitue pas un audit.";
const SITE: &str = "https://communaute.example";

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Asks with the cookie of somebody who has signed in: it must make no difference.
async fn get(app: &TestApp, path: &str, cookie: &str) -> Got {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "beffroi.test")
        .header(header::COOKIE, format!("beffroi_session={cookie}; beffroi_langue=en"))
        .header(header::ACCEPT_LANGUAGE, "en")
        .body(Body::empty())
        .unwrap();
    let answer = app.site().oneshot(request).await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    Got {
        status,
        headers,
        text: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn allow(told: &Told, sites: &str, shown: &str) -> SaveSites {
    SaveSites {
        slug: told.slug.to_owned(),
        sites: sites.to_owned(),
        shown: shown.to_owned(),
    }
}

fn link(told: &Told, organisation: OrganisationId, days: i64) -> MakeMemberLink {
    MakeMemberLink {
        slug: told.slug.to_owned(),
        organisation: Some(organisation),
        days: Some(days),
    }
}

/// The three ways in which members' results are read with a token.
fn ways(slug: &str, token: &str) -> [String; 3] {
    ["integration", "json", "atom"].map(|way| format!("/programmes/{slug}/membres/{way}/{token}"))
}

async fn opens(app: &TestApp, told: &Told, token: &str) -> bool {
    let mut statuses = Vec::new();
    for way in ways(told.slug, token) {
        let got = get(app, &way, "").await;
        if got.status != StatusCode::OK {
            assert!(!got.text.contains("Guichet"), "{way} tells something");
        }
        statuses.push(got.status);
    }
    assert!(statuses.windows(2).all(|two| two[0] == two[1]), "{statuses:?}");
    assert!(
        matches!(statuses[0], StatusCode::OK | StatusCode::NOT_FOUND),
        "{statuses:?}"
    );
    statuses[0] == StatusCode::OK
}

/// Writes a token as a site does that knows nothing but its key's identifier and secret.
fn signed(key: &MadeKey, member: OrganisationId, until: i64) -> String {
    let line = token_line(key.id, member, until);
    let signature = sealing::sign_line(&key.secret, &line);
    format!("{line}.{signature}")
}

async fn end_role(app: &TestApp, told: &Told, part: &Part) {
    let grants = app
        .store
        .snapshot()
        .await
        .unwrap()
        .grants(part.person, app.app.clock.now())
        .await
        .unwrap();
    let administrator = told.cast.administrator.context(app);
    for grant in grants.iter().filter(|grant| grant.scope == GrantScope::Organisation) {
        perform(&administrator, EndGrant(grant.id)).await.unwrap();
    }
}

each_engine! {
    async fn what_everybody_reads_goes_out_under_headers_of_its_own(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        let slug = told.slug;
        let organiser = told.cast.organisers[0].context(&app);
        let cookie = &told.cast.organisers[0].token;
        let frame = format!("/programmes/{slug}/public/integration");
        let closed = get(&app, &frame, cookie).await;
        assert!(closed.header("content-security-policy").ends_with("frame-ancestors 'none'"));

        for wrong in ["http://communaute.example", "https://communaute.example/page", "*", "https://*.example"] {
            let refused = perform(&organiser, allow(&told, wrong, "")).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{wrong}: {refused:?}");
        }
        perform(&organiser, allow(&told, &format!("{SITE}/\n{SITE}"), "")).await.unwrap();
        let late = perform(&organiser, allow(&told, "", "")).await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        let officer = told.cast.towns[0].officer.context(&app);
        let refused = perform(&officer, allow(&told, "https://ailleurs.example", SITE)).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");

        let framed = get(&app, &frame, cookie).await;
        assert_eq!(framed.status, StatusCode::OK);
        let policy = framed.header("content-security-policy");
        assert!(policy.ends_with(&format!("frame-ancestors {SITE}")), "{policy}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{policy}");
        assert!(framed.text.contains("lang=\"fr\"") && framed.text.contains(NOTICE) && !framed.text.contains("<script"));
        assert!(!framed.text.contains("Claire Vasseur"), "nobody in particular asks");
        let english = get(&app, &format!("{frame}?lang=en"), "").await;
        assert!(english.text.contains("lang=\"en\""));

        let json = get(&app, &format!("/programmes/{slug}/public.json"), cookie).await;
        assert_eq!(json.header("content-type"), "application/json");
        let results: web::PublicResults = serde_json::from_str(&json.text).unwrap();
        assert_eq!(results.notice.as_deref(), Some(NOTICE));
        assert_eq!(results.advisories.len(), 1);
        for figure in results.figures.iter().filter(|f| ["organisations", "hunters", "up-to-date"].contains(&f.what.as_str())) {
            assert!(figure.value.is_none_or(|value| value >= 5), "{} is small", figure.what);
        }
        let atom = get(&app, &format!("/programmes/{slug}/public.atom"), cookie).await;
        assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
        assert_eq!(xml::check_feed(&atom.text), 1);
        assert!(atom.text.contains(NOTICE));
        for got in [&framed, &json, &atom] {
            assert_eq!(got.header("cache-control"), "public, max-age=60");
            assert!(got.headers.get("set-cookie").is_none(), "no cookie is set");
            for hidden in &told.vulnerabilities[..4] {
                assert!(!got.text.contains(&hidden.to_string()), "{hidden} is not public");
            }
        }

        perform(&organiser, allow(&told, "", SITE)).await.unwrap();
        let closed = get(&app, &frame, "").await;
        assert!(closed.header("content-security-policy").ends_with("frame-ancestors 'none'"));
        app.settle().await;
    }

    async fn a_members_link_opens_while_everything_behind_it_holds(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        let (town, slug) = (&told.cast.towns[0], told.slug);
        let (officer, organiser) = (town.officer.context(&app), told.cast.organisers[0].context(&app));
        for (who, organisation, days) in [
            (&officer, told.cast.towns[1].id, 7),
            (&officer, town.id, 0),
            (&officer, town.id, 32),
        ] {
            let refused = perform(who, link(&told, organisation, days)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        for who in [&told.cast.vendor_contact, &told.cast.supervisor, &told.students[0]] {
            let refused = perform(&who.context(&app), link(&told, town.id, 7)).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{}: {refused:?}", who.name);
        }
        let made = perform(&officer, link(&told, town.id, 7)).await.unwrap();
        let token = made.secret.clone();
        assert!(opens(&app, &told, &token).await);
        for way in ways(slug, &token) {
            let got = get(&app, &way, "").await;
            assert_eq!(got.header("cache-control"), "private, no-store", "{way}");
            assert_eq!(got.header("referrer-policy"), "no-referrer", "{way}");
            assert_eq!(got.header("x-robots-tag"), "noindex, nofollow", "{way}");
            assert!(got.headers.get("access-control-allow-origin").is_none(), "{way}");
            assert!(got.headers.get("set-cookie").is_none() && got.text.contains(NOTICE), "{way}");
        }
        let [_, json, atom] = ways(slug, &token);
        let results: web::MembersResults = serde_json::from_str(&get(&app, &json, "").await.text).unwrap();
        assert_eq!(results.reader, town.name);
        assert!(results.campaigns.iter().flat_map(|c| &c.products).any(|product| product.total > 0));
        assert!(xml::check_feed(&get(&app, &atom, "").await.text) > 0);

        // Nothing but the token itself opens.
        let other = told.cast.towns[1].id.0.simple().to_string();
        let wrong = [
            token[..token.len() - 1].to_owned(),
            format!("{token}0"),
            token.to_uppercase(),
            token.replace(&town.id.0.simple().to_string(), &other),
            signed(&MadeKey { secret: String::new(), ..made.clone() }, town.id, i64::MAX / SECOND),
            signed(&made, town.id, made.expires_at.0 / SECOND),
        ];
        for token in wrong {
            assert!(!opens(&app, &told, &token).await, "{token}");
        }

        // A copy each: the link ends, its time comes, the membership ends, the role ends.
        let key = EndKey { slug: slug.to_owned(), key: made.id };
        let elsewhere = perform(&told.cast.towns[1].officer.context(&app), key.clone()).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
        let second = perform(&officer, link(&told, town.id, 7)).await.unwrap();
        perform(&officer, key).await.unwrap();
        assert!(!opens(&app, &told, &token).await);
        assert!(opens(&app, &told, &second.secret).await);
        let view = read(&officer, ViewEmbedding { slug: slug.to_owned() }).await.unwrap();
        assert_eq!(view.keys.iter().map(|line| line.key.id).collect::<Vec<_>>(), [second.id]);
        let mayor = perform(&told.cast.mayor.context(&app), link(&told, town.id, 31)).await.unwrap();
        end_role(&app, &told, &town.officer).await;
        assert!(!opens(&app, &told, &second.secret).await, "the role ended");
        assert!(opens(&app, &told, &mayor.secret).await);
        let members = ViewMembers { slug: slug.to_owned(), search: String::new() };
        let members = read(&organiser, members).await.unwrap().members;
        let member = members.iter().find(|member| member.organisation.id == town.id).unwrap().id;
        app.clock.advance(30 * DAY);
        assert!(opens(&app, &told, &mayor.secret).await);
        perform(&organiser, EndMember { slug: slug.to_owned(), member }).await.unwrap();
        assert!(!opens(&app, &told, &mayor.secret).await, "the membership ended");
        app.settle().await;
    }

    async fn a_site_signs_for_the_members_it_knows(app: TestApp) {
        let mut app = app;
        let told = app.told().await;
        let (town, slug) = (&told.cast.towns[0], told.slug.to_owned());
        let refused = perform(&town.officer.context(&app), MakeSiteKey { slug: slug.clone() }).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let organiser = told.cast.organisers[0].context(&app);
        let key = perform(&organiser, MakeSiteKey { slug: slug.clone() }).await.unwrap();
        let now = app.app.clock.now().0;
        let minutes = |minutes: i64| (now + minutes * MINUTE) / SECOND;
        for (member, until, open) in [
            (town.id, minutes(10), true),
            (town.id, minutes(60), true),
            (town.id, minutes(62), false),
            (town.id, minutes(0), false),
            (town.id, minutes(-10), false),
            (told.cast.vendor, minutes(10), false),
            (OrganisationId(uuid::Uuid::nil()), minutes(10), false),
        ] {
            assert_eq!(opens(&app, &told, &signed(&key, member, until)).await, open, "{member} {until}");
        }
        let token = signed(&key, town.id, minutes(60));
        let frame = get(&app, &ways(&slug, &token)[0], "").await;
        assert!(frame.header("content-security-policy").ends_with("frame-ancestors 'none'"));
        perform(&organiser, allow(&told, SITE, "")).await.unwrap();
        let frame = get(&app, &ways(&slug, &token)[0], "").await;
        assert!(frame.header("content-security-policy").ends_with(SITE) && frame.text.contains(town.name));
        app.clock.advance(61 * MINUTE);
        assert!(!opens(&app, &told, &token).await, "it ended");
        let fresh = signed(&key, town.id, minutes(61 + 10));
        assert!(opens(&app, &told, &fresh).await);
        end_role(&app, &told, &told.cast.organisers[0]).await;
        assert!(!opens(&app, &told, &fresh).await, "who made the key is no organiser any more");
        app.settle().await;
    }
}

#[test]
fn the_formats_are_described() {
    for (name, schema) in web::schemas() {
        compare(&Path::new("docs/formats").join(name), &schema);
    }
}
