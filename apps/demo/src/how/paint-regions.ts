import type { RgbImage, Size } from '@rcnn/geometry';

/** An image in which every pixel has the colour of its region; the pixels along a border between two regions are darkened if asked. */
export function paintRegions(labels: Int32Array, { width, height }: Size, regionOf: Int32Array, colourOf: (region: number) => readonly [number, number, number], borders: boolean): RgbImage {
  const data = new Uint8Array(3 * width * height);
  const colours = new Map<number, readonly [number, number, number]>();
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const region = regionOf[labels[i]];
      let colour = colours.get(region);
      if (colour === undefined) colours.set(region, (colour = colourOf(region)));
      const isBorder = borders && ((x + 1 < width && regionOf[labels[i + 1]] !== region) || (y + 1 < height && regionOf[labels[i + width]] !== region));
      const share = isBorder ? 0.45 : 1;
      data[3 * i] = share * colour[0];
      data[3 * i + 1] = share * colour[1];
      data[3 * i + 2] = share * colour[2];
    }
  }
  return { width, height, data };
}
