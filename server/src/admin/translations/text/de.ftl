# Was mit einem Text nicht stimmt
up-to-characters = Verwenden Sie höchstens { $most } Zeichen.
control-characters = Der Text enthält Steuerzeichen. Bitte geben Sie ihn noch einmal ein.
fill-in-the-gaps = Die Seite ist veröffentlicht. Füllen Sie vor dem Speichern die Lücken aus: { $gaps }

# Jemand anderes war schneller
removed-since = Jemand anderes hat diese Übersetzung entfernt. Speichern Sie noch einmal, um Ihre zu behalten.
changed-since = Jemand anderes hat dies in „{ $present }“ geändert. Speichern Sie noch einmal, um es zu ersetzen.
