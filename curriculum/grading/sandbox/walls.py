"""Which walls this machine can put between a learner's code and everything else."""

from __future__ import annotations

import functools
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from curriculum.grading.sandbox.inside import calls, linux

WORK = "/exercise"  # where a notebook runs, behind the wall
INSIDE = Path(__file__).with_name("inside")
ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives", "mime.types")
NEEDED = "CAP_SYS_ADMIN", "CAP_SYS_RESOURCE", "CAP_SETPCAP"


@dataclass(frozen=True)
class Protection:
    """One layer: what it keeps from happening, and whether it is there."""

    name: str
    against: str
    present: bool
    how: str  # by what it is given, or why it is missing


def protections() -> list[Protection]:
    """Every layer of protection on this machine, present or missing."""
    walls, why = found()
    spaces = walls == "namespaces"
    locked = linux.landlock_version() if walls in ("namespaces", "landlock") else 0
    unfiltered = calls.missing() if walls != "kernel" else why
    by = "bubblewrap (namespaces)"
    made = [
        Protection(
            "own files",
            "reading your solutions, other submissions, the gradebook, your home folder; writing anywhere",
            spaces or bool(locked),
            " and ".join([by] * spaces + ["Landlock"] * bool(locked)) or why,
        ),
        Protection(
            "no network",
            "sending data out, loading answers",
            spaces,
            by if spaces else f"{why}; Landlock keeps TCP connections back" if locked >= 4 else why,
        ),
        Protection(
            "own processes",
            "seeing or stopping other programs; leaving programs behind",
            spaces,
            by if spaces else why,
        ),
        Protection(
            "own scratch disk", "filling your disk, leaving files behind", spaces, by if spaces else why
        ),
        Protection(
            "few system calls",
            "using faults of the kernel, looking into other programs, making namespaces or odd sockets",
            not unfiltered,
            unfiltered or "a filter in the kernel (seccomp)",
        ),
        Protection(
            "limits",
            "using up processor time, memory, processes or file handles",
            walls != "kernel",
            "resource limits and a supervisor" if walls != "kernel" else why,
        ),
        Protection(
            "true tests",
            "talking a test out of failing",
            walls != "kernel",
            "what tests rely on is compared and put back before each" if walls != "kernel" else why,
        ),
    ]
    return made


def missing() -> str:
    """One line that says which protection is missing, empty when none is."""
    lost = [layer for layer in protections() if not layer.present]
    if not lost:
        return ""
    names = ", ".join(layer.name for layer in lost)
    reasons = "; ".join(dict.fromkeys(layer.how.partition("; Landlock")[0] for layer in lost))
    return (
        f"Grading without these protections: {names} ({reasons}). "
        "Grade notebooks that you do not trust in a container or a virtual machine."
    )


@functools.cache
def found() -> tuple[str, str]:
    """The best way to run notebooks here, and why there is no better one.

    `namespaces` (bubblewrap works), `landlock` or `bare` (a forked child without or with little of a wall),
    `kernel` (an ordinary Jupyter kernel).
    """
    if sys.platform != "linux":
        return "kernel", f"there is no sandbox for {sys.platform}"
    program = shutil.which("bwrap")
    if program is None:
        why = "bubblewrap is not installed: `apt install bubblewrap` or your system's way"
    else:
        why = _try(program)
        if not why:
            return "namespaces", ""
    return ("landlock" if linux.landlock_version() else "bare"), why


def _try(program: str) -> str:
    """Why bubblewrap does not work here; empty when it does."""
    script = (
        "import sys; sys.path.insert(0, '/engine'); from inside import linux; import os\n"
        "pid = linux.fork_into_new_processes()\n"
        "if pid: sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
        "linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWIPC)\n"
        "linux.mount('proc', '/proc', 'proc')\n"
        "linux.mount('tmpfs', '/tmp', 'tmpfs')\n"
    )
    try:
        done = subprocess.run(
            [*command(program, ()), python(), "-I", "-S", "-c", script],
            capture_output=True,
            text=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not start: {error}"
    if done.returncode == 0:
        return ""
    said = (done.stderr or done.stdout).strip().splitlines()
    reason = said[-1] if said else f"it ended with {done.returncode}"
    return f"bubblewrap is installed but this system does not let it make namespaces: {reason}"


def python() -> str:
    """The interpreter to start: that of the environment, so that its packages are found."""
    return sys.executable


def library_folders() -> list[str]:
    """Folders of installed packages; never a course folder that stands in the search path."""
    named = {"site-packages", "dist-packages"}
    places = [path for path in sys.path if path and Path(path).name in named and Path(path).is_dir()]
    if site.ENABLE_USER_SITE and (user := site.getusersitepackages()) not in places and Path(user).is_dir():
        places.append(user)
    return places


def readable() -> list[str]:
    """What a notebook may read: Python, its packages, the system's libraries, fonts."""
    roots = [sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *library_folders()]
    roots += [str(Path(path).resolve()) for path in (python(), *roots)]
    roots += ["/usr", *(f"/etc/{name}" for name in ETC)]
    kept: list[str] = []
    for root in sorted({os.path.normpath(root) for root in roots}, key=len):
        inside = any(root == known or root.startswith(known + "/") for known in kept)
        if not inside and os.path.exists(root) and root != "/":
            kept.append(root)
    return kept


def command(program: str, hide: tuple[str, ...]) -> list[str]:
    """The bubblewrap command in front of the warm parent's own.

    Parameters
    ----------
    program : str
        Path of `bwrap`.
    hide : tuple of str
        Folders that must not be seen even if they lie inside one that has to be (a course folder below Python's).
    """
    words = [program, "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--clearenv"]
    words += ["--cap-drop", "ALL", *(word for name in NEEDED for word in ("--cap-add", name))]
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", WORK]
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        path = Path("/", name)
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            words += ["--ro-bind", str(path), str(path)]
    steps = [(path, ["--ro-bind", path, path]) for path in readable()]
    covered = [path for path in hide if any(path.startswith(root + "/") for root, _ in steps)]
    steps += [(path, ["--tmpfs", path]) for path in covered]
    again = {sys.prefix, sys.base_prefix, *library_folders()}
    steps += [(p, ["--ro-bind", p, p]) for p in again if any(p.startswith(c + "/") for c in covered)]
    for _, step in sorted(steps, key=lambda item: item[0].count("/")):
        words += step
    words += ["--ro-bind", str(INSIDE), "/engine/inside"]
    for name, value in environment().items():
        words += ["--setenv", name, value]
    return [*words, "--remount-ro", "/", "--chdir", "/"]


def environment(home: str = "/tmp") -> dict[str, str]:
    """What a notebook finds in its environment: nothing of the grading person's."""
    single = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")}
    return {
        "PATH": os.pathsep.join([str(Path(python()).parent), "/usr/bin", "/bin"]),
        "HOME": home,
        "USER": "learner",
        "LOGNAME": "learner",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "NBGRADER_EXECUTION": "autograde",
        **single,
        **({"TZ": os.environ["TZ"]} if os.environ.get("TZ") else {}),
    }
