import { createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import type { RgbImage, Rle, Size } from '@rcnn/geometry';
import { tagFont } from './font.ts';
import { paintMask } from './paint-mask.ts';
import { classColour } from './palette.ts';
import { placeTag, type Rectangle } from './place-tag.ts';
import { strokePose } from './stroke-pose.ts';

/** What a picture shows: N boxes of 4 numbers in the image's pixels, labels from 1, scores; `classes[label − 1]` names a label. */
export interface DrawnDetections {
  readonly boxes: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  readonly classes: readonly string[];
  /** Of the image's size, one a box. */
  readonly masks?: readonly Rle[];
  /** K keypoints of each as 3NK numbers `[x, y, v]`, and which pairs of them a line joins, from 0. */
  readonly keypoints?: ArrayLike<number>;
  readonly skeleton?: readonly (readonly [number, number])[];
}

/** How {@link drawDetections} draws. */
export interface DrawOptions {
  /** Detections below are left out. */
  readonly minScore?: number;
  /** Boxes of the ground truth, drawn as dashed white lines. */
  readonly groundTruth?: { readonly boxes: ArrayLike<number> };
  /** How many times larger the picture is than the image, an integer; so that tags can be read on small images. */
  readonly scale?: number;
}

/**
 * The image with its detections drawn on it, the most certain on top: a box in its class's colour, its mask and its keypoints
 * if it has any, and a tag with class and score that stays inside the image.
 * @returns the bytes of a PNG file
 */
export function drawDetections(
  image: RgbImage,
  { boxes, labels, scores, classes, masks, keypoints = [], skeleton }: DrawnDetections,
  { minScore = 0, groundTruth, scale = 1 }: DrawOptions = {},
): Uint8Array {
  const size = { width: image.width * scale, height: image.height * scale };
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  const line = Math.ceil(Math.min(size.width, size.height) / 240);
  const best = Array.from({ length: labels.length }, (_, i) => i)
    .filter((i) => scores[i] >= minScore)
    .sort((a, b) => scores[b] - scores[a] || a - b);
  const data = masks ? Uint8Array.from(image.data) : image.data;
  if (masks) for (const i of best.toReversed()) paintMask(data, masks[i], classColour(labels[i]).fill);
  drawImage(context, { ...image, data }, size);
  for (const i of best.toReversed()) strokeBox(context, boxAt(boxes, i, scale), line, classColour(labels[i]).fill, size);
  const numbers = keypoints.length / labels.length;
  for (const i of best.toReversed()) {
    const pose = Array.from({ length: numbers }, (_, at) => keypoints[numbers * i + at] * (at % 3 === 2 ? 1 : scale));
    // Thinner on small objects, which it would hide.
    const { width, height } = boxAt(boxes, i, scale);
    const thin = Math.min(line, Math.max(0.5, Math.max(width, height) / 80));
    strokePose(context, pose, { skeleton, line: thin, colour: classColour(labels[i]).fill });
  }
  const wanted = groundTruth?.boxes ?? [];
  context.setLineDash([3 * line, 3 * line]);
  // The path starts half a line inside the box; so moved, dashes begin and end on whole pixels.
  context.lineDashOffset = line / 2;
  for (let i = 0; 4 * i < wanted.length; i++) strokeBox(context, boxAt(wanted, i, scale), line, '#ffffff', size);

  const pixels = Math.max(10, Math.round(Math.min(size.width, size.height) / 36));
  context.font = tagFont(pixels);
  context.textBaseline = 'middle';
  const placed: Rectangle[] = [];
  for (const i of best) {
    const margin = Math.ceil(pixels / 4);
    const name = classes[labels[i] - 1] ?? `class ${labels[i]}`;
    const text = fitText(context, name, ` ${scores[i].toFixed(2)}`, size.width - 2 * margin);
    const tag = { width: Math.ceil(context.measureText(text).width) + 2 * margin, height: pixels + margin };
    const place = placeTag(tag, boxAt(boxes, i, scale), size, placed);
    const colour = classColour(labels[i]);
    context.fillStyle = colour.fill;
    context.fillRect(place.x, place.y, place.width, place.height);
    context.fillStyle = colour.text;
    context.fillText(text, place.x + margin, place.y + place.height / 2);
    placed.push(place);
  }
  return canvas.toBuffer('image/png');
}

function drawImage(context: SKRSContext2D, image: RgbImage, size: Size): void {
  const rgba = new Uint8ClampedArray(4 * image.width * image.height).fill(255);
  for (let i = 0; i < image.width * image.height; i++) {
    rgba[4 * i] = image.data[3 * i];
    rgba[4 * i + 1] = image.data[3 * i + 1];
    rgba[4 * i + 2] = image.data[3 * i + 2];
  }
  const original = createCanvas(image.width, image.height);
  original.getContext('2d').putImageData(new ImageData(rgba, image.width, image.height), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(original, 0, 0, size.width, size.height);
}

/** The box in whole pixels of the picture. */
function boxAt(boxes: ArrayLike<number>, i: number, scale: number): Rectangle {
  const [x, y, x2, y2] = [0, 1, 2, 3].map((k) => Math.round(boxes[4 * i + k] * scale));
  return { x, y, width: x2 - x, height: y2 - y };
}

/** Strokes just inside the box, on whole pixels; what lies outside the picture is moved to its edge, to be seen. */
function strokeBox(context: SKRSContext2D, box: Rectangle, line: number, colour: string, size: Size): void {
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(size.width, box.x + box.width), Math.min(size.height, box.y + box.height)];
  context.lineWidth = line;
  context.strokeStyle = colour;
  context.strokeRect(left + line / 2, top + line / 2, Math.max(0, right - left - line), Math.max(0, bottom - top - line));
}

/** The name and what follows it, the name cut short where both would be wider than `width`. */
function fitText(context: SKRSContext2D, name: string, rest: string, width: number): string {
  if (context.measureText(name + rest).width <= width) return name + rest;
  const letters = [...name];
  while (letters.length > 0 && context.measureText(`${letters.join('')}…${rest}`).width > width) letters.pop();
  return letters.length > 0 ? `${letters.join('')}…${rest}` : rest.trim();
}
