# In the shop
demonstration = This shop is a demonstration. The text of this page is an example.
write-to-us = Write to us
your-name = Your name
your-email = Your e-mail address
your-email-hint = We reply to this address.
order-number = Order number (optional)
order-number-hint = If your message is about an order, such as HF-7K3MQ-9Q2XA.
message = Message
send-message = Send message
message-sent = Thank you. Your message has been sent. We’ll reply by e-mail.
name-no-links = A name can’t contain a link.
name-wanted = Enter your name, using up to { $most } ordinary characters.
order-number-wrong = Enter the order number as it is in our e-mail, or leave it empty.
help = Help
help-by = Help: { $way }
about-the-shop = About the shop
message-wanted = Enter a message.
message-wrong = Use up to { $most } characters, and no control characters.
too-many-messages = Too many messages. Please wait a few minutes, then send it again.

# Kinds of pages
kind-imprint = Imprint
kind-privacy = Privacy policy
kind-terms = Terms and conditions
kind-withdrawal = Right of withdrawal
kind-delivery = Shipping and delivery
kind-contact = Contact
kind-accessibility = Accessibility
kind-free = Other page

# The list of pages
pages = Pages
menus = Menus
new-page = New page
no-pages = No pages yet. Start with a template below, or with an empty page.
title = Title
kind = Kind
address = Address
state = Status
changed = Last changed
draft = Draft
published = Published
gaps-left = { $count ->
    [one] { $count } gap
   *[other] { $count } gaps
}
demo-page = Demonstration
page-deleted = Page deleted.
templates = Templates
templates-why = Texts for sellers in the European Union to start from. Fill in what is in double brackets, and have a lawyer check the result.

# Translations
texts = Texts
texts-hint = Leave a text empty to show the original. Links such as /pages/terms lead to the page in this language.
take-template = Start with the template: { $kind } ({ $language })
take-template-why = There is a template in this language. It replaces the text of this form; nothing is saved until you save it.
template-taken = This is the template. Fill in the gaps, then save. Nothing has been saved yet.

# The editor
details = Details
kind-hint = A shop has one page of each kind, and any number of other pages.
slug = Slug
slug-hint = The last part of the address: /pages/… Leave empty to use the title. The old address redirects to the new one.
contact-email = Messages go to
contact-email-hint = For the contact page: messages from its form are sent to this e-mail address.
page-text = Text
page-text-hint = Markdown: ## for a heading, * for a list, **bold**, [words](/pages/terms) for a link. HTML is shown as it was typed.
gaps = Gaps to fill in
gaps-why = The page can’t be published until these are filled in.
preview = Preview
update-preview = Update preview
visibility = Visibility
draft-why = Draft: only admins see it
publish-at = Publish at
publish-at-hint = In the shop’s time zone. Leave empty to publish now. Until then, shoppers don’t find the page.
search-engines = Search engines
seo-title = Page title
seo-title-hint = Leave empty to use the title and the shop’s name.
seo-description = Description
view-in-the-shop = View in the shop
not-saved-yet = Not saved yet. Save when it looks right.
page-saved = Page saved.
saved-by-others = Show the saved text
saved-by-others-why = Someone else saved this while you were editing. Copy what you need, then save again to replace it with your text.
save-page = Save page
create-page = Create page
delete-page = Delete this page
delete-page-why = This permanently deletes the page and its address. Menu items that lead to it are no longer shown. To hide it for a while, make it a draft instead.
delete-permanently = Delete permanently
