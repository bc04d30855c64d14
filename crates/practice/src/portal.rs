//! The portal of an invented town hall, with these holes, each made on purpose:
//!
//! | Hole | Where | How it shows |
//! | --- | --- | --- |
//! | SQL injection (CWE-89) | `GET /annuaire?nom=` | `x' or '1'='1' -- ` lists what is not public; errors are shown |
//! | The same where only yes or no shows | `GET /service?code=` | `accueil' and 1=1 and 'a'='a`: what command-line scanners find first |
//! | Stored script (CWE-79) | `POST /messages`, field `message` | the page `/messages` runs it |
//! | Somebody else's request (CWE-639) | `GET /demandes/1042` as `camille` | any signed-in account reads any number |
//! | A path out of the folder (CWE-22) | `GET /documents?nom=../proc/self/environ` | files of the container |
//! | Deposit anywhere (CWE-434) | `POST /documents`, field `nom` | `../` is followed, any type is taken |
//! | Open redirect (CWE-601) | `GET /sortie?vers=` | any address is followed |
//! | Sessions that can be guessed (CWE-330) | cookie `session` | numbers from 7000 on |
//! | The name of the host is believed (CWE-644) | `Host` at `POST /connexion` | the redirect is absolute |

use crate::http::{self, Request, Response};
use crate::pages::{self, escape, frame};
use crate::select::select;
use crate::state::{ACCOUNTS, DEMANDS, State, directory};

/// Serves the portal until the process ends.
pub(crate) fn serve(address: &str, folder: &str) -> std::io::Result<()> {
    let state = State::new(folder);
    http::serve(address, move |request| answer(&state, request))
}

fn answer(state: &State, request: &Request) -> Response {
    let account = request.cookie("session").and_then(|token| state.account(token));
    let account = account.as_deref();
    let show = |title: &str, body: &str| Response::page(200, frame(title, account, body));
    let number = request.path.strip_prefix("/demandes/");
    match (request.method.as_str(), request.path.as_str()) {
        ("GET" | "HEAD", "/") => show("Bienvenue", pages::HOME),
        ("GET" | "HEAD", "/sante") => Response::text(200, "ok".to_owned()),
        ("GET", "/connexion") => show("Connexion", pages::SIGN_IN),
        ("POST", "/connexion") => sign_in(state, request),
        ("GET", "/compte") => match account {
            Some(account) => show("Mon compte", &demands_of(account)),
            None => Response::redirect("/connexion".to_owned()),
        },
        ("GET", "/annuaire") => search(account, request),
        ("GET", "/service") => service(account, request),
        ("GET", "/messages") => show("Livre d’or", &messages(state)),
        ("POST", "/messages") => write_message(state, request),
        ("GET", "/documents") if request.query.contains_key("nom") => read_document(state, request),
        ("GET", "/documents") => show("Documents", pages::DEPOSIT),
        ("POST", "/documents") => deposit(state, request),
        ("GET", "/sortie") => Response::redirect(request.query("vers").replace(['\r', '\n'], "")),
        ("GET", _) if number.is_some() => demand(account, number.unwrap_or_default()),
        _ => missing(account),
    }
}

fn missing(account: Option<&str>) -> Response {
    Response::page(
        404,
        frame("Page introuvable", account, "<p>Cette page n’existe pas.</p>"),
    )
}

fn sign_in(state: &State, request: &Request) -> Response {
    let form = request.form();
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let known = ACCOUNTS.contains(&(field("identifiant"), field("passe")));
    if !known {
        let body = format!("<p>Identifiant ou mot de passe inconnu.</p>{}", pages::SIGN_IN);
        return Response::page(401, frame("Connexion", None, &body));
    }
    let host = request.fields.get("host").map_or("localhost", String::as_str);
    let mut response = Response::redirect(format!("http://{host}/compte"));
    let token = state.open(field("identifiant"));
    response.fields.push(("Set-Cookie", format!("session={token}; Path=/")));
    response
}

fn demands_of(account: &str) -> String {
    let own = DEMANDS.iter().filter(|demand| demand.author == account);
    let items: String = own
        .map(|demand| format!("<li><a href=\"/demandes/{0}\">Demande {0}</a></li>", demand.number))
        .collect();
    format!("<ul>{items}</ul>")
}

/// Shows a request to whoever is signed in. Hole: its author is not asked for.
fn demand(account: Option<&str>, number: &str) -> Response {
    let Some(account) = account else {
        return Response::redirect("/connexion".to_owned());
    };
    let found = DEMANDS.iter().find(|demand| demand.number.to_string() == number);
    let Some(demand) = found else {
        return missing(Some(account));
    };
    let body = format!("<p>{}</p><p>Déposée par {}</p>", escape(demand.text), demand.author);
    Response::page(200, frame(&format!("Demande {number}"), Some(account), &body))
}

/// Searches the directory. Hole: what is typed becomes part of the condition.
fn search(account: Option<&str>, request: &Request) -> Response {
    let name = request.query("nom");
    let condition = format!("nom like '%{name}%' and public = 1");
    let rows = directory();
    let found = match select(&rows, &condition) {
        Ok(found) => found,
        Err(error) => {
            let body = format!("<p>{}</p>{}", escape(&error), pages::SEARCH);
            return Response::page(500, frame("Annuaire", account, &body));
        }
    };
    let items: String = found
        .iter()
        .map(|row| {
            let (code, name, telephone) = (escape(&row["code"]), escape(&row["nom"]), escape(&row["telephone"]));
            format!("<li><a href=\"/service?code={code}\">{name}</a> : {telephone}</li>")
        })
        .collect();
    let body = format!("{}<p>{} réponses</p><ul>{items}</ul>", pages::SEARCH, found.len());
    Response::page(200, frame("Annuaire", account, &body))
}

