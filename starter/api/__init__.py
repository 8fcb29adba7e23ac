"""The gateway: what programs outside may ask and tell, over HTTP."""
