choose-a-way = Choose up or down.
