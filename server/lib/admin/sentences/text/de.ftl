no-such-sentence = Diesen Text gibt es nicht, oder der Shop hat diese Sprache nicht.
