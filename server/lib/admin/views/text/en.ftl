named-already = You already have a view of this name. Choose another name.
too-many = You have { $number } views. Delete one before you save another.
too-long = This filter is too long to be saved.
changed-since = This view has been changed since. Check it and save again.
