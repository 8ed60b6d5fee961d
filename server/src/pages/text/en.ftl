# What is wrong with a page
choose-kind = Choose what kind of page it is.
enter-a-title = Enter a title.
choose-state = Choose whether the page is a draft or published.
enter-contact-email = Enter the address that messages are sent to, or keep the page as a draft.
slug-empty = It needs at least one letter or digit.
too-long = Use up to { $most } characters.
control-characters = The text contains control characters. Please type it again.
enter-the-text = Enter the page’s text before you publish it.
fill-the-gaps = Fill in the gaps before you publish: { $gaps }
translation-has-gaps = Fill in the gaps of the translation before you publish ({ $language }): { $gaps }
enter-a-moment = Enter a date and a time, such as 2026-12-01T09:00.
kind-taken = The shop already has a page of this kind. Edit that one.
address-taken = Another page has this address. Choose another one.
too-many-pages = A shop can have up to { $most } pages.
changed-since = Someone else has changed this page since you opened it.

# The contact form
too-many-messages = Too many messages. Please wait a few minutes.
