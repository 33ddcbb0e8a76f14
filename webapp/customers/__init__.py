"""Customers: the company, its people, what it needs and is worth, its level, and everything that happened."""
