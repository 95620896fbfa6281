"""The daily `nubank run` of a laptop, by what its system has: systemd, launchd, Task Scheduler."""
