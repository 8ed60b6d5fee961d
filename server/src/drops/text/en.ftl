# Lines from a file
no-file = This is not a CSV file with a column “SKU”.
file-too-large = The file is too large: up to { $most } variants are taken from one.
file-empty = There is no variant in this file.
in-line = Line { $line }: { $what }
no-sku = There is no SKU.
unknown-sku = No variant has the SKU { $sku }.
ambiguous-sku = Several variants have the SKU { $sku }.
sku-twice = The SKU { $sku } is in the file twice.
