product-gone = This product is no longer available.
list-is-full = Your wishlist is full: it holds up to { $most } items. Remove one to save another.
