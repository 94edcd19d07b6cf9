"""Checks for an editor's desk: sheets, notes, comments in Word, findings for other tools."""
