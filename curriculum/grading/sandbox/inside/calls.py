"""The system calls that a notebook may not make: a seccomp filter, in the classic BPF that the kernel takes.

What is denied is what Docker's default profile keeps from containers and what systemd's groups @clock, @debug, @module,
@mount, @obsolete, @raw-io, @reboot and @swap hold; besides these io_uring, a look into other processes' memory, and most
kinds of socket. Denied calls fail with an error, and nothing is killed. numpy, pandas, matplotlib, threads,
subprocesses, multiprocessing and joblib need none of them.

Written out here because the libraries for it want libseccomp beside them; this needs the kernel alone.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from . import linux

PR_SET_SECCOMP, MODE_FILTER = 22, 2
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # as the kernel calls them

# Numbers on x86_64 and on aarch64; None where there is no such call.
DENIED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271)},
    **{"process_madvise": (440, 440), "pidfd_getfd": (438, 438), "kcmp": (312, 272)},
    **{"perf_event_open": (298, 241), "lookup_dcookie": (212, 18), "syslog": (103, 116)},
    # large parts of the kernel that a notebook has no use for
    **{"bpf": (321, 280), "userfaultfd": (323, 282)},
    **{"io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427)},
    **{"add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219)},
    **{"fanotify_init": (300, 262), "fanotify_mark": (301, 263)},
    **{"modify_ldt": (154, None), "iopl": (172, None), "ioperm": (173, None)},
    # file systems and namespaces
    **{"mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51)},
    **{"open_tree": (428, 428), "move_mount": (429, 429), "mount_setattr": (442, 442)},
    **{"fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433)},
    **{"unshare": (272, 97), "setns": (308, 268)},
    **{"name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265)},
    **{"quotactl": (179, 60), "quotactl_fd": (443, 443), "acct": (163, 89)},
    **{"swapon": (167, 224), "swapoff": (168, 225)},
    # the machine
    **{"reboot": (169, 142), "kexec_load": (246, 104), "kexec_file_load": (320, 294)},
    **{"init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106)},
    **{"settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266)},
    **{"adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58)},
    # memory of other processors
    **{"mbind": (237, 235), "set_mempolicy": (238, 237), "get_mempolicy": (239, 236)},
    **{"set_mempolicy_home_node": (450, 450), "migrate_pages": (256, 238), "move_pages": (279, 239)},
    # long gone
    **{"create_module": (174, None), "get_kernel_syms": (177, None), "query_module": (178, None)},
    **{"uselib": (134, None), "ustat": (136, None), "sysfs": (139, None), "_sysctl": (156, None)},
    **{"nfsservctl": (180, 42), "getpmsg": (181, None), "putpmsg": (182, None), "afs_syscall": (183, None)},
    **{"tuxcall": (184, None), "security": (185, None), "vserver": (236, None)},
}
# Calls that are judged by what they are asked for.
JUDGED: dict[str, tuple[int, int]] = {
    **{"clone": (56, 220), "clone3": (435, 435), "personality": (135, 92), "ioctl": (16, 29)},
    **{"socket": (41, 198), "socketpair": (53, 199)},
}
NEWER = 463  # calls from Linux 6.13 on were not looked at: "not implemented". So are those of the x32 kind

NAMESPACES = 0x7E020000  # every CLONE_NEW...
ASK_PERSONALITY = 0xFFFFFFFF
TIOCSTI, TIOCLINUX = 0x5412, 0x541C  # would type into a terminal
AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
PROTOCOLS = (0, 6, 17)  # the usual one, TCP, UDP

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, value
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # places in the kernel's description of a call
ALLOW, FAIL = 0x7FFF0000, 0x00050000


def missing() -> str:
    """Why there is no filter on this machine; empty when there can be one."""
    if platform.machine() not in ARCHITECTURES or struct.calcsize("P") != 8:
        return f"there is no list of system calls for {platform.machine()}"
    try:
        linux.prctl(PR_SET_SECCOMP, MODE_FILTER, 0)
    except OSError as error:
        if error.errno == errno.EFAULT:  # it would have read a filter
            return ""
    return "this kernel takes no filter of system calls (seccomp)"


def program(machine: str) -> list[Instruction]:
    """The filter for one architecture, as instructions that the kernel runs before each system call."""
    column = list(ARCHITECTURES).index(machine)
    number = {name: numbers[column] for name, numbers in (DENIED | JUDGED).items()}
    made = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURES[machine]),
        _fail(errno.ENOSYS),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, NEWER),
        _fail(errno.ENOSYS),
    ]

    def judge(name: str, *checks: Instruction) -> None:
        if number[name] is not None:
            made.extend([(EQUAL, 0, len(checks), number[name]), *checks])

    for name in DENIED:
        judge(name, _fail(errno.EPERM))
    judge("clone3", _fail(errno.ENOSYS))  # its flags are out of reach; the C library then uses clone
    judge("clone", _argument(0), (ANY_BIT, 0, 1, NAMESPACES), _fail(errno.EPERM), _ALLOWED)
    judge("personality", *_only(0, (0, ASK_PERSONALITY), errno.EPERM), _ALLOWED)
    judge(
        "ioctl", _argument(1), (EQUAL, 1, 0, TIOCSTI), (EQUAL, 0, 1, TIOCLINUX), _fail(errno.EPERM), _ALLOWED
    )
    families = _only(0, (AF_UNIX, AF_INET, AF_INET6), errno.EAFNOSUPPORT)
    judge("socket", *families, *_only(2, PROTOCOLS, errno.EPROTONOSUPPORT), _ALLOWED)
    judge("socketpair", *_only(0, (AF_UNIX,), errno.EAFNOSUPPORT), _ALLOWED)
    return [*made, _ALLOWED]


def install() -> None:
    """Put this process and all that it starts behind the filter, for good. Privileges must be given up before."""
    made = program(platform.machine())
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *one) for one in made))
    whole = _Program(len(made), ctypes.addressof(code))
    linux.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(whole))


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


_ALLOWED: Instruction = (RETURN, 0, 0, ALLOW)


def _fail(number: int) -> Instruction:
    return (RETURN, 0, 0, FAIL | number)


def _argument(index: int) -> Instruction:
    return (LOAD, 0, 0, ARGUMENTS + 8 * index)  # the lower half, which is all of a flag or an int


def _only(index: int, values: tuple[int, ...], number: int) -> list[Instruction]:
    """Go on where an argument is one of some values, else fail."""
    tests = [(EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [_argument(index), *tests, _fail(number)]
