"""The whole product measured: gold readers, metrics, synthetic data, one run per command."""
