## The desk

desk-title = Mon bureau
desk-count = { $n ->
    [0] Rien n’attend
    [one] Une chose à faire
   *[other] { $n } choses à faire
}
desk-before = avant le { $date }
desk-late = En retard
desk-soon = Bientôt
desk-roles = Mes rôles
desk-places = Mes listes
desk-no-role = Vous n’avez pas encore de rôle. Ouvrez le lien d’invitation que vous avez reçu, ou demandez-en un à votre organisation.
desk-more = D’autres éléments vous attendent, en plus de ceux qui sont nommés ici
desk-more-action = Voir la liste
desk-empty-title = Tout est en ordre
desk-empty-text = Rien ne vous attend pour le moment. Un courriel vous préviendra dès qu’une étape vous concernera.
desk-empty-action = Voir les programmes et leurs calendriers
desk-organisations-title = Mes organisations
desk-organisations-link = Mes organisations côte à côte
desk-organisations-lead = Chaque organisation pour laquelle vous avez un rôle, ce que vous y êtes et ce qui vous y attend.
desk-organisations-empty = Aucune organisation pour l’instant
desk-organisations-delegated = Lui délèguent leur administration
desk-organisations-more = Ce qui vous attend ici se lit avec le reste sur
