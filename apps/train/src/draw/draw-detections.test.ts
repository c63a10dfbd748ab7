import { createRequire } from 'node:module';
import { loadImage, createCanvas } from '@napi-rs/canvas';
import type { RgbImage } from '@rcnn/geometry';
import { describe, expect, it } from 'vitest';
import { drawDetections } from './draw-detections.ts';
import { classColour } from './palette.ts';

const grey: RgbImage = { width: 120, height: 80, data: new Uint8Array(3 * 120 * 80).fill(128) };

async function decode(png: Uint8Array): Promise<{ width: number; height: number; at: (x: number, y: number) => string }> {
  const picture = await loadImage(png);
  const context = createCanvas(picture.width, picture.height).getContext('2d');
  context.drawImage(picture, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, picture.width, picture.height);
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  return { width, height, at: (x, y) => `#${[0, 1, 2].map((k) => hex(data[4 * (y * width + x) + k])).join('')}` };
}

describe('drawDetections', () => {
  it('strokes a box on whole pixels in the colour of its class, and leaves the rest as it is', async () => {
    const png = drawDetections(grey, { boxes: [20, 30, 100, 70], labels: [2], scores: [0.9], classes: ['a', 'b'] });
    const { width, height, at } = await decode(png);
    expect([width, height]).toEqual([120, 80]);
    const { fill } = classColour(2);
    expect([at(20, 50), at(99, 50), at(60, 69), at(60, 30)]).toEqual([fill, fill, fill, fill]);
    expect([at(19, 50), at(21, 50), at(100, 50), at(60, 70), at(60, 50)]).toEqual(new Array(5).fill('#808080'));
  });

  it('keeps what lies outside the image, and its tag, inside', async () => {
    const png = drawDetections(grey, { boxes: [-50, -50, 30, 30, 110, 70, 200, 200], labels: [1, 3], scores: [0.9, 0.8], classes: ['a', 'b', 'c'] });
    const { at } = await decode(png);
    expect([at(0, 0), at(29, 25), at(119, 79)]).toEqual([classColour(1).fill, classColour(1).fill, classColour(3).fill]);
  });

  it('leaves out what scores below minScore', () => {
    const two = { boxes: [5, 5, 50, 50, 60, 20, 90, 70], labels: [1, 2], scores: [0.9, 0.3], classes: ['a', 'b'] };
    const one = { boxes: [5, 5, 50, 50], labels: [1], scores: [0.9], classes: ['a', 'b'] };
    expect(drawDetections(grey, two, { minScore: 0.5 })).toEqual(drawDetections(grey, one));
  });

  it('enlarges by whole pixels and dashes the ground truth in white', async () => {
    const none = { boxes: [], labels: [], scores: [], classes: [] };
    const { width, height, at } = await decode(drawDetections(grey, none, { scale: 3, groundTruth: { boxes: [10, 10, 50, 50] } }));
    expect([width, height]).toEqual([360, 240]);
    const row = Array.from({ length: 105 }, (_, x) => at(35 + x, 30)); // between the corners
    expect(new Set(row)).toEqual(new Set(['#ffffff', '#808080']));
  });

  it('joins keypoints along the skeleton in the colour of the class, and leaves out those with v = 0', async () => {
    const pose = { boxes: [5, 5, 115, 75], labels: [2], scores: [0.9], classes: ['a', 'b'], keypoints: [20, 40, 1, 100, 40, 1, 60, 70, 0] };
    const { at } = await decode(drawDetections(grey, { ...pose, skeleton: [[0, 1], [1, 2]] }));
    const { fill } = classColour(2);
    expect([at(20, 39), at(60, 39), at(60, 40), at(100, 39)]).toEqual(['#ffffff', fill, fill, '#ffffff']);
    // Nothing from the second to the third.
    expect([at(80, 55), at(60, 68)]).toEqual(['#808080', '#808080']);
    const bare = await decode(drawDetections(grey, pose));
    expect([bare.at(20, 39), bare.at(60, 39)]).toEqual(['#ffffff', '#808080']);
  });

  it('draws names of any length and kind, and labels without a name', () => {
    const classes = ['x'.repeat(500), '<b>&é', '🙂'];
    const png = drawDetections(grey, { boxes: new Array(4).fill([1, 1, 9, 9]).flat() as number[], labels: [1, 2, 3, 4], scores: [1, 1, 1, 1], classes });
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('has its font among the installed packages', () => {
    expect(createRequire(import.meta.url).resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2')).toContain('woff2');
  });
});
