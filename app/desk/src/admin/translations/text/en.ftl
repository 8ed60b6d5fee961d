# Where translations are reached
no-such-language = The shop isn’t translated into this language.
translations = Translations
categories-in = Categories in { $language }
collections-in = Collections in { $language }
drops-in = Drops in { $language }
announcements-in = Announcements in { $language }
home-page-in = Home page in { $language }
menus-in = Menus in { $language }
shipping-in = Shipping methods in { $language }
payment-in = Payment methods in { $language }
categories = Categories
collections = Collections
drops = Drops
announcements = Announcements
home-page = Home page
menus = Menus
settings = Settings
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
tags = Tags
tags-hint = These texts are for all products with the same tag.
option-name = Option
option-value = Value of { $option }
category = Category
category-text = Text of { $category }
collection = Collection
drop-title = Drop
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
picture-alt = Alt text of picture { $number }
tag = Tag
shipping-method = Shipping method
shipping-text = Description of { $method }
payment-method = Payment method
payment-methods = Payment methods
original = Original
no-original = There is no original text.
still-right = The original has changed, but this translation still fits
back = Discard
save = Save translations
saved = Translations saved. Shoppers see them now.

# All texts of a language, and the file with them
all-in = Texts in { $language }
in-the-editor = Translate here
elsewhere = Products and pages are translated from their editors, and product titles and descriptions in product files, too.
not-spoken-yet = Shoppers don’t see { $language } yet. Prepare its texts here, then turn the language on in the settings.
in-a-file = Translate in a file
file-means = A CSV file for spreadsheets and translators with a row for each text: categories, collections, drops, pages, menus, the home page, announcements, shipping methods, payment methods, options, tags and the alt texts of pictures.
download-file = Download texts
upload-file = Upload translations
csv-file = CSV file
csv-file-hint = The downloaded file with translations filled in, up to 4 MB. Empty translations change nothing.
upload-and-save = Upload and save
rows-saved = { $count ->
    [one] { $count } translation saved.
   *[other] { $count } translations saved.
}
nothing-changed = The file has nothing new. Nothing was changed.
upload-unreadable = The upload was interrupted or is larger than 4 MB.
upload-multipart = Send the file as a multipart form.
csv-file-wanted = Choose a CSV file.
