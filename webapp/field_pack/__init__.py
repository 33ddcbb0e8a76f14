"""What a phone carries: the pages that its user needs without a signal, kept up to date by a feed of changes."""
