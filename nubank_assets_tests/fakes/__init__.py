"""Small hand-written stand-ins for the outside world."""
