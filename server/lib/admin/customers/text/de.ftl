# Was abgelehnt wird
on-the-staff = Diese Person gehört zum Team. Entziehen Sie ihr zuerst die Rolle.
order-is-open = Die Bestellung { $number } ist noch offen. Stellen Sie sie zuerst zu, stornieren oder erstatten Sie sie.
transfer-is-to-return = Von den Überweisungen zur Bestellung { $number } ist noch Geld zurückzuzahlen. Überweisen Sie es zuerst zurück, und vermerken Sie das.
own-account = Das ist Ihr eigenes Konto. Melden Sie Ihre Geräte unter „Anmeldung und Sicherheit“ ab.
wrong-email = Das ist nicht die E-Mail-Adresse des Kunden.
