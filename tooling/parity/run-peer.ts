import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeImage } from '../../packages/datasets/src/node/index.ts';
import type { RgbImage } from '../../packages/geometry/src/index.ts';

/** Decodes images and has torchvision_peer.py say in `folder`, a new one unless given, what a detector of torchvision's finds in them. */
export async function runPeer(
  name: string, files: readonly string[], folder = mkdtempSync(join(tmpdir(), 'rcnn-parity-')),
): Promise<{ folder: string; images: RgbImage[] }> {
  mkdirSync(folder, { recursive: true });
  const images = await Promise.all(files.map((file) => decodeImage(file)));
  images.forEach(({ width, height, data }, i) => {
    writeFileSync(join(folder, `${i}.rgb`), data);
    writeFileSync(join(folder, `${i}.size.json`), JSON.stringify([width, height]));
  });
  askPeer('make', name, folder);
  return { folder, images };
}

/** Has torchvision_peer.py make what is to be found, or check what was exported. */
export function askPeer(what: 'make' | 'check', name: string, folder: string): void {
  const script = fileURLToPath(new URL('torchvision_peer.py', import.meta.url));
  execFileSync(process.env['PYTHON'] ?? '/usr/bin/python3', [script, what, name, folder], { stdio: 'inherit' });
}
