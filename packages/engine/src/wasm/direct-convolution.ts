import type { Convolution } from './convolution.ts';
import { geometry, inputExtent } from './conv2d-info.ts';

/** Every convolution by our own indirect products: no copies beside the packed filter. */
export const directConvolution: Convolution = {
  forward: ({ kernels, workspace }, info, { x, filter, bias, y }, [low, high]) => {
    const { filterHeight: kh, filterWidth: kw, inChannels, outChannels } = info;
    const work = workspace(kernels.conv2dBytes(kh, kw, inChannels, outChannels));
    kernels.conv2d(x, ...inputExtent(info), filter, kh, kw, outChannels, ...geometry(info), bias, low, high, y, work);
  },
  inputGradient: ({ kernels, workspace }, info, { dy, filter, dx }) => {
    const { filterHeight: kh, filterWidth: kw, inChannels, outChannels } = info;
    const work = workspace(kernels.conv2dBackpropInputBytes(kh, kw, inChannels, outChannels));
    kernels.conv2dBackpropInput(dy, ...inputExtent(info), filter, kh, kw, outChannels, ...geometry(info), dx, work);
  },
  filterGradient: ({ kernels, workspace }, info, { x, dy, dfilter }) => {
    const { filterHeight: kh, filterWidth: kw, inChannels, outChannels } = info;
    const work = workspace(kernels.conv2dBackpropFilterBytes(kh, kw, inChannels, outChannels));
    kernels.conv2dBackpropFilter(x, ...inputExtent(info), dy, kh, kw, outChannels, ...geometry(info), dfilter, work);
  },
};
