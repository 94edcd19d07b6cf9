"""Every result as text for people or programs."""
