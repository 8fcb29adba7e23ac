"""The noun `report`: what credit managers steer by, as figures and as charts."""
