//! The look of the portal: one plain frame round what each page says.

/// Puts a page into its frame.
pub(crate) fn frame(title: &str, account: Option<&str>, body: &str) -> String {
    let who = account.map_or_else(
        || "<a href=\"/connexion\">Se connecter</a>".to_owned(),
        |account| format!("<a href=\"/compte\">{}</a>", escape(account)),
    );
    format!(
        "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title} – Ville de Fauxbourg</title>\
         <style>body{{font-family:sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}}nav a{{display:inline-block;margin-right:1rem}}\
         li{{margin:.3rem 0}}</style></head><body>\
         <header><p><strong>Ville de Fauxbourg</strong> (commune inventée)</p><nav><a href=\"/\">Accueil</a>\
         <a href=\"/annuaire\">Annuaire</a><a href=\"/messages\">Livre d’or</a><a href=\"/documents\">Documents</a>{who}</nav>\
         </header><main><h1>{title}</h1>{body}</main></body></html>"
    )
}

/// Writes a text so that a browser shows it and nothing else.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

pub(crate) const HOME: &str = "<p>Vos démarches en ligne : demandes, annuaire des services, documents à joindre.</p>\
<p><a href=\"/sortie?vers=https://www.service-public.example/\">Les démarches nationales</a></p>";

pub(crate) const SIGN_IN: &str = "<form method=\"post\" action=\"/connexion\"><p><label>Identifiant \
<input name=\"identifiant\" autocomplete=\"username\"></label></p><p><label>Mot de passe \
<input type=\"password\" name=\"passe\" autocomplete=\"current-password\"></label></p><p><button>Se connecter</button></p></form>";

pub(crate) const SEARCH: &str = "<form action=\"/annuaire\"><label>Nom du service <input name=\"nom\"></label> \
<button>Chercher</button></form>";

pub(crate) const WRITE: &str = "<form method=\"post\" action=\"/messages\"><p><label>Votre message \
<input name=\"message\"></label> <button>Publier</button></p></form>";

pub(crate) const DEPOSIT: &str = "<form method=\"post\" action=\"/documents\"><p><label>Nom du fichier \
<input name=\"nom\"></label></p><p><label>Contenu <textarea name=\"contenu\"></textarea></label></p>\
<p><button>Déposer</button></p></form>";
