"""The demo: a home of its own in which the walk of 26 July 2021 is played over HTTP."""
