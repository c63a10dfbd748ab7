import { rleFromMask, rleFromString, rleArea } from '@rcnn/geometry';
import { expect, it } from 'vitest';
import { detectionsJson } from './detections-json.ts';

const found = {
  boxes: Float32Array.of(0, 1, 2, 3, 1, 1, 4, 4),
  labels: Int32Array.of(2, 1),
  scores: Float32Array.of(0.75, 0.25),
  masks: [rleFromMask(Uint8Array.from({ length: 16 }, (_, i) => Number(i < 8)), 4, 4), rleFromMask(new Uint8Array(16), 4, 4)],
};
const options = { file: 'a.png', image: { width: 4, height: 4 }, original: { width: 8, height: 12 }, classes: ['a', 'b'], minScore: 0.5 };

it("writes boxes and masks in the file's own pixels, and leaves out what scores less", () => {
  const { images: [{ width, height, detections }] } = JSON.parse(detectionsJson(found, options)) as { images: { width: number; height: number; detections: { segmentation: { size: [number, number]; counts: string } }[] }[] };
  expect([width, height, detections.length]).toEqual([8, 12, 1]);
  expect(detections[0]).toMatchObject({ box: [0, 3, 4, 9], label: 2, class: 'b', score: 0.75 });
  const { size: [rows, columns], counts } = detections[0].segmentation;
  expect(rleArea(rleFromString(counts, rows, columns))).toBe(48);
});

it("writes keypoints with their scores, and their names, as the command line does", () => {
  const posed = { ...found, keypoints: Float32Array.of(1, 2, 1, 3, 3, 1, 0, 0, 1, 0, 0, 1), keypointScores: Float32Array.of(5, -1, 0, 0) };
  const { keypointNames, images: [{ detections }] } = JSON.parse(detectionsJson(posed, { ...options, keypointNames: ['head', 'foot'] })) as { keypointNames: string[]; images: { detections: { keypoints: number[] }[] }[] };
  expect(keypointNames).toEqual(['head', 'foot']);
  expect(detections.map(({ keypoints }) => keypoints)).toEqual([[2, 6, 5, 6, 9, -1]]);
});
