"""The agency: the case's whole file, delivered into a folder or over a webhook."""