/// Shows one service. Hole: what stands in the address becomes part of the condition.
fn service(account: Option<&str>, request: &Request) -> Response {
    let rows = directory();
    let found = select(&rows, &format!("code = '{}' and public = 1", request.query("code")));
    match found.as_deref() {
        Ok([row, ..]) => {
            let body = format!(
                "<p>{}, téléphone {}</p>",
                escape(&row["nom"]),
                escape(&row["telephone"])
            );
            Response::page(200, frame("Un service", account, &body))
        }
        Ok([]) => Response::page(200, frame("Un service", account, "<p>Aucun service de ce nom.</p>")),
        Err(error) => Response::page(500, frame("Un service", account, &format!("<p>{}</p>", escape(error)))),
    }
}

/// Lists the messages. Hole: they are put into the page as they were typed.
fn messages(state: &State) -> String {
    let items: String = state.messages().iter().map(|one| format!("<li>{one}</li>")).collect();
    format!("{}<ul>{items}</ul>", pages::WRITE)
}

fn write_message(state: &State, request: &Request) -> Response {
    let form = request.form();
    match state.add_message(form.get("message").map_or("", String::as_str)) {
        Ok(()) => Response::redirect("/messages".to_owned()),
        Err(error) => Response::text(507, format!("Le message n’a pas pu être gardé : {error}")),
    }
}

fn read_document(state: &State, request: &Request) -> Response {
    match std::fs::read(state.document(request.query("nom"))) {
        Ok(body) => Response {
            status: 200,
            fields: vec![("Content-Type", "application/octet-stream".to_owned())],
            body,
        },
        Err(error) => Response::text(404, format!("Document introuvable : {error}")),
    }
}

/// Keeps a document: from the form, or a body as it is under the name of the address.
fn deposit(state: &State, request: &Request) -> Response {
    let form = request.form();
    let raw = request
        .query
        .get("nom")
        .map(|name| (name.as_str(), request.body.as_slice()));
    let typed = form.get("nom").zip(form.get("contenu"));
    let typed = typed.map(|(name, body)| (name.as_str(), body.as_bytes()));
    let Some((name, body)) = raw.or(typed) else {
        return Response::text(400, "Il manque un nom.".to_owned());
    };
    match std::fs::write(state.document(name), body) {
        Ok(()) => Response::text(201, format!("Déposé : {name}")),
        Err(error) => Response::text(507, format!("Le document n’a pas pu être gardé : {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn request(method: &str, path: &str, query: &[(&str, &str)], body: &str, session: &str) -> Request {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.iter().map(owned).collect(),
            fields: BTreeMap::from([
                ("cookie".to_owned(), format!("session={session}")),
                ("host".to_owned(), "mairie.example".to_owned()),
            ]),
            body: body.as_bytes().to_vec(),
        }
    }

    fn portal() -> (State, std::path::PathBuf) {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("beffroi-practice-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        (State::new(&folder.display().to_string()), folder)
    }

    fn body(response: &Response) -> String {
        String::from_utf8_lossy(&response.body).into_owned()
    }

    #[test]
    fn signing_in_gives_a_session_and_an_absolute_link() {
        let (state, folder) = portal();
        let wrong = answer(
            &state,
            &request("POST", "/connexion", &[], "identifiant=camille&passe=x", ""),
        );
        assert_eq!(wrong.status, 401);
        let good = request("POST", "/connexion", &[], "identifiant=camille&passe=printemps", "");
        let response = answer(&state, &good);
        let fields = format!("{:?}", response.fields);
        assert!(
            fields.contains("http://mairie.example/compte") && fields.contains("session=7000"),
            "{fields}"
        );
        let page = answer(&state, &request("GET", "/compte", &[], "", "7000"));
        assert!(body(&page).contains("1041") && !body(&page).contains("1042"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn each_hole_is_open() {
        let (state, folder) = portal();
        let ask = |query: &[(&str, &str)], path: &str| body(&answer(&state, &request("GET", path, query, "", "7000")));
        assert!(!ask(&[("nom", "maire")], "/annuaire").contains("Ligne directe"));
        assert!(ask(&[("nom", "x' or '1'='1' -- ")], "/annuaire").contains("Ligne directe"));
        assert!(ask(&[("nom", "'")], "/annuaire").contains("SQL error"));
        assert!(ask(&[("code", "accueil' and 1=1 and 'a'='a")], "/service").contains("0199000001"));
        assert!(ask(&[("code", "accueil' and 1=2 and 'a'='a")], "/service").contains("Aucun service"));
        state.open("camille");
        assert!(ask(&[], "/demandes/1042").contains("confidentiel"));
        let script = request(
            "POST",
            "/messages",
            &[],
            "message=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "",
        );
        assert_eq!(answer(&state, &script).status, 303);
        assert!(ask(&[], "/messages").contains("<script>alert(1)</script>"));
        assert!(ask(&[("nom", "../../../../proc/self/status")], "/documents").contains("Name:"));
        let deposit = request("POST", "/documents", &[("nom", "a.php")], "<?php", "");
        assert_eq!(answer(&state, &deposit).status, 201);
        assert_eq!(ask(&[("nom", "a.php")], "/documents"), "<?php");
        let away = answer(
            &state,
            &request("GET", "/sortie", &[("vers", "https://ailleurs.example/")], "", ""),
        );
        assert_eq!(away.fields, [("Location", "https://ailleurs.example/".to_owned())]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_not_signed_in_sees_no_request() {
        let (state, folder) = portal();
        assert_eq!(
            answer(&state, &request("GET", "/demandes/1041", &[], "", "1")).status,
            303
        );
        assert_eq!(answer(&state, &request("GET", "/rien", &[], "", "")).status, 404);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
