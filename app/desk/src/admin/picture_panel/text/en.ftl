picture = Picture
choose-picture = Choose a picture
upload = Upload
remove-picture = Remove picture
