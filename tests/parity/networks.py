"""Random networks over the whole of docs/network-format.md, and the files that hold them.

random_network(rng, batch) gives a Network: its layers in order, parameters, loss, training settings,
samples and labels. write(network, folder) writes net.net, net.safetensors and data.csv.
"""
import json
import pathlib
import struct

import numpy as np

ACTIVATIONS = ['linear', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'elu', 'softplus', 'step',
               'softmax']
LOSSES = ['cross-entropy', 'binary-cross-entropy', 'squared-error', 'absolute-error', 'hinge']
OPTIMISERS = ['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adadelta', 'adam']
ROWS = 8  # samples in data.csv
DEFAULTS = {  # of the train line, as docs/network-format.md gives them
    'momentum': {'mu': 0.9}, 'nesterov': {'mu': 0.9}, 'adagrad': {'epsilon': 1e-8},
    'rmsprop': {'rho': 0.9, 'epsilon': 1e-8}, 'adadelta': {'rho': 0.95, 'epsilon': 1e-6},
    'adam': {'beta1': 0.9, 'beta2': 0.999, 'epsilon': 1e-8}, 'sgd': {}}


class Layer:
    """One layer; shapes are those of one sample."""

    def __init__(self, name, kind, reads, shape_in):
        self.name, self.kind, self.reads, self.shape_in = name, kind, reads, shape_in
        self.activation = None  # a word, or None where none is written
        self.units, self.kernel, self.stride, self.same = 0, (1, 1), (1, 1), False
        self.rate, self.momentum, self.epsilon = 0.0, 0.99, 0.001
        self.frozen = False
        self.shape = shape_in
        self.params = {}  # "W": float32 array


class Network:
    def __init__(self):
        self.layers = []
        self.lines = []
        self.loss = None
        self.optimiser = 'sgd'
        self.settings = {}  # rate, l1, l2, ... as written, defaults filled in
        self.x = self.y = None  # [samples][...], class indices or targets
        self.targets = 0
        self.classes = 0

    def layer(self, name):
        return next(l for l in self.layers if l.name == name)

    def text(self):
        return '\n'.join(self.lines) + '\n'


