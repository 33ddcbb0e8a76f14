"""The cellar: settings, database, clock, facts, language, pages. It knows no business."""
