"""What pictures show, for those who cannot see them."""

# Main pictures and those of other colours; {} is the colour.
SHOWN = {
    "enamel-mug": "{} enamel mug with a black rim",
    "stoneware-bowl": "{} speckled stoneware bowl on a bare clay foot",
    "stoneware-teapot": "{} round stoneware teapot with a knob on its lid",
    "iron-frying-pan": "Black iron frying pan with a hole in its handle",
    "cutting-board": "{} cutting board with a grip cut through one end",
    "cooks-knife": "Cook's knife with a broad blade and a {} handle with three brass pins",
    "pepper-mill": "Turned {} pepper mill with a steel nut on top",
    "stoneware-vase": "{} stoneware vase with a narrow neck",
    "three-leg-stool": "Round {} stool on three legs",
    "plain-chair": "{} chair with a hollowed seat and three slats in its back",
    "table-lamp": "Table lamp with a {} stoneware foot and a linen shade",
    "willow-basket": "Woven willow basket with a high handle",
    "wool-blanket": "Folded {} wool blanket with pale stripes",
    "beeswax-candle": "Lit beeswax candle in an enamelled holder with a handle",
    "twin-bell-alarm-clock": "{} alarm clock with two steel bells",
    "terry-towels": "Two {} terry towels, folded and stacked",
    "soap-bar": "{} soap bar on a tray of oak slats",
    "beech-brush": "Beech hand brush with natural bristles",
    "pocket-compass": "Brass pocket compass with its lid open",
    "ridge-tent": "{} ridge tent, pitched, with its door open",
    "ridge-torch": "{} hand torch with its light switched on",
    "holdfast-rope": "Coil of {} three-strand rope",
    "steel-bottle": "{} steel bottle with a beech lid and a loop",
    "storm-lantern": "{} storm lantern with its flame lit",
    "tidemark-notebook": "{} cloth-bound notebook with an elastic band and a label",
    "inlet-fountain-pen": "{} fountain pen, open, with its cap beside it",
    "desk-lamp": "{} desk lamp with two arms",
    "kitchen-radio": "{} table radio with a round loudspeaker and a leather handle",
    "over-ear-headphones": "{} over-ear headphones with leather cushions",
    "turned-yo-yo": "{} lacquered yo-yo on its string",
    "building-blocks": "Tower of wooden building blocks, bare and coloured",
}

# Behind the words of the main picture.
ANGLES = {
    "above": "seen from above",
    "side": "seen from the side",
    "front": "seen from the front",
    "back": "seen from behind",
    "detail": "close up",
}
ANGLES_IN_GERMAN = {
    "above": "von oben gesehen",
    "side": "von der Seite gesehen",
    "front": "von vorn gesehen",
    "back": "von hinten gesehen",
    "detail": "aus der Nähe",
}

