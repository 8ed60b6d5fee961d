no-such-rate = Diese Grenze gibt es nicht.
number = Geben Sie eine Zahl von 1 bis { $most } ein, oder lassen Sie das Feld leer, wenn es keine Grenze geben soll.
