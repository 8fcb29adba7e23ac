"""What connected billing systems call, and what asks them each half minute."""
