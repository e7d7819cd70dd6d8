"""What `glassnet look` says of the shipped digits-cnn against PyTorch: saliency, guided
backpropagation and Grad-CAM of some samples and classes, worked out in double by autograd with the
weights, inputs and shapes that `glassnet trace` writes."""
import os
import subprocess
import tempfile

import numpy as np
import torch
import torch.nn.functional as F

NET = 'data/networks/digits-cnn.net'
LIMIT = 1e-4
CASES = [(0, None), (3, None), (17, 3), (40, 8), (250, 0), (999, 5)]  # sample, class


class GuidedRelu(torch.autograd.Function):
    """Springenberg et al. 2015: back only where z and what comes back are above 0."""

    @staticmethod
    def forward(context, z):
        context.save_for_backward(z)
        return z.clamp(min=0)

    @staticmethod
    def backward(context, grad):
        (z,) = context.saved_tensors
        return grad.clamp(min=0) * (z > 0)


def to_torch(array):
    return torch.from_numpy(np.array(array, np.float64))


class Cnn:
    """conv1 pool1 conv2 pool2 flat out, as the file has it; `maps` keeps each layer's output."""

    def __init__(self, trace):
        self.p = {name: to_torch(value) for name, value in trace.items()
                  if name.count('.') == 1 and name.endswith(('.W', '.b')) and ':' not in name}

    def run(self, x, relu):
        self.maps = {}
        z = x.permute(0, 3, 1, 2)
        for k in '12':
            W = self.p['conv%s.W' % k].permute(0, 3, 1, 2)
            z = self.keep('conv' + k, relu(F.conv2d(z, W, self.p['conv%s.b' % k])))
            z = self.keep('pool' + k, F.max_pool2d(z, 2))
        flat = z.permute(0, 2, 3, 1).reshape(len(z), -1)
        return F.linear(flat, self.p['out.W'], self.p['out.b'])

    def keep(self, name, maps):
        maps.retain_grad()
        self.maps[name] = maps
        return maps


def expected(cnn, x, kind, layer, chosen):
    """The arrays of the npz."""
    x = x.clone().requires_grad_()
    z = cnn.run(x, GuidedRelu.apply if kind == 'guided' else torch.relu)
    chosen = int(z[0].argmax()) if chosen is None else chosen
    z[0, chosen].backward()
    result = {'score': z[0, chosen]}
    if kind != 'gradcam':
        result['values'] = x.grad[0]
    else:
        A = cnn.maps[layer]
        weights = A.grad.mean((2, 3), keepdim=True)
        cam = (weights * A).sum(1, keepdim=True).clamp(min=0)
        over = F.interpolate(cam, size=x.shape[1:3], mode='bilinear', align_corners=False)
        result.update(values=cam[0, 0], over=over[0, 0], weights=weights.flatten())
    return {name: value.detach().numpy() for name, value in result.items()}


def run_npz(program, arguments, folder):
    path = os.path.join(folder, 'out.npz')
    subprocess.run([program] + arguments + ['-o', path, '--quiet'], check=True,
                   stdout=subprocess.DEVNULL)
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def compare(program, folder, trace, case, kind, layer):
    """The largest relative error of one call of look."""
    sample, chosen = case
    option = ['--' + kind] + ([layer] if layer else [])
    option += [] if chosen is None else ['--class', str(chosen)]
    found = run_npz(program, ['look', NET, '--sample', str(sample)] + option, folder)
    want = expected(Cnn(trace), to_torch(trace['input']), kind, layer, chosen)
    if set(found) != set(want) or any(found[n].shape != want[n].shape for n in want):
        return np.inf
    return max(np.abs(found[n] - want[n]).max() / max(np.abs(want[n]).max(), 1e-30) for n in want)


def check_inside(program):
    """True when all agree."""
    asked = [('saliency', None), ('guided', None)]
    asked += [('gradcam', layer) for layer in ('conv1', 'pool1', 'conv2', 'pool2')]
    good = total = 0
    worst = {}
    with tempfile.TemporaryDirectory(prefix='parity-') as folder:
        for case in CASES:
            trace = run_npz(program, ['trace', NET, '--sample', str(case[0])], folder)
            for kind, layer in asked:
                error = compare(program, folder, trace, case, kind, layer)
                worst[kind] = max(worst.get(kind, 0.0), error)
                total += 1
                good += error <= LIMIT
                if not error <= LIMIT:
                    print('look --%s %s, sample %d, class %s: error %.1e over %.0e' % (
                        kind, layer or '', case[0], case[1], error, LIMIT))
    for kind, error in worst.items():
        print('%-24s %8d %10.1e' % ('look ' + kind, total // len(asked), error))
    print('parity: %d of %d looks inside digits-cnn agree' % (good, total))
    return good == total
