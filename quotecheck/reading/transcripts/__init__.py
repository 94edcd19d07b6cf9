"""Turns of speakers in transcripts of courts, parliaments, plays and interviews."""
