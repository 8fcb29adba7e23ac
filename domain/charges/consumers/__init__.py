"""What a country's law lets a consumer be charged for paying late, and from when on."""
