"""An EMR on this machine: its API over HTTP, and behind it real `spark-submit` processes on JVM Spark."""
