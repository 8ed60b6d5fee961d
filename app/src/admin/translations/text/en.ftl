# Where translations are reached
no-such-language = The shop isn’t translated into this language.
translations = Translations
categories-in = Categories in { $language }
collections-in = Collections in { $language }
announcements-in = Announcements in { $language }
home-page-in = Home page in { $language }
menus-in = Menus in { $language }
categories = Categories
collections = Collections
announcements = Announcements
home-page = Home page
menus = Menus
products = Products

# How far they are
state-current = Up to date
state-missing = Missing
state-stale = Out of date
gap-missing = { $language }: missing
gap-stale = { $language }: out of date

# The form
texts = Texts
texts-hint = Leave a text empty to show the original.
title = Title
description = Description
seo-title = Page title for search engines
seo-description = Page description for search engines
options = Options
options-hint = These apply to every product with the same option.
option-name = Option
option-value = Value of { $option }
category = Category
category-text = Text of { $category }
collection = Collection
announcement = Announcement
block-part = Block { $number }: { $part }
block-heading = heading
block-text = text
block-button = button
block-alt = alt text
promise-title = title of a promise
promise-text = text of a promise
nothing-yet = There is nothing to translate yet.
page-text = Text
header-item = Item of the header
footer-item = Item of the footer
original = Original
no-original = There is no original text.
still-right = The original has changed, but this translation still fits
back = Discard
save = Save translations
saved = Translations saved. Shoppers see them now.
