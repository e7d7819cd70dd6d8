#!/usr/bin/python3
"""Compares Glassnet with PyTorch: parity.py [--program GLASSNET] [--networks N] [--seed S].

Writes N random networks (networks.py), has `glassnet trace` write every number of one pass of
each, works the same pass out in double with PyTorch (reference.py, updates.py) and compares all
tensors. Then trains some networks for several steps with `glassnet train` and compares the
weights (training.py), and what `glassnet look` finds in the shipped network (inside.py). README.md says how errors are measured. Exit code 0: all agree, or PyTorch
is missing (it says "skipped"); 1: something disagrees.
"""
import argparse
import glob
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
    import torch
except ImportError as missing:
    print('parity: skipped, because Python lacks a package (%s); on Debian and Ubuntu: '
          'apt-get install python3-torch python3-numpy' % missing)
    sys.exit(0)

from inside import check_inside
from networks import ROWS, random_network, write
from reference import Reference
from training import compare_trained, run_training
from updates import expected_updates

WORST, MEDIAN, UPDATE, TRAINED = 1e-4, 2e-6, 2e-6, 5e-3
# Where PyTorch's own float32 is nearly as far from its double, a true sum of 0, say, is lost in
# rounding, and there is nothing to compare. At most this part of all tensors may be so.
ROUNDING, MOST_LOST = 30, 0.01
UPDATES = {'rate', 'g:', 'norms', 'moments before', 'new moments', 'steps of the update',
           'new parameters', 'running statistics', 'kept parameters'}
EXACT = {'input', 'label', 'moments before', 'kept parameters'}


def error_of(found, expected):
    """The largest difference, relative to the largest number (or the given larger scale)."""
    found = np.asarray(found, np.float64)
    if found.shape != expected.value.shape:
        return np.inf
    finite = np.isfinite(expected.value) & np.isfinite(found)
    if not (finite | (found == expected.value)).all():
        # float32 ends at 3.4e38 and rounds to 0 near 1e-45; only there may one be infinite.
        odd = ~finite & (found != expected.value)
        if np.isnan(found[odd]).any() or (np.abs(expected.value[odd]) < 1e37).any():
            return np.inf
    if not finite.any():
        return 0.0
    size = max(np.abs(expected.value[finite]).max(), expected.scale, 1e-30)
    return np.abs(found - expected.value)[finite].max() / size