# Pictures that show something of the goods, or show them otherwise, have words of their own: English and German.
OWN = {
    "enamel-mug-coffee": ("Green enamel mug full of coffee", "Grüner Emaillebecher voll Kaffee"),
    "stoneware-bowl-foot": (
        "Sand stoneware bowl upside down: its foot is bare clay",
        "Sandfarbene Steinzeugschale, umgedreht: Ihr Fuß ist roher Ton",
    ),
    "stoneware-teapot-open": (
        "Green stoneware teapot, open, with its steel strainer and the lid beside it",
        "Grüne Teekanne aus Steinzeug, offen, mit Sieb aus Stahl und dem Deckel daneben",
    ),
    "iron-frying-pan-egg": ("Fried egg in the black iron frying pan", "Spiegelei in der schwarzen Eisenpfanne"),
    "cutting-board-detail": ("Grip and rounded edge of the oak cutting board", "Griffloch und runde Kante des Schneidebretts aus Eiche"),
    "cooks-knife-detail": (
        "Walnut handle of the cook's knife, its brass pins and the heel of the blade",
        "Griff des Kochmessers aus Nussbaum mit Messingnieten und dem Ende der Klinge",
    ),
    "pepper-mill-open": (
        "Beech pepper mill, open, with peppercorns in it, its head and nut beside it",
        "Offene Pfeffermühle aus Buche mit Pfefferkörnern darin, daneben Kopf und Mutter",
    ),
    "pepper-mill-detail": ("Turned head of the beech pepper mill with its steel nut", "Gedrechselter Kopf der Pfeffermühle aus Buche mit der Stahlmutter"),
    "stoneware-vase-catkins": (
        "Grey stoneware vase with three branches of pussy willow",
        "Graue Steinzeugvase mit drei Zweigen Weidenkätzchen",
    ),
    "stoneware-vase-detail": ("Narrow neck and lip of the grey stoneware vase", "Enger Hals und Rand der grauen Steinzeugvase"),
    "three-leg-stool-beneath": (
        "Round oak stool upside down: three legs in the seat, and the rungs between them",
        "Runder Eichenhocker, umgedreht: drei Beine im Sitz und die Sprossen dazwischen",
    ),
    "table-lamp-detail": ("Sand stoneware foot and brass socket of the table lamp", "Sandfarbener Fuß der Tischlampe aus Steinzeug und ihre Fassung aus Messing"),
    "willow-basket-detail": ("Weave and plaited border of the willow basket", "Geflecht und Rand des Weidenkorbs"),
    "wool-blanket-detail": ("Stripes and folds of the grey wool blanket", "Streifen und Falten der grauen Wolldecke"),
    "beeswax-candle-detail": (
        "Enamelled candle holder with a navy rim and a handle, and the foot of the beeswax candle",
        "Emaillierter Kerzenhalter mit dunkelblauem Rand und Griff, darin die Bienenwachskerze",
    ),
    "twin-bell-alarm-clock-back": (
        "Back of the red alarm clock: knobs for time and alarm, a switch and the door of the battery",
        "Rückseite des roten Weckers: Knöpfe für Zeit und Weckzeit, ein Schalter und das Batteriefach",
    ),
    "twin-bell-alarm-clock-detail": ("Two steel bells of the red alarm clock and the hammer between them", "Zwei Stahlglocken des roten Weckers und der Hammer dazwischen"),
    "terry-towels-rolled": ("Two sand terry towels, rolled", "Zwei sandfarbene Frottierhandtücher, gerollt"),
    "terry-towels-detail": ("Folds and loops of the sand terry towels", "Falten und Schlingen der sandfarbenen Frottierhandtücher"),
    "soap-bar-detail": ("Name and weight, pressed into the olive soap bar", "Name und Gewicht, in die Olivenseife geprägt"),
    "beech-brush-bristles": ("Beech hand brush on its back, natural bristles up", "Handbürste aus Buche auf dem Rücken, die Naturborsten oben"),
    "pocket-compass-closed": ("Brass pocket compass, closed, a rose engraved on its lid", "Taschenkompass aus Messing, geschlossen, mit gravierter Windrose auf dem Deckel"),
    "ridge-tent-closed": ("Green ridge tent, pitched, with its door closed", "Grünes Firstzelt, aufgebaut, mit geschlossenem Eingang"),
    "ridge-tent-front": ("Green ridge tent, pitched: its open door, seen from the front", "Grünes Firstzelt, aufgebaut: der offene Eingang, von vorn gesehen"),
    "ridge-torch-upright": ("Green hand torch standing on its end, its light switched on", "Grüne Taschenlampe, eingeschaltet, auf ihr Ende gestellt"),
    "holdfast-rope-detail": ("Three strands of the blue rope and a band around the coil", "Drei Litzen des blauen Seils und ein Band, das es zusammenhält"),
    "steel-bottle-open": ("Green steel bottle, open, with its beech lid beside it", "Grüne Stahlflasche, offen, mit dem Deckel aus Buche daneben"),
    "storm-lantern-detail": ("Flame and brass burner in the glass of the red storm lantern", "Flamme und Brenner aus Messing im Glas der roten Sturmlaterne"),
    "tidemark-notebook-detail": (
        "Pages, ribbon and elastic band of the blue cloth-bound notebook",
        "Seiten, Lesezeichen und Gummiband des blauen, in Leinen gebundenen Notizbuchs",
    ),
    "inlet-fountain-pen-closed": ("Blue fountain pen, closed, with its clip up", "Blauer Füller, geschlossen, mit dem Clip nach oben"),
    "desk-lamp-detail": ("Shade of the green desk lamp and the joint it hangs from", "Schirm der grünen Schreibtischlampe und das Gelenk, an dem er hängt"),
    "kitchen-radio-detail": ("Dial and knobs of the green table radio", "Skala und Knöpfe des grünen Tischradios"),
    "over-ear-headphones-detail": ("Cup and leather cushion of the black over-ear headphones", "Muschel und Lederpolster der schwarzen Over-Ear-Kopfhörer"),
    "building-blocks-detail": ("Arch, pillars and cubes of the wooden building blocks", "Bogen, Säulen und Würfel der hölzernen Bauklötze"),
}
