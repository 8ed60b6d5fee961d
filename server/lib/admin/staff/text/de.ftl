# Was abgelehnt wird
choose-a-role = Wählen Sie eine der Rollen.
already-staff = Diese Person gehört schon zum Team. Ändern Sie ihre Rolle in der Liste.
own-role = Ihre eigene Rolle können Sie nicht ändern. Bitten Sie einen anderen Admin.
own-factor = Ihren eigenen zweiten Faktor können Sie nicht zurücksetzen. Bitten Sie einen anderen Admin.
wrong-password = Das ist nicht das Passwort Ihres Kontos.
not-on-the-staff = Dieses Konto gehört nicht zum Team. Verschicken Sie eine Einladung.
only-admin = Das ist der einzige Admin des Shops. Machen Sie zuerst jemand anderen zum Admin.
no-factor = Dieses Konto hat keinen zweiten Faktor.