def run_trace(program, net, folder, batch):
    """The trace as a dict of arrays, or None with what went wrong printed."""
    done = subprocess.run([program, 'trace', 'net.net', '--data', 'data.csv', '--sample',
                           ','.join(map(str, batch)), '-o', 'pass.npz', '--quiet'],
                          cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print('  glassnet trace failed (exit code %d): %s' % (done.returncode, done.stderr.strip()))
        return None
    with np.load(os.path.join(folder, 'pass.npz')) as file:
        return {name: file[name] for name in file.files}


def given_errors(net, trace, batch):
    """What goes into a pass is bit for bit what the files hold."""
    given = {'input': net.x[batch], 'label': net.y[batch]}
    for layer in net.layers:
        for part, value in layer.params.items():
            given['%s.%s' % (layer.name, part)] = value
    return [(name, 'differs from the file') for name, value in given.items()
            if name not in trace or trace[name].dtype != np.float32 or
            trace[name].shape != value.shape or (trace[name] != value).any()], set(given)


def mask_errors(net, trace):
    bad = []
    for layer in net.layers:
        if layer.kind == 'dropout':
            mask = trace[layer.name + '.mask']
            kept = np.float32(1 / (1 - np.float64(layer.rate)))
            if not ((mask == 0) | (np.abs(mask - kept) <= 2e-7 * kept)).all():
                bad.append((layer.name + '.mask', 'is neither 0 nor 1/(1-rate)'))
    return bad


class Table:
    def __init__(self):
        self.errors, self.drawn, self.kept, self.awaited, self.spread = {}, 0, 0, 0.0, 0.0
        self.lost = 0

    def add(self, kind, error):
        self.errors.setdefault(kind, []).append(error)

    def add_masks(self, net, trace):
        for layer in net.layers:
            if layer.kind == 'dropout':
                mask = trace[layer.name + '.mask']
                self.drawn += mask.size
                self.kept += int((mask != 0).sum())
                self.awaited += mask.size * (1 - layer.rate)
                self.spread += mask.size * layer.rate * (1 - layer.rate)

    def masks_fit(self):
        """As many places kept as the rates say, within five standard deviations."""
        print('dropout kept %d of %d places, expected about %.0f' % (self.kept, self.drawn,
                                                                     self.awaited))
        return abs(self.kept - self.awaited) <= 5 * self.spread**0.5 + 1

    def few_lost(self):
        total = self.lost + sum(map(len, self.errors.values()))
        print('%d of %d tensors are lost to rounding in float32, in PyTorch as well' % (
            self.lost, total))
        return self.lost <= MOST_LOST * total + 10

    def print(self):
        print('%-24s %8s %10s %10s' % ('tensors', 'count', 'worst', 'median'))
        for kind, errors in sorted(self.errors.items()):
            print('%-24s %8d %10.1e %10.1e' % (kind, len(errors), max(errors),
                                               np.median(errors)))


def in_float32(net, trace):
    """The pass four times in PyTorch's float32, each a little beside the true inputs."""
    rng = np.random.default_rng(1)
    return [Reference(net, trace, torch.float32, rng).expected for _ in range(4)]


def compare(net, trace, batch, table):
    """Everything wrong with one trace, as (tensor, sentence)."""
    bad, known = given_errors(net, trace, batch)
    bad += mask_errors(net, trace)
    known |= {l.name + '.mask' for l in net.layers if l.kind == 'dropout'}
    expected = Reference(net, trace).expected
    expected.update(expected_updates(net, trace))
    bad += [(name, 'is in the trace, but the reference does not know it')
            for name in trace if name not in expected and name not in known]
    bad += [(name, 'is missing in the trace') for name in expected if name not in trace]
    errors, rounded = [], None
    for name, value in expected.items():
        if name not in trace:
            continue
        error = error_of(trace[name], value)
        limit = 0 if value.kind in EXACT else UPDATE if value.kind in UPDATES else WORST
        if not error <= limit and value.kind not in EXACT | UPDATES:
            rounded = rounded or in_float32(net, trace)
            if error <= ROUNDING * max(error_of(r[name].value, value) for r in rounded):
                table.lost += 1
                continue
        table.add(value.kind, error)
        if value.kind not in EXACT:
            errors.append(error)
        if not error <= limit:
            bad.append((name, 'error %.1e over %.0e (%s)' % (error, limit, value.kind)))
    if np.median(errors) > MEDIAN:
        bad.append(('(median)', 'error %.1e over %.0e' % (np.median(errors), MEDIAN)))
    return bad


def check_network(program, number, seed, table):
    """One network; True when Glassnet and PyTorch agree."""
    rng = np.random.default_rng([seed, number])
    count = int(rng.integers(1, 6))
    net = random_network(rng, count)
    batch = [int(s) for s in rng.permutation(len(net.x))[:count]]
    with tempfile.TemporaryDirectory(prefix='parity-') as folder:
        write(net, folder)
        trace = run_trace(program, net, folder, batch)
    bad = [('trace', 'was not written')]
    if trace is not None:
        bad = compare(net, trace, batch, table)
        table.add_masks(net, trace)
    return agrees('network %d of seed %d, %d samples' % (number, seed, count), net, bad)


def check_training(program, number, seed, table):
    """One network after several steps; True when Glassnet and PyTorch agree."""
    rng = np.random.default_rng([seed, number, 1])
    net = random_network(rng, ROWS, training=True)
    engine = ['plain', 'fast'][number % 2]
    with tempfile.TemporaryDirectory(prefix='parity-') as folder:
        write(net, folder)
        trained = run_training(program, folder, engine)
    bad = [('training', 'wrote no weights')]
    if trained is not None:
        bad = compare_trained(net, trained, table, TRAINED, ROUNDING, error_of)
    return agrees('training %d of seed %d, engine %s' % (number, seed, engine), net, bad)


def agrees(what, net, bad):
    """Says what is wrong with a network, if anything is."""
    if not bad:
        return True
    print('%s: %d tensors disagree' % (what, len(bad)))
    for name, what in bad[:8]:
        print('  %s: %s' % (name, what))
    print('    ' + net.text().replace('\n', '\n    ').rstrip())
    return False


def find_program():
    for path in ['build/glassnet'] + sorted(glob.glob('build*/glassnet')):
        if os.access(path, os.X_OK):
            return path
    sys.exit('parity: there is no build/glassnet; run make first')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--program', default=None)
    parser.add_argument('--networks', type=int, default=200)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--only', type=int, help='this network alone')
    a = parser.parse_args()
    torch.set_num_threads(1)
    program = str(pathlib.Path(a.program or find_program()).resolve())
    table, numbers = Table(), range(a.networks) if a.only is None else [a.only]
    agree = sum(check_network(program, k, a.seed, table) for k in numbers)
    trainings = range(max(a.networks // 5, 1)) if a.only is None else []
    trained = sum(check_training(program, k, a.seed, table) for k in trainings)
    table.print()
    fit = table.masks_fit()
    fit = table.few_lost() and fit
    fit = (a.only is not None or check_inside(program)) and fit
    print('parity: %d of %d networks agree, %d of %d trainings (seed %d)' % (
        agree, len(numbers), trained, len(trainings), a.seed))
    sys.exit(0 if agree == len(numbers) and trained == len(trainings) and fit else 1)


if __name__ == '__main__':
    main()
