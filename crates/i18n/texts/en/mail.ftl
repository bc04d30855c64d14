## Mails; never with a flaw's content

mail-foot = This message comes from Beffroi: { $url }. It holds no details, on purpose.
mail-invitation-subject = Invitation to join { $organisation } on Beffroi
mail-invitation-text = Hello,

    { $organisation } invites you to Beffroi. To take up your role, open this link, which works once:

    { $link }
