import { readBlob, type Blob } from './blob-proto.ts';
import { bytesOf, eachField, integersOf, textOf } from './protobuf-fields.ts';

/** A layer of a net that has learnt something. */
export interface CaffeLayer {
  readonly name: string;
  /** As the newer form names it: `Convolution`, `InnerProduct`, …; empty for a kind that has no parameters of interest. */
  readonly type: string;
  readonly blobs: readonly Blob[];
}

/** The numbers by which `V1LayerParameter` names the kinds that have parameters. */
const typesOfV1: Readonly<Record<number, string>> = { 4: 'Convolution', 14: 'InnerProduct', 39: 'Deconvolution' };

/** Where the two forms of a layer keep what is read. */
const fieldsOfV1 = { name: 4, type: 5, blobs: 6 };
const fieldsOfV2 = { name: 1, type: 2, blobs: 7 };

/**
 * The layers with blobs of Caffe's `NetParameter`: `layers` (field 2, `V1LayerParameter`) and `layer` (field 100,
 * `LayerParameter`).
 * @throws Error naming the layer at fault
 */
export function netLayers(bytes: Uint8Array): CaffeLayer[] {
  const layers: CaffeLayer[] = [];
  eachField(bytes, (field, reader) => {
    if (field !== 2 && field !== 100) return;
    const layer = readLayer(bytesOf(reader), field === 2);
    if (layer.blobs.length > 0) layers.push(layer);
  });
  return layers;
}

function readLayer(bytes: Uint8Array, v1: boolean): CaffeLayer {
  const fields = v1 ? fieldsOfV1 : fieldsOfV2;
  let name = '';
  let type = '';
  const blobs: Uint8Array[] = [];
  eachField(bytes, (field, reader) => {
    if (v1 && field === 1) throw new Error('expected layers of version 1 or 2, got version 0: upgrade the file with Caffe\'s upgrade_net_proto_binary');
    if (field === fields.name) name = textOf(reader);
    else if (field === fields.type) type = v1 ? (typesOfV1[integersOf(reader)[0]] ?? '') : textOf(reader);
    else if (field === fields.blobs) blobs.push(bytesOf(reader));
  });
  try {
    return { name, type, blobs: blobs.map(readBlob) };
  } catch (error) {
    throw new Error(`layer ${JSON.stringify(name.slice(0, 80))}: ${(error as Error).message}`, { cause: error });
  }
}
