"""Made-up data for benchmarks: planted misquotations, synthetic news."""
