"""Several steps of training: `glassnet train` against the same steps in PyTorch's double.

What a single pass cannot show: moments that are not 0, the corrections of later steps, decay and
schedules, running statistics that run, and the fast engine.
"""
import subprocess

import numpy as np
import torch

from networks import read_safetensors
from reference import Expected, Reference, largest
from updates import rate_of, step, with_penalties


class OwnCorners(dict):
    """Stands for a trace that has only the given tensors: for the sides of relu and winners of
    pools it answers with the reference's own values."""

    reference = None

    def __missing__(self, name):
        r = self.reference
        if name in r.values:
            return r.values[name].detach().numpy()
        return r.expected[name].value


class Corners(Reference):
    def __init__(self, net, trace, dtype):
        trace.reference = self
        super().__init__(net, trace, dtype)


def run_training(program, folder, engine):
    """The weights after training, or None with what went wrong printed."""
    done = subprocess.run([program, 'train', 'net.net', '--data', 'data.csv', '-o', 'out.net',
                           '--engine', engine, '--quiet'], cwd=folder, capture_output=True,
                          text=True)
    if done.returncode:
        print('  glassnet train failed (exit code %d): %s' % (done.returncode,
                                                             done.stderr.strip()))
        return None
    return read_safetensors(folder + '/out.safetensors')


def train(net, dtype=torch.float64, jitter=None):
    """All parameters after the epochs the train line says, each of one step."""
    kind = np.float64 if dtype == torch.float64 else np.float32
    number = lambda value: np.asarray(value, kind)
    w = {'%s.%s' % (l.name, p): number(a) for l in net.layers for p, a in l.params.items()}
    if jitter is not None:
        w = {k: number(a * (1 + 1e-6 * jitter.standard_normal(a.shape))) for k, a in w.items()}
    moments = {name: {} for name in w}
    s = net.settings
    for epoch in range(s['epochs']):
        r = Corners(net, OwnCorners(w, input=net.x, label=net.y), dtype)
        g = {}
        for layer in net.layers:
            for part in layer.params:
                name = '%s.%s' % (layer.name, part)
                if part in ('mean', 'var') and not layer.frozen:
                    batch = r.expected[layer.name + ('.mu' if part == 'mean' else '.sigma2')]
                    w[name] = number(layer.momentum * w[name] +
                                     (1 - layer.momentum) * batch.value)
                elif part not in ('mean', 'var') and not layer.frozen:
                    g[name] = with_penalties(s, part, w[name], r.expected['d:' + name].value)[0]
        norm = sum(float((v * v).sum()) for v in g.values())**0.5
        scale = min(1.0, s['clip'] / norm) if s['clip'] and norm else 1.0
        for name in g:
            new, moments[name], _ = step(net.optimiser, s, w[name], g[name] * scale,
                                         moments[name], rate_of(s, epoch, epoch), epoch + 1)
            w[name] = number(new)
    return w


def compare_trained(net, found, table, limit, rounding, error_of):
    """Everything wrong with trained weights, as (tensor, sentence). Errors are measured by how
    far a tensor moved, and by a thousandth of its largest number where it hardly did."""
    with np.errstate(all='ignore'):  # a loss may go up for ever
        expected, rounded = train(net), None
    start = {'%s.%s' % (l.name, p): a for l in net.layers for p, a in l.params.items()}
    bad = [(name, 'is missing in the file') for name in expected if name not in found]
    if not all(np.isfinite(v).all() for v in expected.values()) or largest(*expected.values()) > 1e4:
        table.lost += len(expected)  # the loss went up step by step: rounding has taken over
        return bad
    for name, value in expected.items():
        if name not in found:
            continue
        size = max(largest(value - start[name]), 1e-3 * largest(value), 1e-30)
        off = lambda array: error_of(array, Expected(value, '')) * largest(value) / size
        error = off(found[name])
        if not error <= limit:
            rng = np.random.default_rng(1)
            rounded = rounded or [train(net, torch.float32, rng) for _ in range(4)]
            if error <= rounding * max(off(r[name]) for r in rounded):
                table.lost += 1
                continue
        table.add('after training', error)
        if not error <= limit:
            bad.append((name, 'error %.1e over %.0e after training' % (error, limit)))
    return bad
