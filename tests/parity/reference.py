"""One pass of a network in double by PyTorch's autograd: what every tensor of a trace should be.

Reference(net, trace) reads from the trace only what is given to a pass (inputs, labels,
parameters, dropout's masks) and where a corner lies: the sides of relu, leaky_relu, step, of
absolute error and hinge, and the winners of max pools. A number a rounding away from a corner
may fall on its other side in double, and then both are right. `expected` maps each tensor's name
to an Expected: its values, the size errors are measured by, and its kind for the table. With
dtype float32 and jitter the same pass shows what rounding alone does to each tensor.
"""
import numpy as np
import torch
import torch.nn.functional as F

from networks import padding


class Expected:
    def __init__(self, value, kind, scale=0.0):
        self.value, self.kind, self.scale = np.asarray(value, np.float64), kind, scale


def to_torch(array):
    return torch.from_numpy(np.array(array, np.float64)).to(torch.get_default_dtype())


def largest(*tensors):
    sizes = [np.abs(np.asarray(t)) for t in tensors]
    return max([float(s[np.isfinite(s)].max()) for s in sizes if np.isfinite(s).any()] + [0.0])


def channels_first(x):
    return x.permute(0, 3, 1, 2)


def pad_picture(x, layer):
    """[n][c][y][x] with zeros around it, as the layer's padding wants."""
    rows, columns = (padding(layer.shape_in[k], layer.kernel[k], layer.stride[k], layer.same)
                     for k in (0, 1))
    return F.pad(x, columns + rows)


def convolve(x, W, b, layer):
    out = F.conv2d(pad_picture(channels_first(x), layer), W.permute(0, 3, 1, 2), b,
                   stride=layer.stride)
    return out.permute(0, 2, 3, 1)


def average(x, layer):
    """Sums over each window by the count of its places inside the picture."""
    pool = lambda t: F.avg_pool2d(pad_picture(t, layer), layer.kernel, layer.stride)
    x = channels_first(x)
    return (pool(x) / pool(torch.ones_like(x))).permute(0, 2, 3, 1)


