#!/usr/bin/python3
"""PyTorch on the bench's workloads; README.md tells how it is asked and why it is set up so."""
import ctypes
import os

# Two pools of threads stand in each other's way: PyTorch's own does better alone.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

# It asks for its large tensors anew in each step. Unless the C library keeps what was given back,
# the system clears fresh pages for them each time, which takes longer than the sums.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_MAX = -1, -2, -4
try:
    libc = ctypes.CDLL(None)
    libc.mallopt(M_MMAP_MAX, 0)
    libc.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)
    libc.mallopt(M_TOP_PAD, 2**28)
except (AttributeError, OSError):
    pass  # another C library

import sys
import time

import torch
from torch import nn


def pictures():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 12 * 12, 128), nn.ReLU(), nn.Linear(128, 10))


def small_pictures():
    return nn.Sequential(
        nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * 4 * 4, 10))


def vectors():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def points():
    return nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 1),
                         nn.Tanh())


# network, shape of a sample, batch, samples of the set
WORKLOADS = {"W1": (vectors, (784,), 32, 2048), "W2": (small_pictures, (1, 28, 28), 32, 2048),
             "W3": (pictures, (1, 28, 28), 128, 512), "W4": (points, (2,), 10, 500),
             "W5": (pictures, (1, 28, 28), 1, 64)}


class Work:
    def __init__(self, name):
        build, shape, self.batch, count = WORKLOADS[name]
        torch.manual_seed(1)
        self.net = build()
        self.learns = name != "W5"
        self.x = torch.rand(count, *shape)
        if len(shape) == 3:  # spares oneDNN's convolutions bringing numbers into another order
            self.net = self.net.to(memory_format=torch.channels_last)
            self.x = self.x.contiguous(memory_format=torch.channels_last)
        if name == "W4":
            self.y = torch.rand(count, 1) * 2 - 1
            self.loss = nn.MSELoss()
        else:
            self.y = torch.randint(10, (count,))
            self.loss = nn.CrossEntropyLoss()
        self.sgd = torch.optim.SGD(self.net.parameters(), lr=0.01)
        self.at = 0

    def step(self):
        if self.at + self.batch > len(self.x):
            self.at = 0
        x = self.x[self.at:self.at + self.batch]
        y = self.y[self.at:self.at + self.batch]
        self.at += self.batch
        if not self.learns:
            with torch.inference_mode():
                torch.softmax(self.net(x), 1)
            return
        self.sgd.zero_grad()
        self.loss(self.net(x), y).backward()
        self.sgd.step()


def title():
    """Its name; the reference BLAS, several times slower than OpenBLAS, is no fair contestant."""
    torch.rand(64, 64) @ torch.rand(64, 64)
    name = "PyTorch " + torch.__version__.split("+")[0]
    with open("/proc/self/maps") as maps:
        if "openblas" in maps.read() or torch.backends.mkl.is_available():
            return name
    print("PyTorch runs on the slow reference BLAS here; install libopenblas0-pthread",
          file=sys.stderr)
    return name + ", slow BLAS"


def main():
    works = {}
    print(title(), flush=True)
    for line in sys.stdin:
        name, threads, seconds = line.split()
        if name not in WORKLOADS:
            print(0, flush=True)
            continue
        work = works.get(name) or works.setdefault(name, Work(name))
        torch.set_num_threads(int(threads))
        work.step()
        done, begin, took = 0, time.perf_counter(), 0.0
        while done == 0 or took < float(seconds):
            work.step()
            done += work.batch
            took = time.perf_counter() - begin
        print(done / took, flush=True)


main()
