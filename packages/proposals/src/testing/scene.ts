import type { RgbImage } from '@rcnn/geometry';

/** Rectangles and discs of flat colours with noise over them: `scene` of `tooling/golden/proposals.py`. */
export function scene(): RgbImage {
  const [width, height] = [96, 72];
  const data = new Uint8Array(3 * width * height);
  const discs = [
    [24, 30, 15, 200, 60, 50],
    [66, 24, 12, 230, 210, 90],
    [70, 28, 5, 40, 40, 90],
  ];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let colour = y < 40 ? [70 + y, 110, 160] : [90, 130, 60];
      for (const [cx, cy, r, ...rgb] of discs) if ((x - cx) ** 2 + (y - cy) ** 2 < r * r) colour = rgb;
      if (y >= 48 && y < 66 && x >= 40 && x < 84) colour = [150, 150, 155];
      if (y >= 52 && y < 60 && x >= 46 && x < 58) colour = [30, 60, 150];
      colour.forEach((value, channel) => {
        const i = 3 * (y * width + x) + channel;
        data[i] = Math.min(255, Math.max(0, value + noise(i)));
      });
    }
  }
  return { width, height, data };
}

/** −6 … 6, a hash of i. */
function noise(i: number): number {
  let z = Math.imul(i ^ (i >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return ((z ^ (z >>> 16)) >>> 0) % 13 - 6;
}
