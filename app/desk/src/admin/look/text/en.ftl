look = Look
look-saved = Look saved.
last-changed-by = by { $who }
last-changed = Last changed
discard = Discard
save-look = Save look
preview = Preview
preview-hint = Nothing changes in the shop until you save.
not-saved-yet = This is a preview. Save to show it in the shop.

# Someone else was faster
changed-meanwhile = The look was changed while you were editing.
changed-meanwhile-advice = Your changes haven’t been saved yet. Save again to replace the current look with yours.
conflict = Someone else has changed the look since you opened it.

# Colours, corners, font
accent = Accent colour
accent-hint = Used for buttons, links and marks. Lightness follows from the hue, so that text stays readable in light and dark.
accent-standard = Standard green
accent-own = A colour of your own
hue = Hue
hue-hint = From 0 to 359: red is about 25, yellow 95, green 145, blue 250, purple 310.
corners = Corners
corners-square = Square
corners-slight = Slightly rounded
corners-rounded = Rounded
corners-round = Very rounded
font = Font
font-system = The visitor’s own
font-inter = Inter, plain and neutral
font-outfit = Outfit, geometric
font-literata = Literata, a serif for reading
font-fraunces = Fraunces, a soft serif for headings

# Pictures
pictures = Logo and icon
pictures-hint = PNG, JPEG or WebP up to 8 MB, or SVG up to 256 KB. Upload a picture, check the preview, then save. Uploading keeps only changes that you have previewed.
logo = Logo
logo-hint = Shown in place of the shop’s name, up to 40 pixels high.
logo-dark = Logo on dark backgrounds
logo-dark-hint = For visitors who use dark mode. Without one, the other logo is shown.
icon = Icon
icon-hint = A square for browser tabs and home screens: an SVG, or at least 512 pixels wide.
none-yet = None yet
choose-file = Choose a file
upload = Upload
remove-logo = Remove the logo when I save
remove-logo-dark = Remove the dark logo when I save
remove-icon = Remove the icon when I save
picture-of-icon = Icon of the shop

# The preview
light = Light
dark = Dark
sample-heading = Made well, made to last
sample-text = This is how text looks in your shop,
sample-link = with a link in it
sample-primary = Add to cart
sample-second = Continue shopping
sample-badge = New
sample-chosen = Chosen
sample-other = Not chosen
sample-field = E-mail
sample-error = Enter your e-mail address.

# What is wrong
choose-an-accent = Choose an accent colour.
enter-a-hue = Enter a number from 0 to 359.
choose-corners = Choose one of the corners.
choose-a-font = Choose one of the fonts.
upload-again = This picture is no longer here. Upload it again.
choose-a-file = Choose a picture to upload.
not-a-picture = Choose a PNG, JPEG, WebP or SVG picture.
too-large = Pictures can be up to 8 MB, and SVG files up to 256 KB.
too-wide = Pictures can be up to 8000 pixels wide and high, with up to 40 million pixels in total.
damaged = This picture is damaged and can’t be shown.
more-than-a-picture = This file contains more than a picture.
interrupted = The upload was interrupted or is too large. Try again.
send-as-form = Send the picture as a multipart form.
svg-outside = This SVG contains a picture or refers to something outside the file. Save it with shapes only, or upload a PNG.
svg-active = This SVG contains a script or an animation. Save it without, or upload a PNG.
svg-entities = This SVG declares entities. Save it as plain SVG, or upload a PNG.
svg-text = This SVG contains text. Convert the text to paths, or upload a PNG.
svg-style-sheet = This SVG clips or masks through a style sheet. Save it with presentation attributes, or upload a PNG.
svg-complex = This SVG is too complex to draw. Simplify it, or upload a PNG.
svg-empty = There is nothing to see in this SVG.
svg-element = This SVG uses “{ $name }”, which isn’t supported. Save it without, or upload a PNG.
