"""Hadoop's way to S3 for the JVM Spark of the tests, from Maven Central, each archive held against its SHA-256.

`make .jars/installed` fetches; with `--lock` the list is written anew, as `make lock` does. On EMR `s3://` is built in.
"""

import hashlib
import sys
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parents[2] / ".jars"
LOCK: Final = FOLDER.parent / "requirements-hadoop.lock"
#: Of the Hadoop that pyspark brings, and of the SDK that it was made with.
_HADOOP: Final = "3.4.2"
_SDK: Final = "2.29.52"
_PACKAGES: Final = (
    f"org.apache.hadoop:hadoop-aws:{_HADOOP}",
    *(f"software.amazon.awssdk:{name}:{_SDK}" for name in ("s3", "s3-transfer-manager", "sts")),
)
#: The whole SDK is 600 MB, of which the three parts above are what S3 needs; the rest Spark has in other versions.
_WITHOUT: Final = ("software.amazon.awssdk:bundle", "org.apache.hadoop:hadoop-common", "io.netty:*", "org.slf4j:*")


def main() -> None:
    """Fetch; end with 1 if an archive is not the one that was locked, or another Hadoop is needed."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.jars.ivy", str(FOLDER)).config("spark.jars.packages", ",".join(_PACKAGES))
    session: Any = builder.config("spark.jars.excludes", ",".join(_WITHOUT)).getOrCreate()
    hadoop = session._jvm.org.apache.hadoop.util.VersionInfo.getVersion()
    session.stop()
    if hadoop != _HADOOP:
        sys.exit(f"pyspark brings Hadoop {hadoop}: set _HADOOP, and _SDK to what its hadoop-aws needs")
    found = "".join(f"{_digest(path)}  {path.name}\n" for path in sorted((FOLDER / "jars").glob("*.jar")))
    if "--lock" in sys.argv:
        LOCK.write_text(found, encoding="utf-8")
    elif found != LOCK.read_text(encoding="utf-8"):
        sys.exit(f"what is in {FOLDER / 'jars'} is not what {LOCK.name} lists")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
