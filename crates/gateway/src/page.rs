//! The page of a refusal: why, and what to do, in French or English.

use bytes::Bytes;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Response};
use http_body_util::Full;

use crate::refusal::Refusal;

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// French, when nothing else is asked for.
    French,
    /// English.
    English,
}

impl Language {
    /// The language that a request prefers (RFC 9110 §12.5.4): English only when it comes before French.
    pub fn of(headers: &HeaderMap) -> Self {
        let asked = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let weight = |wanted: &str| {
            let weights = asked.split(',').filter_map(|range| {
                let (tag, rest) = range.split_once(';').unwrap_or((range, ""));
                let primary = tag.trim().split('-').next()?;
                let weight: f32 = rest
                    .trim()
                    .strip_prefix("q=")
                    .map_or(Some(1.0), |text| text.parse().ok())?;
                primary.eq_ignore_ascii_case(wanted).then_some(weight)
            });
            weights.fold(0.0, f32::max)
        };
        if weight("en") > weight("fr") {
            Self::English
        } else {
            Self::French
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// What a refusal says: a title, why, what to do.
type Words = [&'static str; 3];

/// Renders a refusal as a whole answer.
pub fn page(refusal: Refusal, language: Language) -> Response<Full<Bytes>> {
    let words = match language {
        Language::French => french(refusal),
        Language::English => english(refusal),
    };
    let mut response = Response::new(Full::new(html(words, language)));
    *response.status_mut() = refusal.status();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    headers.insert("beffroi-refusal", HeaderValue::from_static(refusal.key()));
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(refusal, Refusal::NoCredential | Refusal::WrongCredential) {
        let ask = HeaderValue::from_static("Basic realm=\"Beffroi\", charset=\"UTF-8\"");
        headers.insert(WWW_AUTHENTICATE, ask);
    }
    response
}

fn html([title, why, what]: Words, language: Language) -> Bytes {
    let code = language.code();
    let html = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} — Beffroi</title>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{why}</p>\n<p>{what}</p>\n</main>\n</body>\n</html>\n"
    );
    Bytes::from(html)
}

fn french(refusal: Refusal) -> Words {
    match refusal {
        Refusal::UnknownLease => [
            "Adresse inconnue",
            "Cette adresse ne mène à aucune cible, ou l’accès est terminé.",
            "Ouvrez la page de la campagne : elle donne votre adresse actuelle.",
        ],
        Refusal::NoCredential => [
            "Identifiez-vous",
            "Cette cible n’est ouverte qu’à la personne à qui l’accès a été donné.",
            "Entrez par la page de la campagne, ou donnez à votre outil le jeton qu’elle affiche.",
        ],
        Refusal::WrongCredential => [
            "Jeton refusé",
            "Le jeton donné n’est pas celui de cet accès.",
            "Copiez le jeton affiché sur la page de la campagne.",
        ],
        Refusal::NotFresh => [
            "Passerelle en attente",
            "La passerelle n’a plus de nouvelles de la plateforme et ne laisse donc rien passer.",
            "Réessayez dans quelques secondes.",
        ],
        Refusal::Stopped => [
            "Accès arrêté",
            "Cet accès, cette cible ou toute la passerelle a été arrêté.",
            "La page de la campagne dit pourquoi et jusqu’à quand.",
        ],
        Refusal::NotYetOpen(_) => [
            "Pas encore ouvert",
            "Les tests de cette campagne n’ont pas commencé.",
            "La page de la campagne donne la date d’ouverture.",
        ],
        Refusal::Ended(_) => [
            "Campagne terminée",
            "Les tests de cette campagne sont terminés.",
            "Vos rapports restent sur la plateforme.",
        ],
        Refusal::Paused => [
            "Campagne en pause",
            "L’organisateur a suspendu les tests.",
            "Attendez l’annonce de la reprise sur la page de la campagne.",
        ],
        Refusal::OutsideHours => [
            "Hors des heures de test",
            "Les tests sont permis à certaines heures seulement.",
            "La page de la campagne donne ces heures.",
        ],
        Refusal::RulesNotAccepted => [
            "Règles à accepter",
            "Les règles de la campagne ont changé ou n’ont pas été acceptées.",
            "Lisez-les et acceptez-les sur la page de la campagne.",
        ],
        Refusal::Suspended => [
            "Participation suspendue",
            "Votre participation est suspendue.",
            "Écrivez à l’organisateur depuis la page de la campagne.",
        ],
        Refusal::PathOutOfScope => [
            "Hors du périmètre",
            "Ce chemin ne fait pas partie de ce qui peut être testé.",
            "Le périmètre est écrit sur la page de la campagne.",
        ],
        Refusal::MethodNotAllowed => [
            "Méthode non permise",
            "Cette méthode HTTP n’est pas permise sur cette cible.",
            "Le périmètre est écrit sur la page de la campagne.",
        ],
        Refusal::TooFast(_) => [
            "Trop de requêtes",
            "Le nombre de requêtes par seconde est dépassé.",
            "Réglez votre outil sur un débit plus faible.",
        ],
        Refusal::TooManyAtOnce => [
            "Trop de requêtes à la fois",
            "Trop de requêtes sont en cours en même temps.",
            "Réglez votre outil sur moins de connexions.",
        ],
        Refusal::TooMuch => [
            "Volume épuisé",
            "Le volume de données prévu pour cet accès est épuisé.",
            "Demandez-en plus à l’organisateur depuis la page de la campagne.",
        ],
        Refusal::TargetNotReady => [
            "Cible pas prête",
            "La cible démarre, est remise à zéro, ou ne va pas bien.",
            "Réessayez dans quelques secondes ; la page de la campagne dit son état.",
        ],
        Refusal::TargetUnreachable => [
            "Cible injoignable",
            "La cible n’a pas répondu, ou a coupé la connexion.",
            "Réessayez ; si cela dure, remettez-la à zéro depuis la page de la campagne.",
        ],
        Refusal::TargetTooSlow => [
            "Cible trop lente",
            "La cible n’a pas répondu à temps.",
            "Réessayez ; si cela dure, remettez-la à zéro depuis la page de la campagne.",
        ],
        Refusal::RecordingFull => [
            "Enregistrement plein",
            "Il n’y a plus de place pour enregistrer, et rien ne passe sans l’être.",
            "L’exploitant est prévenu ; l’accès rouvre de lui-même.",
        ],
        Refusal::RecordingFailed => [
            "Enregistrement interrompu",
            "Les échanges ne peuvent pas être enregistrés, et rien ne passe sans l’être.",
            "Réessayez dans quelques secondes ; l’accès rouvre de lui-même.",
        ],
        Refusal::Ambiguous => [
            "Requête ambiguë",
            "Cette requête peut se lire de deux façons ; la passerelle ne la transmet pas.",
            "Envoyez une seule longueur, un seul hôte, et une forme que HTTP définit.",
        ],
        Refusal::HeadTooLarge => [
            "En-têtes trop longs",
            "Les en-têtes de cette requête sont trop longs ou trop nombreux.",
            "Envoyez moins d’en-têtes ou de cookies.",
        ],
    }
}

fn english(refusal: Refusal) -> Words {
    match refusal {
        Refusal::UnknownLease => [
            "Unknown address",
            "This address leads to no target, or the access has ended.",
            "Open the campaign’s page: it gives your present address.",
        ],
        Refusal::NoCredential => [
            "Please sign in",
            "This target is open only to the person who was given access.",
            "Enter by the campaign’s page, or give your tool the token that it shows.",
        ],
        Refusal::WrongCredential => [
            "Token refused",
            "The token is not the one of this access.",
            "Copy the token that the campaign’s page shows.",
        ],
        Refusal::NotFresh => [
            "Gateway waiting",
            "The gateway has no news of the platform and lets nothing pass.",
            "Try again in a few seconds.",
        ],
        Refusal::Stopped => [
            "Access stopped",
            "This access, this target or the whole gateway was stopped.",
            "The campaign’s page says why and for how long.",
        ],
        Refusal::NotYetOpen(_) => [
            "Not open yet",
            "Testing in this campaign has not begun.",
            "The campaign’s page gives the opening date.",
        ],
        Refusal::Ended(_) => [
            "Campaign ended",
            "Testing in this campaign has ended.",
            "Your reports remain on the platform.",
        ],
        Refusal::Paused => [
            "Campaign paused",
            "The organiser has paused testing.",
            "Wait for the news on the campaign’s page.",
        ],
        Refusal::OutsideHours => [
            "Outside testing hours",
            "Testing is allowed at certain hours only.",
            "The campaign’s page gives these hours.",
        ],
        Refusal::RulesNotAccepted => [
            "Rules to accept",
            "The rules of the campaign changed or were not accepted.",
            "Read and accept them on the campaign’s page.",
        ],
        Refusal::Suspended => [
            "Participation suspended",
            "Your participation is suspended.",
            "Write to the organiser from the campaign’s page.",
        ],
        Refusal::PathOutOfScope => [
            "Out of scope",
            "This path is not part of what may be tested.",
            "The scope is written on the campaign’s page.",
        ],
        Refusal::MethodNotAllowed => [
            "Method not allowed",
            "This HTTP method is not allowed on this target.",
            "The scope is written on the campaign’s page.",
        ],
        Refusal::TooFast(_) => [
            "Too many requests",
            "The number of requests in a second is exceeded.",
            "Set your tool to a lower rate.",
        ],
        Refusal::TooManyAtOnce => [
            "Too many requests at once",
            "Too many requests are under way at the same time.",
            "Set your tool to fewer connections.",
        ],
        Refusal::TooMuch => [
            "Volume used up",
            "The volume of data of this access is used up.",
            "Ask the organiser for more from the campaign’s page.",
        ],
        Refusal::TargetNotReady => [
            "Target not ready",
            "The target is starting, being reset, or unwell.",
            "Try again in a few seconds; the campaign’s page shows its state.",
        ],
        Refusal::TargetUnreachable => [
            "Target unreachable",
            "The target did not answer, or cut the connection.",
            "Try again; if it lasts, reset it from the campaign’s page.",
        ],
        Refusal::TargetTooSlow => [
            "Target too slow",
            "The target did not answer in time.",
            "Try again; if it lasts, reset it from the campaign’s page.",
        ],
        Refusal::RecordingFull => [
            "Recording full",
            "There is no room left to record, and nothing passes unrecorded.",
            "The operator is told; access opens again by itself.",
        ],
        Refusal::RecordingFailed => [
            "Recording interrupted",
            "Exchanges cannot be recorded, and nothing passes unrecorded.",
            "Try again in a few seconds; access opens again by itself.",
        ],
        Refusal::Ambiguous => [
            "Ambiguous request",
            "This request can be read in two ways; the gateway does not pass it on.",
            "Send one length, one host, and a form that HTTP defines.",
        ],
        Refusal::HeadTooLarge => [
            "Head too large",
            "The header fields of this request are too long or too many.",
            "Send fewer fields or cookies.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_comes_first_and_english_when_preferred() {
        let table = [
            ("", Language::French),
            ("fr", Language::French),
            ("de", Language::French),
            ("en", Language::English),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::English),
            ("fr-FR,fr;q=0.9,en;q=0.8", Language::French),
            ("en;q=0.5, fr;q=0.7", Language::French),
            ("en;q=nonsense", Language::French),
        ];
        for (asked, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(asked));
            assert_eq!(Language::of(&headers), expected, "{asked}");
        }
        assert_eq!(Language::of(&HeaderMap::new()), Language::French);
    }

    #[test]
    fn a_page_says_why_and_how_to_sign_in() {
        let response = page(Refusal::NoCredential, Language::English);
        assert_eq!(response.status(), 401);
        assert!(
            response.headers()[WWW_AUTHENTICATE]
                .to_str()
                .unwrap()
                .starts_with("Basic ")
        );
        assert_eq!(page(Refusal::TooFast(3), Language::French).headers()[RETRY_AFTER], "3");
        assert!(
            page(Refusal::Paused, Language::French)
                .headers()
                .get(WWW_AUTHENTICATE)
                .is_none()
        );
    }
}
