no-such-sentence = There is no such text, or the shop doesn’t have this language.
