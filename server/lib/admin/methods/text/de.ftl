no-account = Geben Sie zuerst unter Banküberweisung Ihr Konto ein. Sonst wüssten Ihre Kunden nicht, wohin sie das Geld überweisen sollen.
lowest-above-highest = Geben Sie einen Betrag ein, der nicht unter dem Mindestbestellwert liegt.
not-delivered-there = Kreuzen Sie Länder an, in die Sie liefern.
