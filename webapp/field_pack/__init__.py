"""What a phone carries: the list of pages that its user needs without a signal."""
