# What is wrong with a page
version-wrong = The version must be a whole number.
kind-wanted = Choose what kind of page it is.
title-wanted = Enter a title.
slug-wanted = It needs at least one letter or digit.
up-to-characters = Use up to { $most } characters.
control-characters = The text contains control characters. Please type it again.
state-wanted = Choose whether the page is a draft or published.
mailbox-wanted = Enter the address that messages are sent to, or keep the page as a draft.
text-wanted = Enter the page’s text before you publish it.
fill-in-the-gaps = Fill in the gaps before you publish: { $gaps }
translation-has-gaps = Fill in the gaps of the translation before you publish ({ $language }): { $gaps }
publish-at-wrong = Enter a date and a time, such as 2026-12-01T09:00.

# What stands in its way
kind-taken = The shop already has a page of this kind. Edit that one.
slug-taken = Another page has this address. Choose another one.
too-many-pages = A shop can have up to { $most } pages.
changed-since = Someone else has changed this page since you opened it.

# Messages from shoppers
too-many-messages = Too many messages. Please wait a few minutes.
