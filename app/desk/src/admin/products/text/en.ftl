# The list
products = Products
import-and-export = Import and export
new-product = New product
on-sale-now = Shoppers can buy it now.
off-sale-now = { $carts ->
    [0] Shoppers can’t see it any more. It’s not in any cart.
    [one] Shoppers can’t see it any more. It’s in 1 cart; that shopper will see that it’s unavailable.
   *[other] Shoppers can’t see it any more. It’s in { $carts } carts; those shoppers will see that it’s unavailable.
}
now-active = { $title } is now active.
now-inactive = { $title } is now inactive.
status = Status
all = All
active = Active
inactive = Inactive
activate = Activate
edit-row = Edit
actions-for = Actions for { $title }
deactivate = Deactivate
# Behind the word on a button, read out only
switch-what = { " " }{ $title }
all-categories = All categories
any-stock = Any stock
stock-there = In stock
stock-low = Running low
stock-gone = Sold out
sort-newest = Newest first
sort-edited = Last edited first
sort-title = Title, A to Z
sort-price-up = Price, low to high
sort-price-down = Price, high to low
sort-status = Active first
sort-stock-up = Stock, low to high
sort-stock-down = Stock, high to low
sort-category = Category, A to Z
show-all = Show all
search = Search
category = Category
tag = Tag
vendor = Vendor
stock = Stock
any-translation = Any translation
translation = Translation
sort-by = Sort by
show = Show
no-products-found = No products found
no-matches = No matches. Create a product or import a file.
show-all-products = Show all products
tick = Select
action = Action
product = Product
price = Price
variant-count = { $count ->
    [one] { $count } variant
   *[other] { $count } variants
}
select-all-here = Select all on this page
# Behind the heading, once some are selected; `#` is where the number goes.
ticked = { " " }(# selected)

# Bulk edit
select-what = Select { $title }
all-matching = All matching products, on every page
all-matching-count = All { $count } matching products, on every page
selected-products = Selected products
bulk-edit = Bulk edit
apply-to = Apply to
bulk-value = Amount, percentage or tag
preview-changes = Preview changes

# The editor
limits = Limits per customer
view-in-shop = View in the shop
preview-draft = Preview as a shopper
draft = Draft
draft-means = Only the shop’s staff see this page. An inactive product can’t be bought.
draft-typed = This is what you typed. It is not saved.
draft-wrong = This is what is stored: what you typed can’t be saved.
back-to-editor = Back to the editor
duplicate = Duplicate
copied = This is the copy. It’s inactive, has no stock, and needs SKUs and barcodes of its own.
# The title of a copy
copy-of = Copy of { $title }
not-saved-yet = Not saved yet. Save when it looks right.
saved-active = Saved. Shoppers see it now.
saved-inactive = { $carts ->
    [0] Saved. Shoppers can’t see it while it’s inactive.
    [one] Saved. Shoppers can’t see it while it’s inactive. It’s in 1 cart; that shopper will see that it’s unavailable.
   *[other] Saved. Shoppers can’t see it while it’s inactive. It’s in { $carts } carts; those shoppers will see that it’s unavailable.
}
save = Save
create-product = Create product
save-product = Save product
delete-this-product = Delete this product
delete-means = This permanently deletes the product, its variants and its pictures. Orders aren’t affected. To stop selling it for a while, deactivate it instead.
delete-permanently = Delete permanently

# Details
details = Details
title = Title
slug = Slug
slug-hint = The last part of the address: /products/… Stored in lower case, with hyphens for spaces and without accents: Größe becomes grosse. Leave empty to use the title. The old address redirects to the new one.
description = Description
description-hint = HTML. Allowed: paragraphs, headings from <h2> down, lists, tables, quotes, line breaks, links with a full address, and formatting such as <strong>, <em>, <s>, <sub> and <sup>. Other blocks become separate lines; scripts, styles, pictures and videos are removed.
edit-html = Edit as HTML
formatting = Formatting
bold = Bold
italic = Italic
heading = Heading
list = List
numbered-list = Numbered list
link = Link
undo = Undo
redo = Redo
link-address = Where the link leads
apply-link = Set link
remove-link = Remove link
preview = Preview
update-preview = Update preview

# Options
options = Options
option-number = Option { $number }
values-number = Values { $number }
size = Size
sizes = S, M, L
colour = Colour
colours = Red, Blue
options-hint = How the variants differ, such as size or colour. Leave empty if there is only one variant. Separate values with commas.
add-combinations = Add a variant for each combination

# Visibility and organisation
paying = Payment
any-payment = With every payment method of the shop
prepaid-only = Not on delivery
visibility = Visibility
active-means = Active: for sale in the shop
inactive-means = Inactive: hidden from shoppers
in-carts-active = { $carts ->
    [one] In 1 cart. If you deactivate it, that shopper will see that it’s unavailable.
   *[other] In { $carts } carts. If you deactivate it, those shoppers will see that it’s unavailable.
}
in-carts-inactive = { $carts ->
    [one] In 1 cart, where it can’t be ordered while it’s inactive.
   *[other] In { $carts } carts, where it can’t be ordered while it’s inactive.
}
organisation = Organisation
tags = Tags
tags-hint = Separate with commas
optional = (optional)
category-hint = A new name creates a new category.

# Search engines
search-engines = Search engines
page-title = Page title
page-title-hint = Leave empty to use the product’s title
page-description = Page description
page-description-hint = Leave empty to use the start of the description
product-title = Product title
search-preview = Search preview

# Pictures
pictures = Pictures
pictures-hint = Uploads and deletions apply at once; pictures of a new product are deleted after a day unless you save it; the order and alt texts are saved with the product. Without JavaScript, uploading or deleting discards other unsaved changes on this page.
alt-text-number = Alt text { $number }
move-forward = Move picture { $number } forward
move-back = Move picture { $number } back
delete-picture = Delete picture { $number }
choose-pictures = Choose pictures
pictures-accepted = PNG, JPEG or WebP, 8 MB each
upload = Upload
picture-count = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
# What the page's script says; `#` is where a number or the name of a file goes.
picture-moved = Picture moved to position #. Save the product to keep this order.
uploading = Uploading #
processing = Processing #
uploaded = # was uploaded.
upload-rejected = The upload was rejected.
upload-interrupted = The upload was interrupted.

# Variants
variants = Variants
sku = SKU
price-in = Price ({ $currency })
compare-at-in = Compare-at ({ $currency })
compare-at-price = Compare-at price
grams = Grams
weight-in-grams = Weight in grams
picture = Picture
remove = Remove
# Behind the word, read out only
remove-which = { " " }variant { $number }
variants-hint = Add a variant in an empty row; more rows appear when you save. Sales while this page is open are taken into account: stock changes by the difference you enter.
history = History
history-of-variant = History of variant { $number }
what-of-variant = { $what } of variant { $number }
free = Free
set-for-all = Set for all variants
price-of-all = Price of all ({ $currency })
stock-of-all = Stock of all
fill-in = Fill in
choose-another = Choose another
keeping = Codes, cost and stock rules
keeping-hint = Barcodes are shown to search engines. What a variant costs you is shown here and in exports, never to shoppers; the margin is what is left of the price without tax. A variant whose stock isn’t tracked is never sold out. One with a backorder limit goes on selling until you owe that many units.
variant = Variant
row-number = Row { $number }
barcode = Barcode (GTIN)
cost = Cost
cost-in = Cost ({ $currency }, without tax)
margin = Margin
stock-is = Stock tracking
tracked = Tracked
not-tracked = Not tracked
backorder-limit = Backorder limit
no-picture = None
picture-number = Picture { $number }

# Someone else has changed it too
prepaid-or-not = Payable on delivery (0) or not (1)
tracked-or-not = Stock tracked (1) or not (0)
active-or-inactive = Active (1) or inactive (0)
variant-number = variant { $number }
what-of = { $what } of { $name }
new-variant = New: { $name }
removed-variant = Removed: { $name }
removed = removed
will-be-recreated = will be recreated
alt-text-of-picture = Alt text of picture { $number }
picture-order = Order of the pictures
new-picture = new
someone-else = Someone else
and = { " " }and{ " " }
changed-by = { $count ->
    [one] { $who } changed this product while you had it open.
   *[other] { $who } changed this product while you had it open.
}
changed-means = Your changes haven’t been saved yet, and theirs aren’t lost. Your entries are still below; fields that only they changed now show their values. Check everything and save again.
what-changed = What changed
field = Field
when-opened = When you opened it
saved-by-them = Saved by them
in-the-form = In the form below
nothing = nothing
unknown = unknown
yours = Yours:{ " " }
theirs-applied = Theirs, applied

# What is wrong with a form
true-or-false = Must be true or false.
version-wrong = The version must be a whole number.
name-the-option = Give the option a name.
list-the-values = List its values, separated by commas.
name-an-option-first = Name an option and list its values first.
too-many-combinations = This would make { $wanted } variants; a product can have up to { $most }.
slug-empty = It needs at least one letter or digit.
up-to-characters = Use up to { $most } characters.
price-wanted = Enter a price, such as 49.00.
compare-at-wanted = Enter a price, such as 59.00, or leave it empty.
cost-wanted = Enter what it costs you, such as 20.00, or leave it empty.
barcode-wrong = Enter a GTIN of 8, 12, 13 or 14 digits. Its last digit must match the others.
already-owed = Units already owed: { $units }. The limit can’t be lower.
fill-wanted = Enter a price or a stock for all variants.
grams-wanted = Enter the weight in whole grams.
units-wanted = Enter the number of units.
variant-gone = This variant has been removed. Reload the product.
a-variant-gone = A variant has been removed. Reload the product.
variant-in-drop = A variant is in the drop “{ $drop }”. Take it out of the drop first.
counted-for-drop = This variant is in the drop “{ $drop }”. Take it out of the drop first, then change whether its stock is tracked.
choose-own-picture = Choose one of the product's pictures.
too-dear = This price is too high.
too-many-units = Enter at most 1,000,000,000 units.
too-heavy = Enter at most 1,000,000,000 grams.
title-wanted = Enter a title of up to { $most } characters.
slug-wrong = Use lower-case letters, digits and single hyphens, up to { $most } of them.
tags-wrong = Use up to { $tags } tags of up to { $most } characters.
own-option-name = Give each option its own name.
variant-wanted = A product needs at least one variant with a price.
too-many-variants = A product can have up to { $most } variants.
same-options = Another variant has the same options.
same-sku = Another variant has the same SKU.
option-value-wanted = Enter a value for this option.
option-nameless = This option has no name.
slug-taken = Another product has this address.
sku-taken = Another product has a variant with this SKU.
changed-since = Someone else has changed this product since you opened it.

# Products that are put into a collection or a drop
add-products = Add products
search-products = Search products
search-now = Search
no-others-match = No other products match.
add-product = Add

# What is wrong with an upload
too-many-pictures = A product can have up to { $most } pictures.
too-many-pixels = Together these pictures have more than 240 million pixels. Upload fewer at a time.
upload-unreadable = The upload was interrupted or is too large. Pictures can be up to 8 MB.
upload-multipart = Send the pictures as a multipart form.
picture-wanted = Choose a picture.
picture-kind = This is not a PNG, JPEG or WebP picture.
picture-too-large = Pictures can be up to 8 MB.
picture-too-wide = Pictures can be up to 8000 pixels wide and high, with up to 40 million pixels in total.
picture-polyglot = This file contains more than a picture.
picture-damaged = This picture is damaged and can’t be shown.
