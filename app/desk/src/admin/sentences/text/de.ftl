sentences = Eigene Texte
saved = Texte gespeichert.
why = Was Sie leer lassen, wird nicht angezeigt. In einer Sprache, die Sie leer lassen, steht der Text in der Hauptsprache.
save = Texte speichern

about = Über den Shop
about-why = In der Fußzeile jeder Seite, unter dem Namen.
returns = Rückgabe
returns-why = Auf jeder Produktseite und neben der Kasse, etwa „Rückgabe innerhalb von 30 Tagen.“ Versprechen Sie nur, was in Ihren AGB steht.
order-mail = Bestellbestätigung
order-mail-why = In der E-Mail, die eine Bestellung bestätigt.
