"""What is installed on a cluster: a Python of its own with little more than PySpark, Spark's settings, Hadoop's S3."""

import os
import shutil
import sys
import venv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from boto3.session import Session

#: What a node has. Nothing of the platform's: its code arrives with each step.
PACKAGES: Final = ("pyspark", "py4j")
#: Hadoop's file system for S3 and what it needs, without what Spark has in versions of its own.
_JARS: Final = Path(__file__).parents[3] / ".jars" / "jars"
_OF_SPARK: Final = ("io.netty_", "org.slf4j_", "commons-")
_SETTINGS: Final = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    # For few rows, compiling expressions costs more than it gains.
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
    "spark.hadoop.fs.s3a.path.style.access": "true",
    "spark.hadoop.fs.s3a.connection.ssl.enabled": "false",
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
}


class Machine:
    """One that runs the commands of steps, in processes that know nothing of the tests' Python."""

    def __init__(self, folder: Path, s3: str, packages: Sequence[str] = PACKAGES) -> None:
        self._folder = folder
        self._s3 = s3
        #: Of this endpoint, whatever becomes of the variables.
        self.s3: Any = Session().client("s3", endpoint_url=s3)
        self._python = folder / "python"
        venv.create(self._python, with_pip=False, symlinks=True)
        site = next((self._python / "lib").glob("python3*")) / "site-packages"
        for name in packages:
            place = _place_of(name)
            (site / place.name).symlink_to(place)
        self._home = _place_of("pyspark")
        self._write_settings()

    def command(self, arguments: Sequence[str]) -> list[str]:
        """What `command-runner.jar` would start: Spark's command, or any other."""
        spark = [str(self._home / "bin" / "spark-submit")]
        return [*(spark if arguments[0] == "spark-submit" else arguments[:1]), *arguments[1:]]

    def environment(self, **more: str) -> dict[str, str]:
        """Of such a process: of this one's only where programs are."""
        return {
            "PATH": f"{self._python / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "SPARK_HOME": str(self._home),
            "SPARK_CONF_DIR": str(self._folder / "conf"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "AWS_ENDPOINT_URL": self._s3,
            "AWS_ACCESS_KEY_ID": os.environ["AWS_ACCESS_KEY_ID"],
            "AWS_SECRET_ACCESS_KEY": os.environ["AWS_SECRET_ACCESS_KEY"],
            "AWS_REGION": os.environ["AWS_DEFAULT_REGION"],
            **more,
        }

    def _write_settings(self) -> None:
        (self._folder / "conf").mkdir()
        settings = {
            **_SETTINGS,
            "spark.driver.extraClassPath": os.pathsep.join(_jars()),
            "spark.hadoop.fs.s3a.endpoint": self._s3,
            "spark.hadoop.fs.s3a.endpoint.region": os.environ["AWS_DEFAULT_REGION"],
            "spark.local.dir": str(self._folder / "scratch"),
        }
        text = "".join(f"{name} {value}\n" for name, value in settings.items())
        (self._folder / "conf" / "spark-defaults.conf").write_text(text)


def why_not() -> str:
    """What is missing to run steps for real; empty if nothing is."""
    if not shutil.which("java"):
        return "JVM Spark needs Java 17 (Debian: openjdk-17-jre-headless)"
    return "" if _jars() else "needs Hadoop's way to S3: make .jars/installed"


def _jars() -> list[str]:
    return [str(path) for path in sorted(_JARS.glob("*.jar")) if not path.name.startswith(_OF_SPARK)]


def python_name() -> str:
    """As which the machine's Python is found."""
    return f"python3.{sys.version_info.minor}"


def _place_of(package: str) -> Path:
    spec = find_spec(package)
    assert spec
    assert spec.origin
    place = Path(spec.origin)
    return place.parent if place.name == "__init__.py" else place
