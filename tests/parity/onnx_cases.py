#!/usr/bin/python3
"""Writes tests/nn/onnx_cases.h from the operator cases of the ONNX project that mean the same in
Glassnet: onnx_cases.py >tests/nn/onnx_cases.h (then clang-format -i). Needs Debian's
libonnx-testdata and python3-onnx; the header is kept, so that tests need neither.
"""
import glob

import numpy as np
import onnx
from onnx import numpy_helper

DATA = '/usr/share/libonnx-testdata/data/'
LAST = lambda a: a.transpose(0, 2, 3, 1)  # channels first to channels last
PLAIN = lambda a: a


def load(case):
    """Attributes, inputs, outputs, and the arrays the model itself holds."""
    folder = DATA + (case if '/' in case else 'node/' + case)
    graph = onnx.load(folder + '/model.onnx').graph
    read = lambda kind: [numpy_helper.to_array(onnx.load_tensor(f)) for f in sorted(
        glob.glob(folder + '/test_data_set_0/%s_*.pb' % kind))]
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in graph.node[0].attribute}
    return attributes, read('input'), read('output'), [numpy_helper.to_array(t)
                                                       for t in graph.initializer]


def given(**arrays):
    return [(name.replace('_', '.'), a) for name, a in arrays.items()]


def case(name, text, x, params=(), expected=(), mode='TRAIN', labels=None, moments=(), steps=0):
    """expected: (tensor, numbers) pairs; moments: (which, numbers) of the layer's W."""
    return dict(name=name, text=text, x=x, params=params, expected=expected, mode=mode,
                labels=labels, moments=moments, steps=steps)


def convolution(name, options):
    _, inputs, (out,), held = load(name)
    x, W = LAST(inputs[0])[:1], LAST((held or inputs[1:])[0])
    b = held[1] if held else np.zeros(len(W))
    text = 'input %d %d %d\nc conv2d %d %dx%d %s\n' % (x.shape[1:] + W.shape[:3] + (options,))
    return case(name, text, x, given(c_W=W, c_b=b), [('c', LAST(out)[:1])])


def pool(name, kind, window, options):
    _, (x,), (out,), _ = load(name)
    text = 'input %d %d %d\np %s %s %s\n' % (LAST(x).shape[1:] + (kind, window, options))
    return case(name, text, LAST(x), expected=[('p', LAST(out))])


def global_average(name):
    _, (x,), (out,), _ = load(name)
    return case(name, 'input %d %d %d\ng globalavgpool\n' % LAST(x).shape[1:], LAST(x),
                expected=[('g', out)])


def dense(name, transposed):
    _, inputs, (out,), held = load(name)
    x, (W, b) = inputs[0], held or inputs[1:]
    W = W if transposed else W.T
    return case(name, 'input %d\nd dense %d\n' % W.shape[::-1], x, given(d_W=W, d_b=b.ravel()),
                [('d', out)])


def elementwise(name, word, most=12):
    _, (x,), (out,), _ = load(name)
    x, out = x.ravel()[None, :most], out.ravel()[None, :most]
    return case(name, 'input %d\na activation %s\n' % (x.shape[1], word), x,
                expected=[('a', out)])


def softmax(name):
    _, (x,), (out,), _ = load(name)
    return case(name, 'input %d\na activation softmax\n' % x.shape[1], x, expected=[('a', out)])


def batchnorm(name, mode):
    attributes, (x, gamma, beta, mean, var), out, _ = load(name)
    if mode == 'EVAL':
        x, out = x[:1], [out[0][:1]]
    text = 'input %d %d %d\nn batchnorm momentum=0.9 epsilon=%.7g\n' % (
        LAST(x).shape[1:] + (attributes.get('epsilon', 1e-5),))
    expected = [('n', LAST(out[0]))]
    if mode == 'TRAIN':
        text += 'g globalavgpool\nd dense 1\nloss squared-error\n'
        expected += [('new:n.mean', out[1]), ('new:n.var', out[2])]
    params = given(n_gamma=gamma, n_beta=beta, n_mean=mean, n_var=var)
    return case(name, text, x=LAST(x), params=params, expected=expected, mode=mode,
                labels=np.zeros(len(x)) if mode == 'TRAIN' else None)


def cross_entropy(name):
    _, (x, labels), (out,), _ = load(name)
    return case(name, 'input %d\na activation softmax\nloss cross-entropy\n' % x.shape[1], x,
                expected=[('loss', out)], labels=labels)


