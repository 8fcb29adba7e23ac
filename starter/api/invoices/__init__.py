"""Electronic invoices over HTTP: files in a JSON body, taken in like those of the command."""
