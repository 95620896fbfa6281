"""Speed and memory, measured side by side on this machine. Nothing here is a test, and no test is timed."""
