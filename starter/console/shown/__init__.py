"""How values are shown to people: money, days, instants, words."""
