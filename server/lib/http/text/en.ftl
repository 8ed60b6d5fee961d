other-site = This request came from another site and was not carried out.
too-many-watchers = Too many visitors are watching stock. Please poll instead.
variant-ids = Give 1 to { $most } variant ids, separated by commas.

# What someone is signed in on
device = { $browser } on { $system }

# A form that came back without all of it
check-and-send-again = You had been signed out. Check what you typed, and send it again.
too-long-to-keep = What you entered here was too long to keep. Please enter it again.