def length(size, kernel, stride, same):
    return -(-size // stride) if same else (size - kernel) // stride + 1


def padding(size, kernel, stride, same):
    """Places before and after along one axis: TensorFlow's SAME, the odd one after."""
    if not same:
        return 0, 0
    total = max((length(size, kernel, stride, True) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class Builder:
    """Adds layers and keeps count of which are read."""

    def __init__(self, rng, batch, training):
        self.rng, self.batch, self.training, self.net = rng, batch, training, Network()
        self.automatic, self.named = {}, 0

    def chance(self, p):
        return self.rng.random() < p

    def choice(self, items):
        return items[int(self.rng.integers(len(items)))]

    def between(self, low, high):
        return int(self.rng.integers(low, high + 1))

    def input(self, shape):
        self.net.layers.append(Layer('input', 'input', [], shape))
        self.net.lines.append('input ' + ' '.join(map(str, shape)))

    def activation(self, shape):
        words = [a for a in ACTIVATIONS if a != 'softmax' or shape[-1] > 1]
        if self.chance(0.85):  # step stops every gradient below it: seldom
            words.remove('step')
        return self.choice(words)

    def add(self, kind, reads, activation=None, maybe=0.5, **options):
        """Adds a layer that reads the named layers; returns it."""
        first = self.net.layer(reads[0])
        name = None
        if self.chance(0.7):
            self.named += 1
            name = 'L%d_%s' % (self.named, kind[:3])
        else:
            count = self.automatic.get(kind, 0)
            self.automatic[kind] = count + 1
        layer = Layer(name or (kind if count == 0 else '%s_%d' % (kind, count)), kind, reads,
                      first.shape)
        for key, value in options.items():
            setattr(layer, key, value)
        self.shape(layer)
        if activation is not None:
            layer.activation = activation
        elif kind != 'activation' and self.chance(maybe):
            layer.activation = self.activation(layer.shape)
        self.line(layer, name)
        self.parameters(layer)
        self.net.layers.append(layer)
        return layer

    def shape(self, layer):
        s = layer.shape_in
        if layer.kind == 'dense':
            layer.shape = (layer.units,)
        elif layer.kind in ('conv2d', 'maxpool', 'avgpool'):
            sizes = tuple(length(s[k], layer.kernel[k], layer.stride[k], layer.same)
                          for k in (0, 1))
            layer.shape = sizes + (layer.units if layer.kind == 'conv2d' else s[2],)
        elif layer.kind == 'globalavgpool':
            layer.shape = (s[2],)
        elif layer.kind == 'flatten':
            layer.shape = (int(np.prod(s)),)
        elif layer.kind == 'concatenate':
            layer.shape = s[:-1] + (sum(self.net.layer(r).shape[-1] for r in layer.reads),)

    def line(self, layer, name):
        words = [name] if name else []
        words.append(layer.kind)
        options = []
        window = '%dx%d' % layer.kernel
        if layer.kind == 'dense':
            words.append(str(layer.units))
        elif layer.kind == 'conv2d':
            words += [str(layer.units), window]
            if layer.stride != (1, 1) or self.chance(0.2):
                options.append('stride=%d' % layer.stride[0])
        elif layer.kind in ('maxpool', 'avgpool'):
            words.append(window)
            if layer.stride != layer.kernel:
                options.append('stride=%d' % layer.stride[0])
        elif layer.kind == 'dropout':
            words.append(repr(layer.rate))
        elif layer.kind in ('add', 'concatenate'):
            words += layer.reads
        elif layer.kind == 'batchnorm':
            if layer.momentum != 0.99:
                options.append('momentum=%r' % layer.momentum)
            if layer.epsilon != 0.001:
                options.append('epsilon=%r' % layer.epsilon)
        if layer.activation:
            words.append(layer.activation)
        if layer.kind in ('conv2d', 'maxpool', 'avgpool') and (layer.same or self.chance(0.1)):
            options.append('padding=' + ('same' if layer.same else 'valid'))
        if layer.kind in ('conv2d', 'dense') and self.chance(0.2):
            options.append(self.choice(['init=he_normal', 'init=glorot_uniform', 'init=zeros',
                                        'init=uniform=0.05', 'bias=0.1']))
        if layer.kind in ('conv2d', 'dense', 'batchnorm') and self.chance(0.1):
            layer.frozen = True
            options.append('frozen')
        single = layer.kind not in ('add', 'concatenate')
        if single and (layer.reads[0] != self.net.layers[-1].name or self.chance(0.05)):
            options.append('from=' + layer.reads[0])
        self.rng.shuffle(options)
        self.net.lines.append(' '.join(words + options))

    def parameters(self, layer):
        """Numbers such that outputs keep about the size of inputs; biases, gamma and beta are
        not the 0 and 1 a start would give."""
        normal = lambda *shape: self.rng.standard_normal(shape).astype(np.float32)
        if layer.kind == 'dense':
            fan = layer.shape_in[0]
            layer.params = {'W': normal(layer.units, fan) * np.float32(1.2 / fan**0.5),
                            'b': normal(layer.units) * np.float32(0.3)}
        elif layer.kind == 'conv2d':
            window = layer.kernel + (layer.shape_in[2],)
            fan = int(np.prod(window))
            layer.params = {'W': normal(layer.units, *window) * np.float32(1.2 / fan**0.5),
                            'b': normal(layer.units) * np.float32(0.3)}
        elif layer.kind == 'batchnorm':
            c = layer.shape[-1]
            layer.params = {'gamma': 1 + normal(c) * np.float32(0.4),
                            'beta': normal(c) * np.float32(0.4), 'mean': normal(c),
                            'var': np.abs(normal(c)) + np.float32(0.2)}

    # --- parts of networks -------------------------------------------------------------------
    def window(self, kind, source, **fixed):
        """A convolution or a pool with random kernel, stride and padding that fits."""
        s = self.net.layer(source).shape
        same = self.chance(0.5)
        kernel = tuple(self.between(1, 4 if same else min(4, s[k])) for k in (0, 1))
        stride = (1, 1) if kind == 'conv2d' and self.chance(0.6) else (self.between(1, 3),) * 2
        if kind != 'conv2d' and self.chance(0.5):
            stride = kernel
        options = {'same': same, 'kernel': kernel, 'stride': stride}
        if kind == 'conv2d':
            options['units'] = self.between(1, 5)
        options.update(fixed)
        return self.add(kind, [source], maybe=0.7 if kind == 'conv2d' else 0.15, **options).name

    def batchnorm(self, source):
        shape = self.net.layer(source).shape
        few = self.batch * int(np.prod(shape[:-1]))
        # With two values a channel the true gradient nearly cancels; epsilon keeps it apart.
        epsilon = self.choice([0.1, 0.5]) if few == 2 else self.choice([0.001, 0.001, 1e-4, 0.02])
        return self.add('batchnorm', [source], maybe=0.3, epsilon=epsilon,
                        momentum=self.choice([0.99, 0.99, 0.9, 0.75])).name

    def keep_shape(self, source):
        kind = self.choice(['activation', 'batchnorm'] + ['dropout'] * (not self.training))
        if kind == 'batchnorm':
            return self.batchnorm(source)
        if kind == 'dropout':
            return self.add('dropout', [source], maybe=0.1,
                            rate=self.choice([0.0, 0.1, 0.25, 0.5, 0.8])).name
        return self.add('activation', [source],
                        activation=self.activation(self.net.layer(source).shape)).name

    def residual(self, source):
        """source and one or two roads of its own shape, added."""
        shape = self.net.layer(source).shape
        ends = [source]
        for _ in range(self.between(1, 2)):
            end = source
            for _ in range(self.between(1, 2)):
                if len(shape) == 3:
                    end = self.window('conv2d', end, units=shape[2], same=True, stride=(1, 1))
                else:
                    end = self.add('dense', [end], units=shape[0]).name
                if self.chance(0.3):
                    end = self.keep_shape(end)
            ends.append(end)
        self.rng.shuffle(ends)
        return self.add('add', ends, maybe=0.4).name

    def branches(self, source):
        """Two or three roads of the same height and width, joined along the last axis."""
        picture = len(self.net.layer(source).shape) == 3
        ends = [source] if self.chance(0.4) else []
        for _ in range(2):
            if not picture:
                ends.append(self.add('dense', [source], units=self.between(1, 6)).name)
                continue
            kind = self.choice(['conv2d', 'maxpool', 'avgpool'])
            ends.append(self.window(kind, source, same=True, stride=(1, 1)))
        self.rng.shuffle(ends)
        return self.add('concatenate', ends, maybe=0.3).name

    def picture_part(self, source):
        for _ in range(self.between(1, 4)):
            part = self.choice(['conv2d', 'conv2d', 'maxpool', 'avgpool', 'keep', 'keep',
                                'residual', 'branches'])
            if part in ('conv2d', 'maxpool', 'avgpool'):
                source = self.window(part, source)
            else:
                source = self.other(part, source)
        return source

    def vector_part(self, source):
        for _ in range(self.between(0, 3)):
            part = self.choice(['dense', 'dense', 'keep', 'residual', 'branches'])
            if part == 'dense':
                source = self.add('dense', [source], maybe=0.8, units=self.between(1, 8)).name
            else:
                source = self.other(part, source)
        return source

    def other(self, part, source):
        return {'keep': self.keep_shape, 'residual': self.residual,
                'branches': self.branches}[part](source)

    # --- the end, loss and settings ------------------------------------------------------------
    def end(self, source, outputs, activation):
        """The last layer, with the activation written behind it or as a layer of its own."""
        if activation and self.chance(0.3):
            last = self.add('dense', [source], maybe=0, units=outputs).name
            self.add('activation', [last], activation=activation)
        else:
            self.add('dense', [source], activation=activation, maybe=0, units=outputs)

    def finish_with_loss(self, source):
        net, rng = self.net, self.rng
        net.loss = self.choice(LOSSES)
        shape = net.layer(source).shape
        regression = net.loss in ('squared-error', 'absolute-error') and self.chance(0.6)
        map_out = regression and len(shape) == 3 and self.chance(0.3)
        if len(shape) == 3 and not map_out:
            kind = self.choice(['flatten', 'flatten', 'globalavgpool'])
            source = self.vector_part(self.add(kind, [source], maybe=0.15).name)
        if map_out:
            last = self.window('conv2d', source, units=1)
            outputs = int(np.prod(net.layer(last).shape))
        else:
            outputs = self.between(2, 5) if net.loss == 'cross-entropy' else self.between(1, 4)
            if regression:
                outputs = self.between(1, 2)
            activation = {'cross-entropy': 'softmax', 'binary-cross-entropy': 'sigmoid'}.get(
                net.loss)
            if activation is None and self.chance(0.6):
                activation = self.activation((outputs,))
            self.end(source, outputs, activation)
        rows = ROWS
        if regression or (net.loss == 'binary-cross-entropy' and self.chance(0.3)):
            net.targets = outputs
            net.y = rng.standard_normal((rows, outputs)).astype(np.float32)
            if net.loss == 'binary-cross-entropy':
                net.y = (net.y > 0).astype(np.float32)
        else:
            net.classes = max(outputs, 2)
            net.y = rng.integers(0, net.classes, rows).astype(np.float32)
        net.x = rng.standard_normal((rows,) + net.layers[0].shape).astype(np.float32)
        net.lines.append('loss ' + net.loss)

    def settings(self):
        net = self.net
        net.optimiser = self.choice(OPTIMISERS)
        s = {'rate': self.choice([0.01, 0.1, 0.003, 0.5])}
        if self.training:
            s = {'rate': self.choice([0.01, 0.004]), 'batch': ROWS, 'epochs': 6}
        options = {'mu': [0.5, 0.95], 'rho': [0.8, 0.99], 'beta1': [0.8, 0.5],
                   'beta2': [0.99, 0.9999], 'epsilon': [1e-6, 1e-4]}
        for key in DEFAULTS[net.optimiser]:
            if self.chance(0.5):
                s[key] = self.choice(options[key])
        for key, values in {'l1': [0.01, 1e-4], 'l2': [0.1, 1e-3], 'clip': [0.05, 1.0, 20.0],
                            'decay': [0.01, 0.5], 'schedule': ['step:2:0.5', 'cosine'],
                            'batch': [4], 'epochs': [3], 'seed': [7, 12345678901]}.items():
            if self.chance(0.3):
                s.setdefault(key, self.choice(values))
        words = ['%s=%s' % (k, v if isinstance(v, str) else repr(v)) for k, v in s.items()]
        self.rng.shuffle(words)
        net.lines.append(' '.join(['train', net.optimiser] + words))
        net.settings = {'l1': 0.0, 'l2': 0.0, 'clip': 0.0, 'decay': 0.0, 'schedule': None}
        net.settings.update(DEFAULTS[net.optimiser])
        net.settings.update(s)


def random_network(rng, batch, training=False):
    """With training, one whose steps follow from the file alone: no dropout, and a step takes
    all samples, so that their order does not matter."""
    b = Builder(rng, batch, training)
    if b.chance(0.6):
        b.input((b.between(3, 8), b.between(3, 8), b.between(1, 3)))
        source = b.picture_part('input')
    else:
        b.input((b.between(1, 7),))
        source = b.vector_part('input')
    b.finish_with_loss(source)
    b.settings()
    return b.net


def write(net, folder):
    folder = pathlib.Path(folder)
    (folder / 'net.net').write_text(net.text())
    arrays = {'%s.%s' % (l.name, p): a for l in net.layers for p, a in l.params.items()}
    write_safetensors(folder / 'net.safetensors', arrays)
    write_csv(net, folder / 'data.csv')


def write_csv(net, path):
    x = net.x.reshape(len(net.x), -1)
    answers = (['label'] if not net.targets else
               ['target' + ('' if k == 0 else str(k + 1)) for k in range(net.targets)])
    rows = [','.join(['f%d' % k for k in range(x.shape[1])] + answers)]
    for features, y in zip(x, net.y):
        given = ['%d' % y] if not net.targets else ['%.9g' % v for v in y]
        rows.append(','.join(['%.9g' % v for v in features] + given))
    path.write_text('\n'.join(rows) + '\n')


def write_safetensors(path, arrays):
    """A header of JSON (its length first, 8 bytes), then the numbers, little endian."""
    header, blobs, at = {}, [], 0
    for name, array in arrays.items():
        blob = np.ascontiguousarray(array, '<f4').tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(array.shape),
                        'data_offsets': [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    path.write_bytes(struct.pack('<Q', len(text)) + text + b''.join(blobs))


def read_safetensors(path):
    raw = pathlib.Path(path).read_bytes()
    size = struct.unpack('<Q', raw[:8])[0]
    header = json.loads(raw[8:8 + size])
    header.pop('__metadata__', None)
    return {name: np.frombuffer(raw[8 + size:][slice(*h['data_offsets'])], '<f4').reshape(
        h['shape']) for name, h in header.items()}
