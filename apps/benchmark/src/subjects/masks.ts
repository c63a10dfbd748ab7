import {
  createRng,
  maskFromRle,
  mergeRles,
  rleArea,
  rleBox,
  rleFromMask,
  rleFromPolygons,
  rleIou,
  rlesFromStrings,
  rleToString,
  type Rng,
} from '@rcnn/geometry';

import { type PeerArray } from '../python-peer.ts';
import { type BenchmarkCase, type PeerResult, type Subject } from '../subject.ts';

const [height, width, corners] = [480, 640, 32];

/** Masks beside pycocotools', each from its own form of them: run lengths here, packed text there. What comes out is packed. */
export const masks: Subject = {
  peer: 'masks.py',
  cases: () => {
    const objects = outlines(createRng(1), 300);
    const some = objects.slice(0, 100);
    const rles = objects.map((outline) => rleFromPolygons([outline], height, width));
    const strings = rles.map(rleToString);
    const bitmaps = rles.slice(0, 50).map(maskFromRle);
    const noise = createRng(2);
    const noisy = Array.from({ length: 10 }, () => new Uint8Array(height * width).map(() => (noise.uniform() < 0.3 ? 1 : 0)));
    const crowd = Int32Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 1 : 0));
    return Promise.resolve([
      peerCase('polygons to masks, 300 of 32 corners in 640 × 480', 'polygons', { polygons: outlineArray(objects) }, () =>
        characters(objects.map((outline) => rleToString(rleFromPolygons([outline], height, width)))),
      ),
      peerCase('decode, 100 masks of 640 × 480', 'decode', { polygons: outlineArray(some) }, () => {
        const decoded = rles.slice(0, 100).map(maskFromRle);
        return decoded[decoded.length - 1];
      }),
      encodeCase('encode, 50 masks of 640 × 480', bitmaps),
      encodeCase('encode, 10 masks of noise', noisy),
      peerCase('merge, 100 times 3 masks', 'merge', { polygons: outlineArray(objects) }, () => {
        return characters(Array.from({ length: 100 }, (_, i) => rleToString(mergeRles(rles.slice(3 * i, 3 * i + 3)))));
      }),
      peerCase('unpack, 200 masks', 'unpack', { polygons: outlineArray(objects.slice(0, 200)) }, () =>
        rlesFromStrings(strings.slice(0, 200), height, width).map(rleArea),
      ),
      peerCase('area and box, 200 masks', 'measure', { polygons: outlineArray(objects.slice(0, 200)) }, () =>
        rles.slice(0, 200).flatMap((rle) => {
          const [x1, y1, x2, y2] = rleBox(rle);
          return [rleArea(rle), x1, y1, x2 - x1, y2 - y1];
        }),
      ),
      peerCase('IoU, 200 × 100 masks', 'iou', { polygons: outlineArray(objects), crowd: { data: crowd, shape: [100] } }, () =>
        rleIou(rles.slice(0, 200), rles.slice(200), crowd),
      ),
    ]);
  },
};

function peerCase(name: string, operation: string, arrays: Readonly<Record<string, PeerArray>>, run: () => PeerResult): BenchmarkCase {
  return { name, engine: 'node', run, peer: { operation, arrays, options: { height, width } } };
}

function encodeCase(name: string, bitmaps: readonly Uint8Array[]): BenchmarkCase {
  const data = Int32Array.from(bitmaps.flatMap((mask) => [...mask]));
  return {
    name,
    engine: 'node',
    run: () => characters(bitmaps.map((mask) => rleToString(rleFromMask(mask, height, width)))),
    peer: { operation: 'encode', arrays: { masks: { data, shape: [bitmaps.length, height, width] } }, options: {} },
  };
}

/** Every character of these texts, a byte each. To join the texts first would take as long as to make them, and the peer's are bytes. */
function characters(texts: readonly string[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, { length }) => sum + length, 0));
  texts.reduce((at, text) => at + bytes.write(text, at, 'latin1'), 0);
  return bytes;
}

function outlineArray(polygons: readonly Float32Array[]): PeerArray {
  const data = new Float32Array(2 * corners * polygons.length);
  polygons.forEach((polygon, i) => data.set(polygon, 2 * corners * i));
  return { data, shape: [polygons.length, 2 * corners] };
}

/** Uneven outlines around a centre, of the sizes of COCO's objects. */
function outlines(rng: Rng, count: number): Float32Array[] {
  return Array.from({ length: count }, () => {
    const [x, y, radius] = [width * rng.uniform(), height * rng.uniform(), 8 + 180 * rng.uniform() ** 2];
    const turns = Array.from({ length: corners }, (_, i) => (2 * Math.PI * i) / corners);
    return Float32Array.from(
      turns.flatMap((turn) => {
        const away = radius * (0.7 + 0.3 * rng.uniform());
        return [Math.min(width, Math.max(0, x + away * Math.cos(turn))), Math.min(height, Math.max(0, y + away * Math.sin(turn)))];
      }),
    );
  });
}
