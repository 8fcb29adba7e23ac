"""Running on a cluster: the chart, the probes, the figures and the alerts."""