def optimiser(name, train, moments):
    """The gradient G of the case comes from one sample G of absolute error with the output above
    the target: dL/dW is then G itself."""
    attributes, inputs, outputs, _ = load(name)
    rate, X, G, states = inputs[0], inputs[2], inputs[3], inputs[4:]
    options = {k: '%.7g' % v for k, v in attributes.items() if isinstance(v, float)}
    text = 'input %d\nd dense 1\nloss absolute-error\ntrain %s rate=%.7g l2=%s\n' % (
        len(G), train.format(**options), rate, options['norm_coefficient'])
    expected = [('new:d.W', outputs[0])]
    expected += [('new:%s:d.W' % m, v) for m, v in zip(moments, outputs[1:])]
    # Adam's case is the one at T = 0, which leaves its start uncorrected: so it is after many steps.
    return case(name, text, G[None], given(d_W=X, d_b=np.zeros(1)), expected,
                labels=np.array([-1000.0]), moments=list(zip(moments, states)),
                steps=10**6 if 'adam' in train else 0)


CASES = [
    convolution('test_basic_conv_without_padding', ''),
    convolution('test_basic_conv_with_padding', 'padding=same'),
    convolution('test_conv_with_strides_no_padding', 'stride=2'),
    convolution('test_conv_with_strides_padding', 'stride=2 padding=same'),
    convolution('test_conv_with_autopad_same', 'stride=2 padding=same'),
    convolution('pytorch-converted/test_Conv2d', ''),
    pool('test_maxpool_2d_precomputed_pads', 'maxpool', '5x5', 'stride=1 padding=same'),
    pool('test_maxpool_2d_precomputed_same_upper', 'maxpool', '3x3', 'stride=2 padding=same'),
    pool('test_maxpool_2d_precomputed_strides', 'maxpool', '2x2', ''),
    pool('test_averagepool_2d_precomputed_pads', 'avgpool', '5x5', 'stride=1 padding=same'),
    pool('test_averagepool_2d_precomputed_same_upper', 'avgpool', '3x3', 'stride=2 padding=same'),
    pool('test_averagepool_2d_precomputed_strides', 'avgpool', '2x2', ''),
    global_average('test_globalaveragepool_precomputed'),
    global_average('test_globalaveragepool'),
    dense('test_gemm_transposeB', True),
    dense('test_gemm_default_vector_bias', False),
    elementwise('test_relu', 'relu'),
    elementwise('test_leakyrelu_default', 'leaky_relu'),
    elementwise('test_elu_default', 'elu'),
    elementwise('test_sigmoid_example', 'sigmoid'),
    elementwise('test_tanh_example', 'tanh'),
    elementwise('test_softplus_example', 'softplus'),
    softmax('test_softmax_example'),
    softmax('test_softmax_large_number'),
    batchnorm('test_batchnorm_epsilon_training_mode', 'TRAIN'),
    batchnorm('test_batchnorm_example', 'EVAL'),
    cross_entropy('test_sce_mean'),
    optimiser('test_momentum', 'momentum mu={alpha}', 'm'),
    optimiser('test_nesterov_momentum', 'nesterov mu={alpha}', 'm'),
    optimiser('test_adagrad', 'adagrad epsilon={epsilon}', 'v'),
    optimiser('test_adam', 'adam beta1={alpha} beta2={beta} epsilon={epsilon}', 'mv'),
]


def number(value):
    text = '%.9g' % np.float32(value)
    return text + ('f' if set(text) & set('.e') else '.0f')


def numbers(values):
    values = [] if values is None else np.ravel(values)
    return 'NUMBERS(%s)' % ', '.join(map(number, values)) if len(values) else 'NONE'


def named(pairs):
    return '{%s}' % ', '.join('{"%s", %s}' % (n, numbers(v)) for n, v in pairs or [('', None)])


print('/* Written by tests/parity/onnx_cases.py from the operator cases of the ONNX project,\n'
      ' * https://github.com/onnx/onnx, version 1.12, Apache License 2.0; channels are last here. */')
print('static const struct onnx_case cases[] = {')
for c in CASES:
    text = c['text'].replace('\n', '\\n')
    targets = int('absolute-error' in text or 'squared-error' in text)
    print('{"%s", "%s", MODE_%s, %d, %d, %d, %s, %s, %s, %s, %s},' % (
        c['name'], text, c['mode'], len(c['x']), targets, c['steps'], numbers(c['x']),
        numbers(c['labels']), named(c['params']), named(c['moments']), named(c['expected'])))
print('};')
