"""One step of an optimiser in double, after docs/network-format.md and the papers it names.

expected_updates(net, trace) starts from the traced gradients, so that their rounding does not
show here, and gives Expected for everything after them: penalties, clipping, moments, new
parameters. step() is the same step for a whole training run (training.py).
"""
import math

import numpy as np

from reference import Expected, largest

MOMENTS = {'momentum': 'm', 'nesterov': 'm', 'adagrad': 'v', 'rmsprop': 'v', 'adadelta': 'vu',
           'adam': 'mv', 'sgd': ''}


def step(kind, s, w, g, moments, rate, t):
    """One tensor's step number t (from 1). Returns its new value, new moments, inner steps."""
    m, v, u = (moments.get(k, np.zeros_like(w)) for k in 'mvu')
    inner = {}
    if kind == 'sgd':
        return w - rate * g, {}, {}
    if kind == 'momentum':
        m = s['mu'] * m + g
        return w - rate * m, {'m': m}, {}
    if kind == 'nesterov':
        m = s['mu'] * m + g
        inner['delta'] = g + s['mu'] * m
        return w - rate * inner['delta'], {'m': m}, inner
    if kind in ('adagrad', 'rmsprop'):
        v = v + g * g if kind == 'adagrad' else s['rho'] * v + (1 - s['rho']) * g * g
        inner['root'] = np.sqrt(v)
        inner['floor'] = inner['root'] + s['epsilon']
        inner['delta'] = g / inner['floor']
        return w - rate * inner['delta'], {'v': v}, inner
    if kind == 'adadelta':
        v = s['rho'] * v + (1 - s['rho']) * g * g
        inner = {'floor': v + s['epsilon'], 'ufloor': u + s['epsilon']}
        inner.update(root=np.sqrt(inner['floor']), uroot=np.sqrt(inner['ufloor']))
        inner['ratio'] = inner['uroot'] / inner['root']
        inner['delta'] = inner['ratio'] * g
        u = s['rho'] * u + (1 - s['rho']) * inner['delta']**2
        return w - rate * inner['delta'], {'v': v, 'u': u}, inner
    m = s['beta1'] * m + (1 - s['beta1']) * g
    v = s['beta2'] * v + (1 - s['beta2']) * g * g
    inner = {'mhat': m / (1 - s['beta1']**t), 'vhat': v / (1 - s['beta2']**t)}
    inner['root'] = np.sqrt(inner['vhat'])
    inner['floor'] = inner['root'] + s['epsilon']
    inner['delta'] = inner['mhat'] / inner['floor']
    return w - rate * inner['delta'], {'m': m, 'v': v}, inner


def rate_of(s, epoch, t):
    """η of step t (from 0) in an epoch (from 0)."""
    factor = 1.0
    if s['schedule'] == 'cosine':
        factor = 0.5 * (1 + math.cos(math.pi * epoch / s.get('epochs', 1)))
    elif s['schedule']:
        _, every, by = s['schedule'].split(':')
        factor = float(by) ** (epoch // int(every))
    return s['rate'] * factor / (1 + s['decay'] * t)


def with_penalties(s, part, w, d):
    """The gradient with l2 and l1, which concern weights alone, and its magnitude."""
    l1, l2 = (s['l1'], s['l2']) if part == 'W' else (0.0, 0.0)
    return d + l2 * w + l1 * np.sign(w), largest(d, l2 * w, l1 * np.sign(w))


def expected_updates(net, trace):
    out, s = {}, net.settings
    put = lambda name, value, kind, scale=0.0: out.update(
        {name: Expected(value, kind, scale)})
    double = lambda name: np.asarray(trace[name], np.float64)
    if s['schedule'] or s['decay']:
        put('rate.start', s['rate'], 'rate')
    if s['schedule']:
        put('rate.schedule', 1.0, 'rate')
    if s['decay']:
        put('rate.slow', 1.0, 'rate')
    put('rate', s['rate'], 'rate')
    trained = []
    for layer in net.layers:
        for part in layer.params:
            name = '%s.%s' % (layer.name, part)
            if part in ('mean', 'var') and not layer.frozen:
                batch = double(layer.name + ('.mu' if part == 'mean' else '.sigma2'))
                put('new:' + name, layer.momentum * double(name) +
                    (1 - layer.momentum) * batch, 'running statistics')
            elif layer.frozen or part in ('mean', 'var'):
                put('new:' + name, double(name), 'kept parameters')
            else:
                trained.append(name)
                g, scale = with_penalties(s, part, double(name), double('d:' + name))
                put(('raw:' if s['clip'] else 'g:') + name, g, 'g:', scale)
    if s['clip']:
        clip(out, put, trained, double, s['clip'])
    for name in trained:
        w = double(name)
        for k in MOMENTS[net.optimiser]:
            put('%s:%s' % (k, name), np.zeros_like(w), 'moments before')
        new, moments, inner = step(net.optimiser, s, w, double('g:' + name), {}, s['rate'], 1)
        for k, value in moments.items():
            put('new:%s:%s' % (k, name), value, 'new moments')
        for k, value in inner.items():
            put('%s:%s' % (k, name), value, 'steps of the update')
        put('new:' + name, new, 'new parameters', largest(w))
    return out


def clip(out, put, trained, double, most):
    total = 0.0
    for name in trained:
        squares = double('raw:' + name)**2
        if squares.ndim > 1:
            put(name + '.rows2', squares.reshape(len(squares), -1).sum(1), 'norms')
        put(name + '.norm2', squares.sum(), 'norms')
        total += squares.sum()
    norm = math.sqrt(total)
    scale = most / norm if norm else math.inf
    put('clip.norm2', total, 'norms')
    put('clip.norm', norm, 'norms')
    put('clip.scale', scale, 'norms')
    put('clip.factor', min(1.0, scale), 'norms')
    for name in trained:
        put('g:' + name, double('raw:' + name) * min(1.0, scale), 'g:')
