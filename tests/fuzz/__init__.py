"""Fuzzing: filings, outputs and archives made wrong in many ways, and what must hold for every one of them."""
