"""Write the lock files anew: versions and hashes of everything that ``pyproject.toml`` asks for, for every platform.

``dev.lock`` is what ``make setup`` installs. The layers' locks (``core``, ``inference``, ``ocr``) hold what their ``.in`` file
names, in the versions of ``dev.lock``. ``sam.lock`` is the SAM command line, which pins too much to share an environment.
"""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
EXTRAS = ("inference", "ocr", "local", "dev", "benchmarks")
LAYERS = {
    # The X-Ray SDK asks for botocore, which the Lambda runtime brings along.
    "core": ("--no-emit-package", "botocore"),
    # onnxruntime and tokenizers run without what their packages ask for: hub clients, protobuf, half of the 250 MiB.
    "inference": ("--no-deps",),
    "ocr": (),
}


def compile_lock(sources: list[str], target: Path, *options: str) -> None:
    """Resolve ``sources`` for every platform and write ``target`` with hashes, without addresses."""
    command = ["pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate",
               "--no-emit-index-url", "--no-emit-find-links", "--quiet", *options, *sources, "--output-file", str(target)]  # fmt: skip
    uv = shutil.which("uv", path=str(HERE.parent / ".venv/bin")) or "uv"
    subprocess.run([uv, *command], check=True, cwd=HERE.parent)  # noqa: S603 - our own command line


def main() -> None:
    """Write every lock file."""
    dev = HERE / "dev.lock"
    compile_lock(["pyproject.toml"], dev, *(f"--extra={name}" for name in EXTRAS), "--upgrade")
    for layer, options in LAYERS.items():
        compile_lock([f"requirements/{layer}.in"], HERE / f"{layer}.lock", "--constraint", str(dev), *options)
    compile_lock(["requirements/sam.in"], HERE / "sam.lock", "--upgrade")


if __name__ == "__main__":
    main()
