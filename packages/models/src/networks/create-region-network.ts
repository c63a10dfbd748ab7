import type { Parameters } from '@rcnn/nn';
import { alexNet, caffeNet, wholeImageCaffeNet } from './alexnet.ts';
import type { RegionNetwork, RegionNetworkOptions } from './region-network.ts';
import { squeezeNet } from './squeezenet.ts';
import { vgg16 } from './vgg16.ts';
import { vggCnnM1024 } from './vgg-cnn-m-1024.ts';
import { zf } from './zf.ts';

/** The network of a configuration, its parameters created at `parameters`. */
export function createRegionNetwork(parameters: Parameters, { name, input = 'crop', ...options }: RegionNetworkOptions): RegionNetwork {
  switch (name) {
    case 'caffenet':
      return input === 'image' ? wholeImageCaffeNet(parameters, options) : caffeNet(parameters, options);
    case 'alexnet':
      return alexNet(parameters, options);
    case 'vgg_cnn_m_1024':
      return vggCnnM1024(parameters, options);
    case 'zf':
      return zf(parameters, options);
    case 'vgg16':
      return vgg16(parameters, options);
    case 'squeezenet1_0':
      return squeezeNet(parameters, options);
  }
}
