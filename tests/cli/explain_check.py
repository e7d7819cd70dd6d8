"""Checks `glassnet explain` against `glassnet trace`: explain_check.py PROGRAM NET DATA SAMPLES COUNT.

COUNT cells picked at random from the trace (fixed seed, every tensor at least once where COUNT
allows) are explained; the value must be the trace's, every term's value must be the trace's, and
the formula worked out by the rules of docs/cli.md in float32 must give the value's bits.
"""
import fractions
import itertools
import json
import random
import subprocess
import sys

import numpy as np

F = np.float32


def fma(a, b, c):
    """float32 a*b + c with one rounding."""
    a, b, c = float(a), float(b), float(c)
    if not (np.isfinite(a) and np.isfinite(b) and np.isfinite(c)):
        with np.errstate(all='ignore'):
            return F(np.float64(a) * np.float64(b) + np.float64(c))
    product = a * b  # exact: 24 + 24 bits fit 53, and the exponents fit
    total = product + c
    if np.isinf(F(total)):
        return F(total)
    exact = fractions.Fraction(product) + fractions.Fraction(c)
    if exact == 0:
        return F(total)  # the sign of zero is the addition's
    # The nearest of the float32 around the double's rounding, ties to even.
    near = F(total)
    best = None
    for candidate in (np.nextafter(near, F(-np.inf)), near, np.nextafter(near, F(np.inf))):
        if np.isinf(candidate):
            continue
        distance = abs(fractions.Fraction(float(candidate)) - exact)
        odd = int(candidate.view(np.uint32)) & 1
        if best is None or (distance, odd) < best[:2]:
            best = (distance, odd, candidate)
    return best[2]


def term_value(factors):
    value = factors[0]
    for factor in factors[1:]:
        value = F(value * factor)
    return value


def add_term(total, factors):
    if len(factors) == 1:
        return F(total + factors[0])
    left = factors[0]
    for factor in factors[1:-1]:
        left = F(left * factor)
    return fma(left, factors[-1], total)


def evaluate(op, terms):
    """The formula's value, or None for a function whose bits only the program has."""
    with np.errstate(all='ignore'):
        if op == 'copy':
            assert len(terms) == 1 and len(terms[0]) == 1
            return terms[0][0]
        if op == 'sum':
            total = F(0)
            for factors in terms:
                total = add_term(total, factors)
            return total
        values = [term_value(factors) for factors in terms]
        if op == 'product':
            value = values[0]
            for v in values[1:]:
                value = F(value * v)
            return value
        if op == 'quotient':
            return F(values[0] / values[1])
        if op == 'max':
            return max(values)
        if op == 'min':
            return min(values)
        if op == 'sqrt':
            return F(np.sqrt(values[0]))
        if op == 'neg':
            return F(-values[0])
        if op == 'relu':
            return values[0] if values[0] > 0 else F(0)
    return None


CLOSE = {
    'exp': np.exp, 'log': np.log, 'tanh': np.tanh, 'sigmoid': lambda x: 1 / (1 + np.exp(-x)),
    'softplus': lambda x: np.log1p(np.exp(-abs(x))) + max(x, 0.0),
    'elu': lambda x: x if x > 0 else np.expm1(x),
    'leaky_relu': lambda x: x if x > 0 else 0.01 * x, 'step': lambda x: 1.0 if x > 0 else 0.0,
}


def same(a, b):
    a, b = F(a), F(b)
    return bool(a.view(np.uint32) == b.view(np.uint32) or (np.isnan(a) and np.isnan(b)))


def lookup(trace, batched, name):
    sample = 0
    if '@' in name:
        name, sample = name.rsplit('@', 1)
    index = ()
    if name.endswith(']'):
        name, inside = name[:-1].split('[')
        index = tuple(int(i) for i in inside.split(','))
    array = trace[name]
    if name in batched:
        index = (int(sample),) + index
    assert len(index) == array.ndim, (name, index, array.shape)
    return array[index]


def main():
    program, net, data, samples, count = sys.argv[1:6]
    random.seed(1)
    common = ['--quiet', '--data', data, '--sample', samples]
    subprocess.run([program, 'trace', net, *common, '-o', 'check.npz'], check=True)
    trace = np.load('check.npz')
    n = len(samples.split(','))
    # Parameters and their kin carry no sample axis; neither do loss, rate, and statistics of the
    # batch. What does is told by asking for sample n-1 and being understood.
    names = sorted(trace.files)
    batched = set()
    for name in names:
        array = trace[name]
        if array.ndim and array.shape[0] == n:
            inside = ','.join('0' * (array.ndim - 1))
            cell = name + (f'[{inside}]' if inside else '') + (f'@{n - 1}' if n > 1 else '')
            if subprocess.run([program, 'explain', net, *common, cell],
                              capture_output=True).returncode == 0:
                batched.add(name)
    picks = []
    random.shuffle(names)
    for name in itertools.islice(itertools.cycle(names), int(count)):
        shape = trace[name].shape
        index = [random.randrange(k) for k in shape]
        sample = index.pop(0) if name in batched else 0
        cell = name + ('[' + ','.join(map(str, index)) + ']' if index else '')
        picks.append(cell + (f'@{sample}' if sample else ''))
    bad = 0
    ops = {}
    for cell in dict.fromkeys(picks):
        done = subprocess.run([program, 'explain', net, *common, '--json', cell],
                              capture_output=True, text=True)
        if done.returncode != 0:
            print(cell, 'was not explained:', done.stderr)
            bad += 1
            continue
        j = json.loads(done.stdout)
        op, value = j['op'], F(j['value'])
        ops[op] = ops.get(op, 0) + 1
        if not same(value, lookup(trace, batched, cell)):
            print(cell, value, 'is not what the trace has:', lookup(trace, batched, cell))
            bad += 1
        terms = [[F(f['value']) for f in t['factors']] for t in j['terms']]
        for term in j['terms']:
            for f in term['factors']:
                if f['cell'] and not same(f['value'], lookup(trace, batched, f['cell'])):
                    print(cell, 'has a factor', f, 'that is not the trace\'s')
                    bad += 1
        if op == 'given':
            if terms:
                print(cell, 'is given but has terms')
                bad += 1
            continue
        result = evaluate(op, terms)
        if result is not None:
            if not same(result, value):
                print(cell, op, 'gives', repr(result), 'not', repr(value), len(terms), 'terms')
                bad += 1
        elif op in CLOSE:
            expected = CLOSE[op](float(terms[0][0]))
            if abs(expected - float(value)) > 1e-6 * max(1e-6, abs(expected)):
                print(cell, op, 'of', terms[0][0], 'is', value, 'not', expected)
                bad += 1
        else:
            print(cell, 'has an unknown op', op)
            bad += 1
    print(f'{net}: {len(set(picks))} cells of {len(names)} tensors,', ops)
    sys.exit(1 if bad else 0)


main()
