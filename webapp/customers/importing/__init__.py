"""A file of customers on its way in: read whatever a spreadsheet wrote, guess its columns, show what would happen, and
take it in by pieces, so that a killed job goes on where it was and the same file twice adds nothing."""
