"""Taking whole files in: everything or nothing, as often as one likes."""