def winners(x, layer):
    """For each output of a max pool the first largest place of its window in row order, as an
    index into the rows and columns of one channel."""
    height, width, _ = layer.shape_in
    top, left = (padding(layer.shape_in[k], layer.kernel[k], layer.stride[k], layer.same)[0]
                 for k in (0, 1))
    index = np.zeros((len(x),) + layer.shape, np.int64)
    for p in range(layer.shape[0]):
        for q in range(layer.shape[1]):
            y, u = p * layer.stride[0] - top, q * layer.stride[1] - left
            y0, y1 = max(y, 0), min(y + layer.kernel[0], height)
            x0, x1 = max(u, 0), min(u + layer.kernel[1], width)
            window = x[:, y0:y1, x0:x1, :]
            best = window.reshape(len(x), -1, window.shape[-1]).argmax(axis=1)
            index[:, p, q, :] = (y0 + best // (x1 - x0)) * width + x0 + best % (x1 - x0)
    return index


class Reference:
    def __init__(self, net, trace, dtype=torch.float64, jitter=None):
        """jitter: a generator; inputs and parameters are then off by about 1e-6."""
        torch.set_default_dtype(dtype)
        self.net, self.trace, self.jitter = net, trace, jitter
        self.values = {}     # tensors of the forward phase that autograd knows
        self.inner = {}      # steps worked out after it: name -> (value, kind, scale)
        self.expected = {}
        self.z_of = {}       # layer -> name of what its activation reads
        self.params = {'%s.%s' % (l.name, p): self.given('%s.%s' % (l.name, p))
                       for l in net.layers for p in l.params}
        for p in self.params.values():
            p.requires_grad_()
        self.keep('input', self.given('input').requires_grad_())
        for layer in net.layers[1:]:
            self.forward(layer)
        self.n = len(trace['input'])
        self.loss()
        self.backward()

    def given(self, name):
        value = self.trace[name]
        if self.jitter is not None:
            value = value * (1 + 1e-6 * self.jitter.standard_normal(value.shape))
        return to_torch(value)

    def keep(self, name, value):
        value.retain_grad()
        self.values[name] = value
        return value

    def side(self, name):
        return to_torch(self.trace[name] > 0)

    # --- forward -----------------------------------------------------------------------------
    def forward(self, layer):
        sources = [self.values[r] for r in layer.reads]
        x, name = sources[0], layer.name
        z_name = name + '.z' if layer.activation else name
        if layer.kind == 'activation':
            self.z_of[name] = layer.reads[0]
            self.keep(name, self.activate(layer, x, layer.reads[0]))
            return
        if layer.kind == 'dense':
            z = F.linear(x, self.params[name + '.W'], self.params[name + '.b'])
        elif layer.kind == 'conv2d':
            z = convolve(x, self.params[name + '.W'], self.params[name + '.b'], layer)
        elif layer.kind == 'maxpool':
            index = torch.from_numpy(winners(self.trace[layer.reads[0]], layer))
            flat = x.reshape(len(x), -1, x.shape[-1])
            z = flat.gather(1, index.reshape(len(x), -1, x.shape[-1])).reshape(index.shape)
        elif layer.kind == 'avgpool':
            z = average(x, layer)
        elif layer.kind == 'globalavgpool':
            z = x.mean((1, 2))
        elif layer.kind == 'flatten':
            z = x.reshape(len(x), -1)
        elif layer.kind == 'dropout':
            z = x * to_torch(self.trace[name + '.mask'])
        elif layer.kind == 'batchnorm':
            z = self.batchnorm(layer, x)
        elif layer.kind == 'add':
            z = torch.stack(sources).sum(0)
        else:
            z = torch.cat(sources, -1)
        self.keep(z_name, z.clone())
        self.z_of[name] = z_name
        if layer.activation:
            self.keep(name, self.activate(layer, self.values[z_name], z_name))

    def batchnorm(self, layer, x):
        axes = tuple(range(x.dim() - 1))
        keep = lambda part, value: self.keep('%s.%s' % (layer.name, part), value)
        mu = keep('mu', x.mean(axes))
        dev = keep('dev', x - mu)
        sigma2 = keep('sigma2', (dev * dev).mean(axes))
        floor = keep('floor', sigma2 + layer.epsilon)
        std = keep('std', floor.sqrt())
        xhat = keep('xhat', dev / std)
        return self.params[layer.name + '.gamma'] * xhat + self.params[layer.name + '.beta']

    def activate(self, layer, z, z_name):
        word = layer.activation
        if word == 'relu':
            return z * self.side(z_name)
        if word == 'leaky_relu':
            return z * (0.01 + 0.99 * self.side(z_name))
        if word == 'step':
            return self.side(z_name) + 0 * z
        if word == 'elu':
            return F.elu(z)
        if word == 'softmax':
            return self.softmax(layer, z)
        return {'linear': lambda v: v.clone(), 'sigmoid': torch.sigmoid, 'tanh': torch.tanh,
                'softplus': lambda v: torch.logaddexp(v, torch.zeros_like(v))}[word](z)

    def softmax(self, layer, z):
        best = z.detach().max(-1).values
        shift = z.detach() - best[..., None]
        self.put(layer.name + '.max', best, 'inner step')
        self.put(layer.name + '.shift', shift, 'inner step', largest(z.detach()))
        self.put(layer.name + '.exp', shift.exp(), 'inner step')
        self.put(layer.name + '.sum', shift.exp().sum(-1), 'inner step')
        e = (z - z.detach().max(-1, keepdim=True).values).exp()
        return e / e.sum(-1, keepdim=True)

    def put(self, name, value, kind, scale=0.0):
        if torch.is_tensor(value):
            value = value.detach().numpy()
        self.expected[name] = Expected(value, kind, scale)

    # --- loss --------------------------------------------------------------------------------
    def target(self, shape):
        net, label = self.net, self.trace['label']
        if net.targets:
            return to_torch(label).reshape(shape)
        if shape[-1] == 1:
            target = to_torch(label).reshape(shape)
        else:
            target = F.one_hot(torch.from_numpy(label.astype(np.int64)), shape[-1])
            target = target.to(torch.get_default_dtype())
        return 2 * target - 1 if net.loss == 'hinge' else target

    def loss(self):
        last = self.net.layers[-1]
        self.a_name, self.z_name = last.name, self.z_of[last.name]
        kind = self.net.loss
        a = self.values[self.a_name].detach().requires_grad_()  # the loss seen by itself
        t = self.target(a.shape)
        self.put('loss.target', t, 'loss')
        self.combined = kind in ('cross-entropy', 'binary-cross-entropy')
        self.bound = 0.0  # the sum of magnitudes that loss.each is rounded from
        if self.combined:
            each = self.entropies(kind, self.values[self.z_name], t)
            alone = -(t * a.log()) if kind == 'cross-entropy' else \
                -(t * a.log() + (1 - t) * (1 - a).log()).flatten(1).mean(1, keepdim=True)
            alone = alone.flatten(1).sum(1)
        else:
            each = alone = self.distances(kind, a, t)
            each = self.distances(kind, self.values[self.a_name], t)
        self.put('loss.each', each, 'loss', self.bound)
        self.put('loss', each.mean(), 'loss', self.bound)
        (self.slope,) = torch.autograd.grad(alone.sum(), a)
        self.t, self.each = t, each
        each.mean().backward()

    def entropies(self, kind, z, t):
        flat = z.flatten(1)
        if kind == 'cross-entropy':
            shift = (z - z.max(-1, keepdim=True).values).detach()
            # A sum of exp that begins at 1 is rounded there, however small its logarithm.
            self.bound = max(1.0, largest(shift))
            self.put('loss.logsum', shift.exp().sum(-1).log(), 'loss', 1.0)
            return F.cross_entropy(z, t.argmax(-1), reduction='none')
        softplus = lambda v: torch.logaddexp(v, torch.zeros_like(v)).detach()
        self.put('loss.yes', softplus(-z), 'loss')
        self.put('loss.no', softplus(z), 'loss')
        self.put('loss.rest', 1 - t, 'loss')
        return F.binary_cross_entropy_with_logits(flat, t.flatten(1), reduction='none').mean(1)

    def distances(self, kind, a, t):
        """Loss by sample; a corner's side is the trace's."""
        diff, margin = (a - t), (1 - t * a)
        if kind == 'squared-error':
            self.put('loss.diff', diff, 'loss', largest(a.detach(), t))
            return (diff * diff).flatten(1).mean(1)
        if kind == 'absolute-error':
            self.put('loss.diff', diff, 'loss', largest(a.detach(), t))
            sign = to_torch(np.sign(self.trace['loss.diff']))
            self.put('loss.abs', sign * diff, 'loss', largest(a.detach(), t))
            return (sign * diff).flatten(1).mean(1)
        self.put('loss.margin', margin, 'loss', max(1.0, largest(a.detach())))
        inside = self.side('loss.margin')
        self.put('loss.hinge', inside * margin, 'loss', max(1.0, largest(a.detach())))
        self.bound = max(1.0, largest(a.detach()))
        return (inside * margin).flatten(1).mean(1)

    def loss_steps_back(self):
        kind, a, t = self.net.loss, self.values[self.a_name].detach(), self.t
        k = a[0].numel()
        put = lambda name, value, scale=0.0: self.put(name, value, 'loss', scale)
        put('d:loss', np.array(1.0))
        put('d:loss.each', np.full(self.n, 1 / self.n))
        put('loss.slope', self.slope)
        if kind == 'binary-cross-entropy':
            put('loss.other', 1 - a, 1.0)
            put('loss.up', (1 - t) / (1 - a))
            put('loss.down', t / a)
        elif kind == 'absolute-error':
            put('loss.above', self.trace['loss.diff'] > 0)
            put('loss.below', self.trace['loss.diff'] < 0)
        elif kind == 'hinge':
            put('loss.inside', self.trace['loss.margin'] > 0)
        if self.combined:
            share = 1 if kind == 'cross-entropy' else k
            put('loss.error', (a - t) / share, 1.0 / share)
            self.put('d:' + self.a_name, self.slope / self.n, 'd: of the other road')

    # --- backward ----------------------------------------------------------------------------
    def grad(self, name):
        value = self.values[name]
        return torch.zeros_like(value) if value.grad is None else value.grad

    def backward(self):
        self.loss_steps_back()
        self.used = {name: self.grad(name) for name in self.values}
        if self.combined:
            self.used[self.a_name] = torch.zeros(1)
        self.most = max(largest(g) for g in self.used.values())
        self.sums = {}  # names of outputs whose gradient is a sum -> size of what is summed
        for layer in self.net.layers[1:]:
            self.weights_back(layer)
            if layer.activation and not (self.combined and layer.name == self.a_name):
                self.activation_back(layer)
        for name, value in self.values.items():
            kind = 'value'
            if name.endswith('.z'):
                kind = 'z'
            elif '.' in name:
                kind = 'inner step'
            self.put(name, value, kind)
            if name.endswith('.floor') or 'd:' + name in self.expected:
                continue
            self.put('d:' + name, self.used[name], 'd: of ' + kind, self.scale(name))

    def scale(self, name):
        """The largest gradient of the layer that the named tensor belongs to."""
        layer = name.split('.')[0]
        own = [largest(self.used[n]) for n in (layer, layer + '.z') if n in self.used]
        return max(own + [self.sums.get(name, 0.0), self.sums.get(layer, 0.0),
                          1e-9 * self.most])

    def slope_of(self, layer, z, a):
        return {'sigmoid': lambda: a * (1 - a), 'tanh': lambda: 1 - a * a,
                'relu': lambda: self.side(self.z_of[layer.name]),
                'leaky_relu': lambda: 0.01 + 0.99 * self.side(self.z_of[layer.name]),
                'elu': lambda: z.clamp(max=0).exp(), 'softplus': lambda: torch.sigmoid(z),
                'step': lambda: torch.zeros_like(z)}[layer.activation]()

    def activation_back(self, layer):
        name, word = layer.name, layer.activation
        z, a = self.values[self.z_of[name]].detach(), self.values[name].detach()
        put = lambda part, value, scale=0.0: self.put('%s.%s' % (name, part), value,
                                                      'inner step back', scale)
        if word == 'softmax':
            d = self.used[name]
            dot = (d * a).sum(-1)
            put('dot', dot, self.scale(name))
            put('excess', d - dot[..., None], self.scale(name))
        elif word != 'linear':
            put('slope', self.slope_of(layer, z, a), 1.0 if word in ('sigmoid', 'tanh') else 0.0)
        if word == 'leaky_relu':
            put('side', self.side(self.z_of[name]))
        elif word == 'elu':
            put('below', z.clamp(max=0), largest(z))

    def weights_back(self, layer):
        """Gradients of parameters: errors are measured by the sum of the magnitudes that the
        gradient is summed from, for the sum itself may cancel."""
        name = layer.name
        if not layer.params:
            return
        z = self.z_of[name]
        dz, x = self.used[z].abs(), self.values[layer.reads[0]].detach().abs()
        lead = tuple(range(dz.dim() - 1))
        if layer.kind == 'batchnorm':
            self.batchnorm_back(layer, dz, lead)
            return
        W = torch.zeros(layer.params['W'].shape).requires_grad_()
        out = F.linear(x, W) if layer.kind == 'dense' else convolve(x, W, None, layer)
        (sums,) = torch.autograd.grad(out, W, dz)
        for part, size in (('W', sums), ('b', dz.sum(lead))):
            self.parameter(name, part, size)

    def parameter(self, name, part, size):
        p = self.params['%s.%s' % (name, part)]
        grad = torch.zeros_like(p) if p.grad is None else p.grad
        self.put('d:%s.%s' % (name, part), grad, 'd: of parameters',
                 max(largest(size), 1e-9 * self.most))

    def batchnorm_back(self, layer, dz, lead):
        name = layer.name
        get = lambda part: self.values['%s.%s' % (name, part)].detach()
        xhat, std = get('xhat'), get('std')
        d_xhat = self.used[name + '.xhat']
        # xhat is rounded like the numbers it is the difference of.
        size = (self.values[layer.reads[0]].detach().abs() + get('mu').abs()) / std
        self.parameter(name, 'gamma', (dz * size).sum(lead))
        self.parameter(name, 'beta', dz.sum(lead))
        pull = (d_xhat.abs() * size).sum(lead)
        self.put(name + '.pull', (d_xhat * xhat).sum(lead), 'inner step back', largest(pull))
        self.put(name + '.direct', d_xhat / std, 'inner step back')
        direct = largest(d_xhat / std)
        self.sums[name + '.xhat'] = largest(d_xhat)
        self.sums[name + '.std'] = largest(pull / std)
        self.sums[name + '.sigma2'] = largest(pull / std / std)
        self.sums[name + '.dev'] = direct
        self.sums[name + '.mu'] = largest((d_xhat / std).abs().sum(lead))
        reads = layer.reads[0]
        self.sums[reads] = max(self.sums.get(reads, 0.0), direct)
