import type { ChannelStack } from '../channel-stack.ts';

/** Felzenszwalb and Huttenlocher's Algorithm 1 as it reads, without a blur: sets of pixels, every edge an object. */
export function literalSegmentation({ width, height, planes }: ChannelStack, k: number, minSize: number, connectivity: 4 | 8): number[] {
  const steps = [[1, 0], [0, 1], [1, 1], [-1, 1]].slice(0, connectivity / 2);
  const edges: { a: number; b: number; weight: number }[] = [];
  for (let y = 0; y < height; y++) {
    for (const [dx, dy] of steps) {
      for (let x = 0; x < width; x++) {
        if (x + dx < 0 || x + dx >= width || y + dy >= height) continue;
        const [a, b] = [y * width + x, (y + dy) * width + x + dx];
        const sum = planes.reduce((total, plane) => Math.fround(total + (plane[a] - plane[b]) ** 2), 0);
        edges.push({ a, b, weight: Math.fround(Math.sqrt(sum)) });
      }
    }
  }
  edges.sort((p, q) => p.weight - q.weight);
  const region = Array.from({ length: width * height }, (_, i) => ({ pixels: [i], threshold: Math.fround(k) }));
  const merge = (a: number, b: number): void => {
    const [kept, gone] = [region[a], region[b]];
    kept.pixels.push(...gone.pixels);
    for (const pixel of gone.pixels) region[pixel] = kept;
  };
  for (const { a, b, weight } of edges) {
    if (region[a] === region[b] || weight > region[a].threshold || weight > region[b].threshold) continue;
    merge(a, b);
    region[a].threshold = Math.fround(weight + Math.fround(k / region[a].pixels.length));
  }
  for (const { a, b } of edges) {
    if (region[a] !== region[b] && Math.min(region[a].pixels.length, region[b].pixels.length) < minSize) merge(a, b);
  }
  const numbers = new Map<object, number>();
  return region.map((each) => numbers.get(each) ?? (numbers.set(each, numbers.size), numbers.size - 1));
}
