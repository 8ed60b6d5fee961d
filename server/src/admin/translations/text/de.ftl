# Was mit einem Text nicht stimmt
up-to-characters = Verwenden Sie höchstens { $most } Zeichen.

# Jemand anderes war schneller
removed-since = Jemand anderes hat diese Übersetzung entfernt. Speichern Sie noch einmal, um Ihre zu behalten.
changed-since = Jemand anderes hat dies in „{ $present }“ geändert. Speichern Sie noch einmal, um es zu ersetzen.
