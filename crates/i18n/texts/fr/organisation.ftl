## Organisations: the directory, their people, the platform

organisation-directory-title = Annuaire des organisations
organisation-directory-lead = Collectivités, écoles, éditeurs, associations et exploitants connus de cette plateforme.
organisation-directory-count = { $n ->
    [0] Aucune organisation
    [one] { $n } organisation
    [1001] Plus de 1 000 organisations
   *[other] { $n } organisations
}
organisation-directory-none = Aucune organisation ne correspond
organisation-directory-none-text = Vérifiez l’orthographe, ou ne saisissez que le début d’un mot.
organisation-directory-all = Voir tout l’annuaire
organisation-filter-name = Un mot du nom, ou son début
organisation-filter-any-kind = Toutes
organisation-filter-within = Membre de
organisation-pick-hint = Le début du nom, ou le SIREN
organisation-filter-action = Filtrer
organisation-kind-commune = Commune
organisation-kind-epci = Intercommunalité
organisation-kind-ept = Établissement public territorial
organisation-kind-departement = Département
organisation-kind-region = Région
organisation-kind-group = Groupement
organisation-kind-school = École
organisation-kind-vendor = Éditeur
organisation-kind-association = Association
organisation-kind-operator = Exploitant
organisation-kind-state-agency = Service de l’État
organisation-kind-company = Entreprise
organisation-affiliation-territory = Territoire
organisation-affiliation-member = Adhésion
organisation-affiliation-delegated = Administration déléguée
organisation-field-kind = Nature
organisation-field-name = Nom
organisation-field-name-hint = Comme l’organisation l’écrit.
organisation-field-siren = SIREN
organisation-field-siren-hint = Neuf chiffres, s’il est connu.
organisation-field-insee = Code INSEE
organisation-field-insee-hint = Pour une commune, un département ou une région. Exemple : 93048
organisation-field-successor = Remplacée par
organisation-field-within = Organisation
organisation-field-affiliation-kind = Lien
organisation-field-affiliation-kind-hint = L’administration déléguée permet à l’autre organisation d’inviter des personnes et de confirmer des installations.
organisation-field-since = Depuis le
organisation-field-person = Personne
organisation-field-role = Rôle
organisation-field-reach = Portée
organisation-field-label = Repère
organisation-field-label-hint = Pour reconnaître l’invitation dans la liste, sans nom de personne. Exemple : RSSI adjoint.
organisation-field-email = Adresse électronique
organisation-field-email-hint = L’invitation y est envoyée. Sans adresse, vous remettez le lien vous-même.
organisation-field-made = Créée le
organisation-field-until = Valable jusqu’au
organisation-ended = N’existe plus
organisation-ended-since = depuis le { $at }
organisation-fictional = Inventée pour la démonstration
organisation-facts = En bref
organisation-affiliations-title = Appartenances
organisation-affiliations-caption = Ce à quoi l’organisation appartient
organisation-affiliations-empty = Aucune appartenance n’est connue.
organisation-affiliation-end = Fin
organisation-affiliation-end-one = Mettre fin
organisation-affiliate = Ajouter une appartenance
organisation-affiliate-submit = Ajouter l’appartenance
organisation-members-title = { $n ->
    [one] { $n } membre
   *[other] { $n } membres
}
organisation-members-all = Voir tous les membres dans l’annuaire
organisation-products-title = Applications qu’elle édite
organisation-products-all = Voir toutes ses applications
organisation-add-action = Ajouter une organisation
organisation-add-title = Ajouter une organisation
organisation-add-lead = Cherchez d’abord dans l’annuaire : une organisation n’y figure qu’une fois.
organisation-add-submit = Ajouter à l’annuaire
organisation-people-action = Personnes et invitations
organisation-people-title = Personnes et invitations
organisation-roles-title = Qui fait quoi
organisation-roles-count = { $n ->
    [one] { $n } rôle
   *[other] { $n } rôles
}
organisation-roles-empty = Personne n’a encore de rôle
organisation-roles-empty-text = Créez une invitation ci-dessous et remettez son lien à la personne.
organisation-role-end = Fin
organisation-role-end-one = Mettre fin
organisation-role-end-meaning = { $name } perdra aussitôt les droits de ce rôle.
organisation-role-end-submit = Mettre fin à ce rôle
organisation-reach-organisation = Toute l’organisation
organisation-reach-programme = Un programme
organisation-reach-campaign = Une campagne
organisation-hunters = { $n ->
    [one] Et { $n } chasseur dans les campagnes.
   *[other] Et { $n } chasseurs dans les campagnes.
}
organisation-invite-title = Inviter une personne
organisation-invite-submit = Créer l’invitation
organisation-invited = L’invitation est créée.
organisation-invited-once = Ce lien n’est montré qu’une fois et ne sert qu’une fois : copiez-le avant de quitter cette page, et remettez-le par un moyen sûr. S’il est perdu, retirez cette invitation ci-dessous et refaites-en une.
organisation-invited-link = Lien d’invitation
organisation-invitations-title = Invitations
organisation-invitations-caption = La plus récente d’abord
organisation-invitations-empty = Aucune invitation n’a été créée.
organisation-invitation-waiting = En attente
organisation-invitation-used = Utilisée
organisation-invitation-withdrawn = Retirée
organisation-invitation-expired = Expirée
organisation-invitation-withdraw = Retrait
organisation-invitation-withdraw-one = Retirer
organisation-event-added = Organisation ajoutée
organisation-event-corrected = Nom ou codes corrigés par la liste nationale
organisation-event-ended = N’existe plus selon la liste nationale
organisation-event-affiliated = Appartenance ajoutée
organisation-event-affiliation-ended = Appartenance terminée
organisation-event-invited = Invitation créée
organisation-event-invitation-withdrawn = Invitation retirée
organisation-event-role-taken-up = Rôle pris
organisation-event-role-ended = Rôle terminé
organisation-administration-title = Administration
organisation-administration-well = Tout fonctionne
organisation-administration-attention = À regarder
organisation-administration-since = installée le { $at }
organisation-administration-failed = { $n ->
    [one] { $n } tâche a été abandonnée après plusieurs essais. La cause est dans le journal technique du serveur.
   *[other] { $n } tâches ont été abandonnées après plusieurs essais. La cause est dans le journal technique du serveur.
}
organisation-jobs = Tâches qui échouent
organisation-jobs-text = Chacune est essayée à nouveau toutes les heures, jusqu’à ce qu’elle réussisse ; un courriel est abandonné après quelques jours. Une fois la cause corrigée, faites-les reprendre tout de suite.
organisation-jobs-see = Voir ces tâches
organisation-jobs-again = Tout essayer à nouveau
organisation-jobs-caption = { $n ->
    [one] { $n } tâche qui a échoué et n’est pas faite
   *[other] { $n } tâches qui ont échoué et ne sont pas faites
}
organisation-job-what = Tâche
organisation-job-mail = Envoyer un courriel
organisation-job-clock = Tenir une échéance ou informer
organisation-job-trouble = Cause
organisation-job-trouble-relay-refused = Le relais de courriel refuse (code { $code })
organisation-job-trouble-relay-unreachable = Le relais de courriel ne répond pas
organisation-job-trouble-mail-unwritable = L’adresse du destinataire ne se lit pas
organisation-job-trouble-mail-folder = Le dossier des courriels n’accepte pas d’écriture
organisation-job-trouble-busy = La base de données était occupée
organisation-job-trouble-not-found = Ce dont il s’agit n’existe plus
organisation-job-trouble-refused = L’état de l’objet ne le permet plus
organisation-job-trouble-internal = Défaut du serveur : voir son journal technique
organisation-job-tries = Essais
organisation-job-since = Demandée le
organisation-job-next = Prochain essai
organisation-job-given-up = Abandonnée
organisation-job-again = Essayer
flash-jobs-tried-again = Les tâches sont reprises tout de suite.
organisation-administration-invite = Inviter une personne
organisation-administration-invite-text = Trouvez son organisation, puis ouvrez « Personnes et invitations » sur sa fiche.
organisation-administration-find = Trouver l’organisation
organisation-administration-platform = Plateforme
organisation-administration-engine = Base de données
organisation-administration-url = Adresse publique
organisation-administration-mail-folder = Aucun relais de courriel n’est nommé : les courriels ne partent pas, ils sont écrits dans le dossier { $folder } de ce serveur. Nommez un relais dans les réglages (« mail.relay ») pour qu’ils partent.
organisation-administration-mail = Expéditeur des courriels
organisation-administration-administrators = Administrateurs
organisation-administration-version = Version de Beffroi
organisation-administration-logs = Journaux scellés
organisation-administration-logs-caption = Taille des deux journaux
organisation-figure-organisations = Organisations
organisation-figure-jobs-waiting = Tâches en attente
organisation-figure-jobs-failed = Tâches abandonnées
organisation-figure-mails-waiting = Courriels en attente
organisation-figure-mails-failed = Courriels abandonnés
organisation-log-name = Journal
organisation-log-public = Public
organisation-log-sealed = Scellé
organisation-log-size = Entrées
organisation-log-waiting = À numéroter
organisation-log-signed = Dernière signature
error-siren = Ce numéro SIREN n’est pas valide : neuf chiffres, dont un de contrôle.
error-organisation-unknown = Aucune organisation qui convienne ici ne porte ce nom ou ce code : écrivez le début de son nom, ou son SIREN.
error-organisation-several = Plusieurs portent ce nom ; choisissez l’une d’elles : { $detail }
error-siren-known = Cette organisation est déjà dans l’annuaire : { $detail }.
error-insee = Ce code INSEE ne convient pas à cette nature d’organisation.
error-insee-known = Une organisation de cette nature porte déjà ce code.
error-last-administrator = La plateforme doit garder un administrateur. Invitez-en un autre d’abord.
flash-organisation-added = L’organisation est dans l’annuaire. Invitez maintenant ses premières personnes.
flash-invitation-withdrawn = L’invitation est retirée.
flash-role-ended = Le rôle est terminé.
