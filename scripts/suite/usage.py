"""What processes have used: CPU seconds and memory, as the kernel counts them."""

import dataclasses
import os
import pathlib


def cpu_seconds(pid: int) -> float:
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mib(pid: int) -> float:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@dataclasses.dataclass
class Sample:
    """CPU seconds by process name at one moment."""
    cpu: dict[str, float]

    @staticmethod
    def take(pids: dict[str, int]) -> "Sample":
        return Sample({name: cpu_seconds(pid) for name, pid in pids.items()})

    def since(self, earlier: "Sample") -> dict[str, float]:
        return {name: seconds - earlier.cpu[name] for name, seconds in self.cpu.items()}
