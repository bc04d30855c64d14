# Rejeux des échanges enregistrés.

replay-title = Rejeu
replay-make = Rejouer ces échanges
replay-make-hint = Les requêtes repartent vers la cible de la campagne, avec les témoins et jetons qu’elle émet cette fois.
replay-by = Rejeu par { $name }, { $date }
replay-readers = Lu par l’exploitant et l’organisateur ; mots de passe, témoins et jetons sont masqués
replay-text = Chaque requête a été renvoyée telle qu’enregistrée. À gauche ce que la cible a répondu au chasseur, à droite ce qu’elle a répondu maintenant.
replay-result-same = Mêmes réponses
replay-result-same-but-volatile = Mêmes réponses, à ce qui change toujours près
replay-result-different = Réponses différentes
replay-result-no-answer = Sans réponse
replay-trouble-unreachable = La cible n’a pas été jointe. Vérifiez qu’elle tourne, puis rejouez.
replay-trouble-too-slow = La cible a mis trop longtemps à répondre.
replay-trouble-broken = Ce que la cible a répondu n’est pas du HTTP lisible.
replay-trouble-unsendable = Cette requête ne peut pas être renvoyée telle quelle.
replay-trouble-upgrade = Un échange WebSocket n’est pas rejoué : dites dans la reproduction ce que vous avez vu.
replay-trouble-limited = Le rejeu s’est arrêté à sa limite de temps ou de nombre.
replay-carried = { $n ->
    [one] { $n } valeur reprise de la cible
   *[other] { $n } valeurs reprises de la cible
}
replay-no-difference = Aucune différence.
replay-differences = { $n ->
    [one] { $n } différence
   *[other] { $n } différences
}
replay-recorded = Enregistré
replay-recorded-body = Corps enregistré
replay-replayed = Rejoué
replay-replayed-body = Corps rejoué
replay-column-place = Où
replay-column-expected = Attendu
replay-expected = Attendu
replay-unexpected = À regarder
replay-place-status = Statut
replay-place-field = En-tête { $name }
replay-place-json = JSON { $name }
replay-place-line = Ligne { $name }
replay-place-body = Corps
replay-place-more = D’autres différences
replay-verdict-heading = Ce que montre ce rejeu
replay-field-verdict = La faille se reproduit-elle ?
replay-field-text = Ce que vous avez vu
replay-field-text-hint = Une phrase ou deux : ce qui, dans la réponse, montre la faille ou son absence.
replay-record = Consigner le verdict
replay-judged = Cette reproduction juge un rejeu.
replay-field-unreplayed = Pourquoi un rejeu ne peut pas le montrer
replay-field-unreplayed-hint = Des échanges sont joints à ce signalement. Sans rejeu, il faut cette raison pour vérifier : par exemple une faille qui demande un navigateur.
replay-error-no-target = La cible de ces échanges n’est plus dans la campagne, est arrêtée, ou n’a pas été trouvée.
report-error-not-replayed = Des échanges sont joints : rejouez-les, ou consignez une reproduction qui dit pourquoi un rejeu ne peut pas le montrer.
report-event-replayed = Échanges rejoués
flash-replayed = Échanges rejoués.
replay-error-not-started = La copie propre de la cible n’a pas démarré à temps. Rejouez ; si cela se répète, prévenez l’organisateur.
replay-trouble-untrusted = La cible ne parle pas TLS, ou son certificat n’est pas reconnu. La requête n’est pas partie.
replay-error-no-answer = Ce rejeu n’a pas eu toutes ses réponses. Rejouez, ou dites comment la faille s’est montrée.
replay-error-under-way = Un rejeu de cette cible est en cours : son résultat paraît au signalement dès qu’il est là.
replay-error-campaign = La campagne n’est pas en cours : rien n’est envoyé à ses cibles. Une fois reprise, rejouez.
replay-error-authorised = Une autorisation manque, a expiré ou a été retirée : rien n’est envoyé à cette cible.
replay-error-too-often = Ce signalement a été rejoué autant de fois qu’il peut l’être. Consignez ce que les rejeux ont montré.
report-event-replay-begun = Rejeu lancé
