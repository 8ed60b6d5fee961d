changed-since = This has already been done. Reload the page.
not-done = Your shop can’t open yet: not everything on the list is done.
test-is-on-its-way = A test e-mail is already on its way. Reload this page in a moment.
nothing-to-confirm = This can’t be confirmed by hand.
send-a-test-first = Send a test e-mail first, and confirm when it has arrived.
settings-changed-since = The settings have changed since you saw them. Check them again, then confirm.
