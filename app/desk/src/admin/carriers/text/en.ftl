carriers = Carriers
why = Who delivers your parcels. The address of a carrier’s tracking page has { $number } where the number goes, and leads there from orders and from e-mails. Leave it empty if there is no such page. Clear a row to remove a carrier; orders keep their carrier’s name.
name-of = Name of carrier { $place }
pattern-of = Tracking page of carrier { $place }
saved = Carriers saved.
save = Save carriers
