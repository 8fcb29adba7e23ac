"""Reading what billing systems and banks export: all of a file, or none of it with the reasons."""
