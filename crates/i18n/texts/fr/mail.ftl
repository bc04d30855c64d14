## Mails; never with a flaw's content

mail-foot = Ce message vient de Beffroi : { $url }. Il ne contient volontairement aucun détail.
mail-invitation-subject = Invitation à rejoindre { $organisation } sur Beffroi
mail-invitation-text = Bonjour,

    { $organisation } vous invite sur Beffroi. Pour prendre votre rôle, ouvrez ce lien, valable une seule fois :

    { $link }
