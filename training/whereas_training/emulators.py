"""Other processors under qemu's user emulation, with a Python that runs on them.

What is emulated decides which kernels ONNX Runtime picks: AVX2 without VNNI, SSE4.1 alone, arm64 as AWS Graviton2 has it (Lambda's
arm64 processor), and arm64 with i8mm and SVE. SME is left out: under qemu 7.2 ONNX Runtime's SME kernels give noise, no Graviton has
SME, and whether the emulator or the kernel is wrong cannot be told here.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "inference.lock"
TIMEOUT_S = 1800
PYTHON = "3.11"
"""Debian 12's, and so the arm64 one."""
PACKAGES = (
    f"python{PYTHON}-minimal", f"libpython{PYTHON}-minimal", f"libpython{PYTHON}-stdlib", "libc6", "libstdc++6", "libgcc-s1", "zlib1g",
    "libexpat1", "libssl3", "libffi8", "libbz2-1.0", "liblzma5", "libcrypt1", "libuuid1",
)  # fmt: skip
_ARM_CPUINFO = """processor	: {number}
Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp
CPU implementer	: 0x41
CPU architecture: 8
CPU variant	: 0x3
CPU part	: 0xd0c
CPU revision	: 1

"""


@dataclass(frozen=True, slots=True)
class Processor:
    """What is emulated: ``emulator`` and ``cpu`` as qemu names them."""

    name: str
    emulator: str
    cpu: str


PROCESSORS = (
    Processor("x86-64, AVX2 without VNNI", "qemu-x86_64", "Haswell"),
    Processor("x86-64, SSE4.1", "qemu-x86_64", "Nehalem"),
    Processor("arm64, Neoverse N1 (Graviton2)", "qemu-aarch64", "neoverse-n1"),
    Processor("arm64, i8mm and SVE", "qemu-aarch64", "max,sme=off"),
)


def prepare_arm64(folder: Path) -> None:
    """Unpack Debian's arm64 Python and the locked wheels into ``folder``, once; the system's own package lists stay as they are.

    Raises:
        subprocess.CalledProcessError: apt-get, dpkg-deb or pip failed; its output says why.
    """
    done = folder / "done"
    if done.exists() and done.read_text(encoding="utf-8") == LOCK.read_text(encoding="utf-8"):
        return
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("state/lists/partial", "cache/archives/partial", "debs", "root/proc", "site"):
        (folder / name).mkdir(parents=True)
    (folder / "status").touch()
    settings = {"APT::Architecture": "arm64", "APT::Architectures::": "arm64", "Dir::State": folder / "state", "Debug::NoLocking": 1,
                "Dir::State::status": folder / "status", "Dir::Cache": folder / "cache"}  # fmt: skip
    apt = ["apt-get", "-q", *(word for key, value in settings.items() for word in ("-o", f"{key}={value}"))]
    _call([*apt, "update"])
    _call([*apt, "download", *PACKAGES], cwd=folder / "debs")
    for package in sorted((folder / "debs").glob("*.deb")):
        _call(["dpkg-deb", "-x", str(package), str(folder / "root")])
    # ONNX Runtime reads the processor from here, and dies on a file that tells of x86; qemu prefers files below its -L folder.
    cpuinfo = "".join(_ARM_CPUINFO.format(number=i) for i in range(64))
    (folder / "root" / "proc" / "cpuinfo").write_text(cpuinfo, encoding="utf-8")
    platforms = [word for tag in ("_2_28", "_2_27", "2014") for word in ("--platform", f"manylinux{tag}_aarch64")]
    _call([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
           "--only-binary=:all:", "--python-version", PYTHON, *platforms, "--target", str(folder / "site"), "-r", str(LOCK)])  # fmt: skip
    done.write_text(LOCK.read_text(encoding="utf-8"), encoding="utf-8")


def _call(command: list[str], *, cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL)


def emulate(processor: Processor, arguments: Sequence[str], *, folder: Path) -> str:
    """Run Python with ``arguments`` on another processor, ``whereas`` and ``whereas_training`` in its path; return what it prints.

    Args:
        processor: what to emulate.
        arguments: of Python.
        folder: where ``prepare_arm64`` puts its files.

    Raises:
        RuntimeError: the emulated program failed; the message ends with its last words.
    """
    packages = [ROOT / "layers" / "core", ROOT / "training"]
    if processor.emulator.endswith(platform.machine()):
        python = [sys.executable]
    else:
        prepare_arm64(folder)
        python = ["-L", str(folder / "root"), str(folder / "root/usr/bin" / f"python{PYTHON}")]
        packages.append(folder / "site")
    command = [processor.emulator, "-cpu", processor.cpu, *python, "-P", *arguments]
    environment = {"PYTHONPATH": ":".join(map(str, packages)), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        raise RuntimeError(f"{processor.name} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout
