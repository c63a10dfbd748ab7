import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateShapes } from '@rcnn/datasets';
import { createRng } from '@rcnn/geometry';
import sharp from 'sharp';
import { root } from './demo-page.ts';

/** The two files of the page's model. */
export const modelFiles = { weights: join(root, 'model/model.safetensors'), config: join(root, 'model/config.yaml') };

/** An image of shapes, as sharp has it. */
function shapes(width: number, height: number): sharp.Sharp {
  const { image } = generateShapes(createRng(5), { size: 96, classes: ['circle', 'triangle', 'star'], scale: [0.3, 0.55], objects: [2, 3] });
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } }).resize(width, height, { fit: 'fill' });
}

/** A GIF, 160×120. */
export function gif(): Promise<Buffer> {
  return shapes(160, 120).gif().toBuffer();
}

/** Writes files that an image is wanted from and that hold one. */
export async function goodFiles(folder: string): Promise<readonly { readonly name: string; readonly path: string; readonly size: string }[]> {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#456"/><circle cx="90" cy="100" r="60" fill="#fc3"/><script>document.title = "run"</script></svg>';
  return [
    // A photo as a camera makes it.
    { name: 'large.jpg', path: written(folder, 'large.jpg', await shapes(4000, 3000).jpeg({ quality: 80 }).toBuffer()), size: '4000 × 3000' },
    { name: 'moving.gif', path: written(folder, 'moving.gif', await gif()), size: '160 × 120' },
    { name: 'drawing.svg', path: written(folder, 'drawing.svg', Buffer.from(svg)), size: '300 × 200' },
    { name: 'tall.webp', path: written(folder, 'tall.webp', await shapes(90, 400).webp().toBuffer()), size: '90 × 400' },
  ];
}

/** Writes files that an image is wanted from and that hold none, with what is to be said of each. */
export async function badImages(folder: string): Promise<readonly { readonly path: string; readonly says: RegExp }[]> {
  const jpeg = await shapes(320, 240).jpeg().toBuffer();
  return [
    { path: written(folder, 'notes.png', Buffer.from('these are notes, not a picture\n')), says: /^notes\.png: not an image, but text$/ },
    { path: written(folder, 'cut.jpg', jpeg.subarray(0, jpeg.length >> 1)), says: /^cut\.jpg: the JPEG is cut off/ },
    { path: written(folder, 'empty.png', Buffer.alloc(0)), says: /^empty\.png: the file is empty$/ },
    { path: written(folder, 'broken.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect')), says: /^broken\.svg: not an SVG/ },
    { path: written(folder, 'noise.png', Buffer.from(Uint8Array.from({ length: 500 }, (_, i) => (i * 181) % 251))), says: /^noise\.png: not an image, but of no format/ },
  ];
}

/** Writes files that a model is wanted from and that hold none, with what is to be said of each. */
export function badModels(folder: string): readonly { readonly paths: readonly string[]; readonly says: RegExp }[] {
  const { weights, config } = modelFiles;
  // What Python would run as a command.
  const pickle = Buffer.concat([Buffer.from([0x80, 2]), Buffer.from("cos\nsystem\n(S'true'\ntR.")]);
  const other = readFileSync(config, 'utf8').replace('name: resnet18', 'name: resnet34');
  return [
    { paths: [written(folder, 'text.pth', Buffer.from('hello, world'))], says: /^text\.pth: expected safetensors, / },
    { paths: [written(folder, 'malicious.pth', pickle)], says: /^malicious\.pth: / },
    { paths: [weights], says: /^model\.safetensors: .*needs its config\.yaml/ },
    { paths: [written(folder, 'short.safetensors', readFileSync(weights).subarray(0, 5000)), config], says: /^short\.safetensors: / },
    { paths: [weights, written(folder, 'broken.yaml', Buffer.from('seed: [1'))], says: /^broken\.yaml: / },
    { paths: [weights, written(folder, 'other.yaml', Buffer.from(other))], says: /^model\.safetensors: expected the parameter / },
    { paths: [config], says: /^expected one file of weights/ },
  ];
}

/** Paths, not bytes: those would have to be handed to the browser in words. */
function written(folder: string, name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
