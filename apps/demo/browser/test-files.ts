import { generateShapes } from '@rcnn/datasets';
import { createRng } from '@rcnn/geometry';
import sharp from 'sharp';

/** A file as a file input takes it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** An image of shapes, as sharp has it. */
function shapes(width: number, height: number): sharp.Sharp {
  const { image } = generateShapes(createRng(5), { size: 96, classes: ['circle', 'triangle', 'star'], scale: [0.3, 0.55], objects: [2, 3] });
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } }).resize(width, height, { fit: 'fill' });
}

/** A photo as a camera makes it, 4000×3000. */
export async function largePhoto(): Promise<TestFile> {
  return { name: 'large.jpg', mimeType: 'image/jpeg', buffer: await shapes(4000, 3000).jpeg({ quality: 80 }).toBuffer() };
}

/** Files that an image is wanted from and that hold one. */
export async function goodFiles(): Promise<readonly (TestFile & { readonly size: string })[]> {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#456"/><circle cx="90" cy="100" r="60" fill="#fc3"/><script>document.title = "run"</script></svg>';
  return [
    { ...(await largePhoto()), size: '4000 × 3000' },
    { name: 'moving.gif', mimeType: 'image/gif', buffer: await shapes(160, 120).gif().toBuffer(), size: '160 × 120' },
    { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg), size: '300 × 200' },
    { name: 'tall.webp', mimeType: 'image/webp', buffer: await shapes(90, 400).webp().toBuffer(), size: '90 × 400' },
  ];
}

/** Files that an image is wanted from and that hold none, with what is to be said of each. */
export async function badImages(): Promise<readonly (TestFile & { readonly says: RegExp })[]> {
  const jpeg = await shapes(320, 240).jpeg().toBuffer();
  return [
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('these are notes, not a picture\n'), says: /^notes\.png: not an image, but text$/ },
    { name: 'cut.jpg', mimeType: 'image/jpeg', buffer: jpeg.subarray(0, jpeg.length >> 1), says: /^cut\.jpg: the JPEG is cut off/ },
    { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0), says: /^empty\.png: the file is empty$/ },
    { name: 'broken.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect'), says: /^broken\.svg: not an SVG/ },
    { name: 'noise.png', mimeType: 'image/png', buffer: Buffer.from(Uint8Array.from({ length: 500 }, (_, i) => (i * 181) % 251)), says: /^noise\.png: not an image, but of no format/ },
  ];
}

/** Files that a model is wanted from and that hold none, with what is to be said of each. */
export function badModels(config: Buffer, weights: Buffer): readonly { readonly files: readonly TestFile[]; readonly says: RegExp }[] {
  const file = (name: string, buffer: Buffer): TestFile => ({ name, mimeType: 'application/octet-stream', buffer });
  // What Python would run as a command.
  const pickle = Buffer.concat([Buffer.from([0x80, 2]), Buffer.from("cos\nsystem\n(S'true'\ntR.")]);
  const other = Buffer.from(config.toString().replace('name: resnet18', 'name: resnet34'));
  return [
    { files: [file('text.pth', Buffer.from('hello, world'))], says: /^text\.pth: expected safetensors, / },
    { files: [file('malicious.pth', pickle)], says: /^malicious\.pth: / },
    { files: [file('model.safetensors', weights)], says: /^model\.safetensors: .*needs its config\.yaml/ },
    { files: [file('model.safetensors', weights.subarray(0, 5000)), file('config.yaml', config)], says: /^model\.safetensors: / },
    { files: [file('model.safetensors', weights), file('config.yaml', Buffer.from('seed: [1'))], says: /^config\.yaml: / },
    { files: [file('model.safetensors', weights), file('config.yaml', other)], says: /^model\.safetensors: expected the parameter / },
    { files: [file('config.yaml', config)], says: /^expected one file of weights/ },
  ];
}
