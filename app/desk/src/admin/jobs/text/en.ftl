products = Products

# How far a job is
preparing = Preparing the preview. Nothing has been changed yet.
running-means = The shop stays open. You can leave this page.
products-read = { $count ->
    [one] { $count } product read
   *[other] { $count } products read
}
products-done = { $total ->
    [one] { $done } of { $total } product done
   *[other] { $done } of { $total } products done
}
progress = Progress
refresh = Refresh

# What it would change
count-new = { $count } new
count-changed = { $count } changed
count-unchanged = { $count } unchanged
no-products = No products
products-counted = Products: { $counts }
nothing-yet-import = { $counts }. Nothing changes until you confirm.
nothing-yet-bulk = { $count ->
    [one] { $count } product would change. Nothing changes until you confirm.
   *[other] { $count } products would change. Nothing changes until you confirm.
}
in-carts = { $carts ->
    [one] Some of them are in 1 cart. That shopper will see that they’re unavailable.
   *[other] Some of them are in { $carts } carts. Those shoppers will see that they’re unavailable.
}
apply = Apply
import = Import
import-and-skip = Import and skip products with bad rows
discard = Discard
bad-rows = { $count ->
    [one] 1 row can’t be used, listed below. Correct them and upload the file again, or skip their products.
   *[other] { $count } rows can’t be used, listed below. Correct them and upload the file again, or skip their products.
}
prices-zero = Prices that would be zero: { $count }.
cells-corrected = { $count ->
    [one] 1 cell was corrected: see the note below.
   *[other] { $count } cells were corrected: see the notes below.
}
would-be-sold-out = { $count ->
    [one] 1 variant would be sold out.
   *[other] { $count } variants would be sold out.
}
not-tracked = { $count ->
    [one] The file doesn’t track the stock of 1 new variant.
   *[other] The file doesn’t track the stock of { $count } new variants.
}
no-quantity = { $count ->
    [one] The file has no quantity for 1 new variant.
   *[other] The file has no quantity for { $count } new variants.
}
sells-on = { $count ->
    [one] The file lets 1 variant be sold when out of stock, without a limit. This shop takes backorders only up to a limit: enter one in the column “Variant Backorder Limit”.
   *[other] The file lets { $count } variants be sold when out of stock, without a limit. This shop takes backorders only up to a limit: enter one in the column “Variant Backorder Limit”.
}
yes-make-free = { $count ->
    [one] Yes, make 1 variant free
   *[other] Yes, make { $count } variants free
}

# What it did
done = Done
products-changed = { $count ->
    [one] { $count } product changed.
   *[other] { $count } products changed.
}
products-skipped = { $count ->
    [one] { $count } product skipped: someone else has changed it since, or a drop needs it as it is.
   *[other] { $count } products skipped: someone else has changed them since, or a drop needs them as they are.
}
undo = Undo
all-products = All products
not-completed = This couldn’t be completed
nothing-was-changed = Nothing was changed.
already-changed = { $count ->
    [one] { $count } product had already been changed and was kept.
   *[other] { $count } products had already been changed and were kept.
}

# Its rows
what-changes = What changes
product = Product
kind = Kind
changes = Changes
skipped = Skipped
change = Change
badge-new = New
bad-row = Bad row
note = Note
nothing = nothing
free = Free
row-number = Row { $line }

# What the file leaves open
show-choices = Show with these choices
untracked-units = Units for variants without tracked stock
untracked-units-hint = From then on, their stock is tracked. Also applies to new variants without a quantity in the file. Leave empty to sell untracked variants without counting, and to add the others as sold out.
file-quantities = Use the file’s quantities (given for { $count } of them)
repeated-skus = { $count ->
    [one] 1 variant has a SKU that another product already uses
   *[other] { $count } variants have SKUs that another product already uses
}
leave-out = Skip these products
drop-sku = Import them without a SKU
repeated-skus-hint = The existing product keeps the SKU; otherwise the first row in the file gets it.

# Import and export
import-and-export = Import and export
csv-file = CSV file
csv-file-hint = In the format of Shopify’s product export, up to 64 MB. A missing column changes nothing; an empty cell clears the value. You’ll see a preview before anything changes.
preview-changes = Preview changes
export = Export
export-means = All products with their variants, prices, stock and picture addresses, in a file you can import again. Text that a spreadsheet would run as a formula is made safe.
download = Download products.csv
recent = Recent imports and bulk edits
what = What
state = State
who = Who
when = When
reading = Reading
needs-review = Needs review
running = Running
failed = Failed
# What the page's script says; `#` is where the name of the file goes.
uploading = Uploading #
upload-rejected = The upload was rejected.
upload-interrupted = The upload was interrupted.

# What is done to many products
activate = Activate
deactivate = Deactivate
change-by-amount = Change prices by an amount
change-by-percentage = Change prices by a percentage
prepaid-only = No payment on delivery
any-payment = Allow every payment method
track = Track stock
untrack = Stop tracking stock
add-a-tag = Add a tag
remove-a-tag = Remove a tag
delete = Delete
add-tag = Add the tag “{ $tag }”
remove-tag = Remove the tag “{ $tag }”
prices-up = Prices up by { $amount }
prices-down = Prices down by { $amount }
undo-activate = Undo: activate
undo-deactivate = Undo: deactivate
undo-what = Undo: { $what }
import-of = Import of { $file }

# What is wrong with a form
one-tag-wanted = Enter one tag of up to { $most } characters.
amount-wanted = Enter an amount, such as 2.50 or -2.50.
percentage-wanted = Enter a percentage from -100 to 10000, such as -15.
choose-an-action = Choose an action.
choose-one = Choose one of the two options.
untracked-units-wanted = Enter a number of units, or leave it empty.
too-many-selected = Select up to { $most } products, or all that match.
select-first = Select the products to change first.
already-like-that = Nothing would change: these products are already like that.
nothing-to-choose = There is nothing to choose here.
correct-bad-rows = Correct the bad rows, or skip their products.
changed-since = { $count ->
    [one] One product was changed since this preview was made, so nothing was done. The preview below is up to date: check it again.
   *[other] { $count } products were changed since this preview was made, so nothing was done. The preview below is up to date: check it again.
}
confirm-free = { $count ->
    [one] Confirm that 1 variant becomes free.
   *[other] Confirm that { $count } variants become free.
}
cannot-be-undone = This can’t be undone.
already-started = This has already been started.
not-a-product-file = This is not a product file: { $why }.
upload-unreadable = The upload was interrupted or is larger than 64 MB.
upload-multipart = Send the file as a multipart form.
csv-file-wanted = Choose a CSV file.
