import { prepareEngine } from '@rcnn/engine';
import { createRng } from '@rcnn/geometry';
import { createParameters } from '@rcnn/nn';
import { noiseTensor } from '@rcnn/tooling/testing/noise';
import { expectNear } from '@rcnn/tooling/testing/floats';
import { bgrToRgb, readCaffemodel, toFloat32, type StateDict } from '@rcnn/weights';
import * as tf from '@tensorflow/tfjs-core';
import { PbfWriter } from 'pbf';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRegionNetwork, loadStateDict, networkWeights, stateDict, type RegionNetworkName } from '../index.ts';

/** A net of Caffe's with these parameters: layers of version 2, names as Caffe's, the first filter for B, G, R. */
function caffemodel(parameters: StateDict): Uint8Array {
  const net = new PbfWriter();
  const layers = new Set([...parameters.keys()].map((name) => name.replace(/\.(weight|bias)$/, '')));
  for (const layer of layers) {
    net.writeMessage(100, (_, writer) => {
      writer.writeStringField(1, layer);
      writer.writeStringField(2, layer.startsWith('fc') ? 'InnerProduct' : 'Convolution');
      for (const kind of ['weight', 'bias']) {
        const weight = parameters.get(`${layer}.${kind}`);
        if (weight === undefined) continue;
        const values = toFloat32(/^conv1(_1)?$/.test(layer) && kind === 'weight' ? bgrToRgb(toFloat32(weight)) : weight);
        writer.writeMessage(7, (blob, nested) => {
          nested.writeMessage(7, (shape, inner) => inner.writePackedVarint(1, [...shape]), blob.shape);
          nested.writePackedFloat(5, [...blob.data]);
        }, values);
      }
    }, undefined);
  }
  return net.finish();
}

const vggNames = Object.fromEntries(
  ['1_1', '1_2', '2_1', '2_2', '3_1', '3_2', '3_3', '4_1', '4_2', '4_3', '5_1', '5_2', '5_3'].map((name, i) => [`features.${[0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28][i]}`, `conv${name}`]),
);
const caffeName = (name: string): string =>
  name.replace(/^(features\.\d+)/, (place) => vggNames[place]).replace('classifier.0', 'fc6').replace('classifier.3', 'fc7');

describe("a .caffemodel of the papers' networks", () => {
  beforeAll(async () => {
    await prepareEngine();
  });

  it.each<RegionNetworkName>(['caffenet', 'zf', 'vgg_cnn_m_1024', 'vgg16'])('%s computes what it computed before it was written', (name) => {
    const config = { name, width: 1 / 16, hidden: [8, 8] } as const;
    const [first, second] = [createParameters(createRng(1)), createParameters(createRng(2))];
    const [trained, read] = [createRegionNetwork(first, config), createRegionNetwork(second, config)];
    const saved: StateDict = new Map([...stateDict(first.all())].map(([tensor, weight]) => [caffeName(tensor), weight]));
    const { missing, unused } = loadStateDict(second.all(), networkWeights(readCaffemodel(caffemodel(saved))));
    expect([missing, unused]).toEqual([[], []]);
    tf.tidy(() => {
      const crop = noiseTensor<tf.Tensor4D>([1, trained.cropSize, trained.cropSize, 3], 1);
      const [expected, computed] = [trained, read].map((network) => {
        const pooled = network.pool5(network.convolutions(crop));
        return network.fc7(network.fc6(tf.reshape(pooled, [1, -1]))).dataSync();
      });
      expectNear(computed, expected);
    });
    first.dispose();
    second.dispose();
  });
});
