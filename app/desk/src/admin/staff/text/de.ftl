# Rollen
role-customer = Kunde
role-staff = Teammitglied
role-admin = Admin
role-permissions = Was die Rollen dürfen
staff-may = Bestellungen verpacken, versenden, stornieren und erstatten, Lagerbestand anpassen, Produkte und Kunden ansehen.
admins-may = All das, dazu Produkte und Preise ändern, importieren, Mitarbeitende einladen, das Protokoll lesen, Kundendaten exportieren und löschen.

# Die Liste
staff-title = Team
invitation-sent = Einladung verschickt.
invitation-withdrawn = Einladung zurückgezogen.
role-changed = Rolle geändert. Die Person wurde überall abgemeldet und muss sich neu anmelden.
factor-was-reset = Der zweite Faktor ist aus. Die Person wurde überall abgemeldet und meldet sich nur mit dem Passwort an.
staff-and-admins = Team und Admins
who = Wer
role = Rolle
second-factor = Zweiter Faktor
last-seen = Zuletzt gesehen
change = Ändern
not-signed-in = Nicht angemeldet
factor-on = An
factor-off = Aus
this-is-you = Das sind Sie
make-staff = Zum Teammitglied machen
make-admin = Zum Admin machen
remove-dots = Aus dem Team entfernen …
remove-why = Die Person wird überall abgemeldet und braucht eine neue Einladung.
yes-remove = Ja, entfernen
reset-dots = Zweiten Faktor zurücksetzen …
reset-why = Für jemanden, der Telefon und Wiederherstellungscodes verloren hat. Vergewissern Sie sich zuerst, wer fragt: am Telefon oder persönlich, nicht per E-Mail. Die Person wird überall abgemeldet, bekommt eine E-Mail und meldet sich nur mit dem Passwort an.
yes-reset = Ja, zurücksetzen

# Einladungen
withdraw-of = Einladung von { $email } zurückziehen
invited-by = von { $email }
expires = Gültig bis
withdraw = Zurückziehen
invited = Eingeladen
action = Aktion
choose-a-role = Wählen Sie eine der Rollen.
invite = Jemanden ins Team einladen
e-mail = E-Mail
send-invitation = Einladung verschicken
join-the-staff = Dem Team beitreten
accept = Annehmen
invited-with-account = { $role ->
    [admin] Sie sind eingeladen, dem Team mit Ihrem Konto als Admin beizutreten. Geben Sie zum Annehmen dessen Passwort ein. Sie werden auf allen Geräten abgemeldet.
   *[staff] Sie sind eingeladen, dem Team mit Ihrem Konto beizutreten. Geben Sie zum Annehmen dessen Passwort ein. Sie werden auf allen Geräten abgemeldet.
}
invited-to-join = { $role ->
    [admin] Sie sind eingeladen, dem Team als Admin beizutreten. Wählen Sie ein Passwort, und Ihr Konto ist bereit.
   *[staff] Sie sind eingeladen, dem Team beizutreten. Wählen Sie ein Passwort, und Ihr Konto ist bereit.
}
password = Passwort
forgot-password = Passwort vergessen?
name = Name
