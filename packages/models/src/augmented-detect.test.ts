import { asBoxes, asKeypoints, maskFromRle, rleFromMask, type Boxes, type RgbImage } from '@rcnn/geometry';
import type { Detections } from '@rcnn/heads';
import { describe, expect, it } from 'vitest';
import { augmentedDetect } from './augmented-detect.ts';

const width = 8;

/** Finds one 2×2 object where the brightest pixel is, if that lies in the right half: as sure as `score`. */
function rightHalf(score: number) {
  return {
    detect: (images: readonly RgbImage[]): Promise<Detections[]> =>
      Promise.resolve(
        images.map(({ data }) => {
          const x = (data.indexOf(255) / 3) % width;
          if (x < width / 2) return { boxes: asBoxes([]), labels: new Int32Array(), scores: new Float32Array(), masks: [] };
          const mask = Uint8Array.from({ length: 2 * width }, (_, i) => Number(i % width === x));
          return { boxes: asBoxes([x, 0, x + 1, 2]), labels: Int32Array.of(1), scores: Float32Array.of(score), masks: [rleFromMask(mask, 2, width)] };
        }),
      ),
  };
}

function pixelAt(x: number): RgbImage {
  const data = new Uint8Array(2 * width * 3);
  data[3 * x] = 255;
  return { width, height: 2, data };
}

describe('augmentedDetect', () => {
  it('finds in the mirror image what is missed in the image, box and mask where they are in the image', async () => {
    const image = pixelAt(1);
    expect((await augmentedDetect([rightHalf(0.9)], image, { flip: false })).scores).toHaveLength(0);
    const { boxes, scores, masks = [] } = await augmentedDetect([rightHalf(0.9)], image);
    expect([...boxes]).toEqual([1, 0, 2, 2]);
    expect(scores[0]).toBeCloseTo(0.9);
    expect([...maskFromRle(masks[0])].map((value, i) => value * (i % width)).filter((x) => x > 0)).toEqual([1, 1]);
  });

  it('mirrors the proposals of a detector that has none of its own', async () => {
    const given: number[][] = [];
    const found = { boxes: asBoxes([]), labels: new Int32Array(), scores: new Float32Array() };
    const detect = (_: readonly RgbImage[], proposals: readonly Boxes[] = []): Promise<Detections[]> => Promise.resolve(proposals.map((boxes) => (given.push([...boxes]), found)));
    await augmentedDetect([{ detect }], pixelAt(1), { proposals: asBoxes([1, 0, 3, 2]) });
    expect(given).toEqual([[1, 0, 3, 2], [5, 0, 7, 2]]);
  });

  it('has no masks of detectors that find nothing, and neither masks nor keypoints of detectors that have none', async () => {
    const nothing = { boxes: asBoxes([]), labels: new Int32Array(), scores: new Float32Array() };
    const finding = (found: Detections) => [{ detect: () => Promise.resolve([found]) }];
    expect(await augmentedDetect(finding({ ...nothing, masks: [] }), pixelAt(1))).toEqual({ ...nothing, masks: [] });
    const poses = { keypoints: asKeypoints([], 2), keypointScores: new Float32Array() };
    expect(await augmentedDetect(finding({ ...nothing, ...poses }), pixelAt(1), { mirroredKeypoints: [1, 0] })).toEqual({ ...nothing, ...poses });
    expect(await augmentedDetect(finding(nothing), pixelAt(1))).toEqual(nothing);
  });

  it('refuses detectors of which only some find masks', async () => {
    const plain = { detect: () => Promise.resolve([{ boxes: asBoxes([0, 0, 4, 2]), labels: Int32Array.of(1), scores: Float32Array.of(0.9) }]) };
    await expect(augmentedDetect([plain, rightHalf(0.8)], pixelAt(6), { flip: false })).rejects.toThrow('augmentedDetect: expected masks of all detectors or of none, got them in 1 of 2 results');
  });

  it('keeps the surer of two detectors that find the same', async () => {
    const { scores } = await augmentedDetect([rightHalf(0.6), rightHalf(0.8)], pixelAt(6));
    expect([...scores]).toEqual([Math.fround(0.8)]);
  });

  it('lays the keypoints of the mirror image where they are in the image, left and right exchanged', async () => {
    // Finds a nose at x = 6.5, a left hand at 7 and a right one at 5, whatever the image.
    const pose = { keypoints: asKeypoints([6.5, 1, 1, 7, 1, 1, 5, 1, 1], 3), keypointScores: Float32Array.of(3, 2, -1) };
    const always = { detect: () => Promise.resolve([{ boxes: asBoxes([5, 0, 7, 2]), labels: Int32Array.of(1), scores: Float32Array.of(0.5), ...pose }]) };
    const { boxes, keypoints = [], keypointScores = [] } = await augmentedDetect([always], pixelAt(1), { mirroredKeypoints: [0, 2, 1] });
    expect([...boxes]).toEqual([5, 0, 7, 2, 1, 0, 3, 2]);
    expect([...keypoints]).toEqual([...pose.keypoints, 1.5, 1, 1, 3, 1, 1, 1, 1, 1]);
    expect([...keypointScores]).toEqual([3, 2, -1, 3, -1, 2]);
    await expect(augmentedDetect([always], pixelAt(1))).rejects.toThrow('augmentedDetect: expected mirroredKeypoints to mirror an image with keypoints');
  });
});
