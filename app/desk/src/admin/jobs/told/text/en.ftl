# What of a product changes
title = Title
slug = Slug
status = Status
vendor = Vendor
category = Category
tags = Tags
description = Description
page-title = Page title
page-description = Page description
options = Options
pictures = Pictures
order-of-variants = Order of variants
product = Product
new-product = New product
variant = Variant
price = Price
compare-at-price = Compare-at price
sku = SKU
grams = Grams
barcode = Barcode
cost = Cost
tracked = Stock tracked
backorder-limit = Backorder limit
prepaid-only = Prepaid only
picture = Picture
stock = Stock
what-of = { $what } of { $name }
in-language = { $what } ({ $language })

# Before and after
active = Active
inactive = Inactive
yes = yes
no = no
same-words = the same words
set-differently = set differently
picture-count = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
pictures-changed = { $count ->
    [one] { $count } picture, changed
   *[other] { $count } pictures, changed
}
there = there
removed = removed
variant-count = { $count ->
    [one] { $count } variant
   *[other] { $count } variants
}
variants-at = { $count ->
    [one] { $count } variant, from { $price }
   *[other] { $count } variants, from { $price }
}
deleted-permanently = deleted permanently
not-there = is not there any more

# Why a product was left alone
why = Why
created-since = someone else has created a product with this address since
deleted-since = someone else has deleted it since
changed-since = someone else has changed it since
adjusted-since = someone else has adjusted its stock since
sold-since = more has been sold since than the file leaves
in-drop = a variant is in the drop “{ $drop }”, and has to be taken out of it first

# Why a job failed
stopped-at-row = Stopped at row { $line }: { $why }.
other-currency = The shop’s currency has changed. Please start again.
internal = Something went wrong on our side. Nothing was changed.
unavailable = The shop is unavailable right now. Please try again shortly.

# What is wrong with a cell of a file, behind its column and a colon
empty = is empty
not-money = "{ $text }" is not an amount of money
decimals = "{ $text }" has more than { $digits } decimals
not-whole = "{ $text }" is not a whole number
not-number = "{ $text }" is not a number
negative = "{ $text }" is negative
too-large = "{ $text }" is too large
not-flag = "{ $text }" is neither true nor false
not-status = "{ $text }" is none of active, draft, archived and unlisted
no-handle = "{ $text }" has no letters or digits to make a handle from
too-long = is longer than { $most } characters
tangled = has more HTML tags than a description can need
too-many-tags = has more than { $most } tags
long-tag = the tag "{ $tag }" is longer than { $most } characters
not-src = "{ $text }" is neither an https address nor a path below /media/
not-utf8 = is not UTF-8 text; save the file as "CSV UTF-8"
nul = contains a NUL character

# What is wrong with a row, or how it is read
repeated-handle = an earlier product has the handle "{ $handle }"; all rows of a product must be consecutive
too-many-rows = the product has more than { $most } rows
no-part = the row has neither a variant (option value, price or SKU) nor an image
too-many-variants = the product has more than { $most } variants
too-many-pictures = the product has more than { $most } pictures
cut-off = "{ $handle }" is skipped because the file cannot be read to the end
wider-than-header = the header has only { $width } columns; is a text with a comma not in quotes?
option-before-nameless = the option before this one has no name
option-twice = the product has two options of this name
lone-variant = a product without options can have only one variant
same-values = an earlier row is the variant "{ $values }" too
option-without-value = the product's option "{ $name }" has no value
option-unnamed = the option has no name in the product's first row
no-gtin = is not a GTIN of 8, 12, 13 or 14 digits with a matching check digit, and is skipped
owed-units = { $units } units are taken as 0
safe-address = is read as { $src }, because browsers block pictures at http:// addresses
taken-address = an earlier product in the file already has the address "{ $handle }"
title-missing = is missing: a new product needs one
options-missing = is missing: the file names { $count } options
product-price-missing = is missing: a new product needs a price
variant-price-missing = is missing: a new variant needs a price
option-nameless = the option has no name
one-value-wanted = the product has one option, so give one value
values-wanted = the product has { $count } options; give a value for each
unknown-sku = no variant of the product has the SKU "{ $sku }"; a new one needs columns for its options
sku-or-options-wanted = give the SKU or the options of the variant
same-variant = an earlier row is the same variant
sku-of-product = "{ $sku }" belongs to the product "{ $handle }" of the shop
sku-of-row = an earlier row has the SKU "{ $sku }" too
without-sku = { $why }, so this variant is imported without one

# Why a file cannot be read
unclosed-quote = the row opens a quote (") that is never closed
row-too-long = the row is longer than 4 MB; is a closing quote (") missing?
unreadable = the file cannot be read from here on: { $error }
file-empty = the file is empty
column-missing = the column "{ $name }" (or "{ $other }") is missing
column-twice = the column "{ $name }" is there twice
file-not-utf8 = the file is not UTF-8 text; save it as "CSV UTF-8"
at-line = line { $line }: { $why }
in-column = column "{ $name }" { $why }
file-unreadable = This file cannot be read: { $why }.
