# Échanges enregistrés par la passerelle.

exchange-link = Mes échanges enregistrés
exchange-back = Retour à mes échanges
exchange-list-title = Mes échanges
exchange-list-readers = Lu par vous seul, secrets compris ; chaque lecture est inscrite au journal
exchange-list-lead = Tout ce qui passe par vos accès apparaît ici en moins d’une minute. Choisissez ce qui prouve un signalement : le vérificateur le lira et le rejouera.
exchange-kept-until = Ces enregistrements sont détruits le { $date } ; ce qui est joint à un signalement reste avec lui.
exchange-destroyed-title = Enregistrements détruits le { $date }
exchange-destroyed-text = { $n ->
    [one] Un jour après la fin de la campagne, comme annoncé, leur clé a été détruite : personne ne peut plus les lire. Les échanges joints à un signalement restent lisibles avec lui.
   *[other] { $n } jours après la fin de la campagne, comme annoncé, leur clé a été détruite : personne ne peut plus les lire. Les échanges joints à un signalement restent lisibles avec lui.
}
exchange-error-destroyed = Les enregistrements de cette campagne ont été détruits, comme annoncé : personne ne peut plus les lire.
exchange-empty-title = Aucun échange
exchange-empty-text = Prenez d’abord un accès à une cible sur la page de la campagne.
exchange-yet-text = Rien n’est encore passé par vos accès, ou c’était il y a moins d’une minute.
exchange-none-title = Aucun échange ne correspond
exchange-none-text = Élargissez la recherche, ou affichez tout.
exchange-field-method = Méthode
exchange-field-path = Dans le chemin
exchange-field-status = Statut
exchange-field-status-hint = 404 ou 5xx
exchange-field-text = Dans les textes
exchange-field-since = Depuis
exchange-field-until = Jusqu’à
exchange-field-places = Échanges choisis
exchange-field-into = Joindre à
exchange-search = Chercher
exchange-search-all = Tout afficher
exchange-count = { $n ->
    [one] { $n } échange
   *[other] { $n } échanges
}
exchange-messages = { $n ->
    [one] { $n } message WebSocket
   *[other] { $n } messages WebSocket
}
exchange-column-choose = Choix
exchange-column-request = Requête
exchange-column-status = Statut
exchange-column-at = Quand
exchange-column-size = Réponse
exchange-choose = Choisir { $method } { $path }
exchange-more = Échanges plus anciens
exchange-pick-heading = Joindre à un signalement
exchange-new-report = Un nouveau signalement sur { $product }
exchange-pick = Joindre les échanges choisis
exchange-error-none = Choisissez au moins un échange.
exchange-error-too-many = C’est plus d’échanges qu’un signalement n’en prend : gardez ceux qui prouvent.
exchange-error-too-large = Ces échanges pèsent trop lourd : gardez ceux qui prouvent.
exchange-error-status = Un statut est un nombre comme 404, ou une classe comme 5xx.
flash-exchange-picked = Échanges joints au signalement.
exchange-detail-heading = Ce qui est passé
exchange-request = Requête
exchange-request-body = Corps de la requête
exchange-response = Réponse
exchange-response-body = Corps de la réponse
exchange-no-answer = Aucune réponse n’est venue.
exchange-body-cut = La suite n’est pas montrée ; elle est dans l’enregistrement.
exchange-body-bytes = Corps de { $size } qui n’est pas du texte.
exchange-messages-heading = Messages WebSocket
exchange-message-sent = Envoyé
exchange-message-received = Reçu
exchange-evidence-title = Échanges enregistrés
exchange-evidence-back = Retour au signalement
exchange-evidence-text = Enregistrés par la passerelle quand ils sont passés, et joints par leur auteur. Le paquet se vérifie hors ligne, avec « beffroi evidence verify » : son empreinte, la chaîne des enregistrements et la preuve du journal en font foi.
exchange-redacted = Mots de passe, témoins et jetons sont masqués ; l’original reste scellé
exchange-digest = Empreinte du paquet
exchange-logged = Journal
exchange-log-covered = Inscrit le { $date }, rang { $index }
exchange-log-promised = Inscription promise le { $date } ; aucun point de contrôle ne le couvre encore
exchange-log-other = Le journal s’est engagé sur un autre lot que celui-ci : ne vous y fiez pas, et prévenez l’administrateur.
exchange-fingerprint = Cible { $digest }
exchange-har = Télécharger en HAR
exchange-warc = Télécharger en WARC
