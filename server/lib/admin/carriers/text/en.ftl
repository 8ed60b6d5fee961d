enter-a-name = Enter a name.
named-twice = This carrier is in the list twice.
too-many = Enter { $most } carriers or fewer.
enter-a-pattern = Enter an address that begins with https:// and has { $number } once, after the host name.
