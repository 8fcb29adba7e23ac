"""Takes in what connected billing systems tell, and tells them back how cases stand."""
