"""The few system calls that Python does not offer: namespaces, mounts, privileges and Landlock."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
from collections.abc import Iterable

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID = 0x00020000, 0x08000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER = 1, 4, 24, 36
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
LAST_CAPABILITY = 40

# Landlock's calls have the same numbers on every architecture.
SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, list a folder
WRITE_FILE, TRUNCATE = 1 << 1, 1 << 14
MAKE = sum(1 << bit for bit in range(4, 14))  # remove, make, link and rename

_libc = ctypes.CDLL(None, use_errno=True) if platform.system() == "Linux" else None


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Leave namespaces behind."""
    _checked(_libc.unshare(flags), "unshare")


def fork_into_new_processes() -> int:
    """Fork a child that is the first process of a process namespace of its own; returns as `os.fork` does."""
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    unshare(CLONE_NEWPID)  # for the next child; this process stays where it is
    child = -1
    try:
        child = os.fork()
    finally:
        if child:
            _checked(_libc.setns(own, CLONE_NEWPID), "setns")
        os.close(own)
    return child


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system."""
    result = _libc.mount(
        source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()
    )
    _checked(result, f"mount {target}")


def prctl(option: int, value: int = 0, third: int = 0) -> int:
    """Set one property of this process."""
    longs = (ctypes.c_ulong(value), ctypes.c_ulong(third), ctypes.c_ulong(0), ctypes.c_ulong(0))
    return _checked(_libc.prctl(option, *longs), f"prctl {option}")


def die_with_parent() -> None:
    """Be killed when the parent ends."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def drop_privileges() -> None:
    """Give up every capability, for this process and whatever it starts."""
    for capability in range(LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # no right to: then there is nothing to drop either
    with contextlib.suppress(OSError):
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def landlock_version() -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    if _libc is None:
        return 0
    return max(0, _libc.syscall(SYS_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1)))


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scope", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("access", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def landlock(read: Iterable[str], change: Iterable[str], write: Iterable[str] = ()) -> int:
    """Confine this process and its children to some paths; without a TCP connection and outside signals.

    Parameters
    ----------
    read, change, write : iterable of str
        Paths to read and execute from; folders in which anything may be done; paths whose files may be written.

    Returns
    -------
    int
        Landlock's version, 0 when the kernel has none and nothing was done.
    """
    version = landlock_version()
    if not version:
        return 0
    handled = READ | WRITE_FILE | MAKE
    handled |= TRUNCATE if version >= 3 else 0
    handled &= ~(1 << 13) if version < 2 else handled  # linking between folders came with version 2
    network = 3 if version >= 4 else 0
    scope = 3 if version >= 6 else 0
    rules = _Ruleset(handled, network, scope)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _checked(
        _libc.syscall(SYS_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0)),
        "landlock",
    )
    try:
        for paths, access in (
            (read, READ),
            (change, handled),
            (write, READ | WRITE_FILE | TRUNCATE),
        ):
            for path in paths:
                _allow(ruleset, path, access & handled)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        _checked(_libc.syscall(SYS_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)), "landlock")
    finally:
        os.close(ruleset)
    return version


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no rule
    try:
        if not os.path.isdir(path):
            access &= 1 << 0 | 1 << 2 | WRITE_FILE | TRUNCATE
        rule = _Beneath(access, place)
        _checked(_libc.syscall(SYS_ADD_RULE, ruleset, 1, ctypes.byref(rule), ctypes.c_uint32(0)), "landlock")
    finally:
        os.close(place)
