import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { Tarball } from './pack.ts';

/** A registry on this machine. */
export interface Registry {
  /** A line for an `.npmrc`: our packages come from here, all others from where they always do. */
  readonly npmrc: string;
  readonly close: () => void;
}

/**
 * A registry that has the packed packages alone, so that `npm install @rcnn/geometry` does before publishing what it
 * will do afterwards, the dependencies among our packages included.
 */
export async function serveRegistry(tarballs: readonly Tarball[]): Promise<Registry> {
  const contents = new Map(tarballs.map(({ file }) => [basename(file), readFileSync(file)]));
  const hash = (algorithm: string, data: Buffer): ReturnType<typeof createHash> => createHash(algorithm).update(data);
  // npm keeps what it got by its address: other tarballs have other addresses.
  const version = hash('sha256', Buffer.concat([...contents.values()])).digest('hex').slice(0, 16);
  let address = '';
  const packument = ({ name, file, manifest }: Tarball): string => {
    const data = contents.get(basename(file)) ?? Buffer.alloc(0);
    const dist = {
      tarball: `${address}${basename(file)}`,
      shasum: hash('sha1', data).digest('hex'),
      integrity: `sha512-${hash('sha512', data).digest('base64')}`,
    };
    return JSON.stringify({ name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: { ...manifest, dist } } });
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(`/${version}/`, '');
    const tarball = tarballs.find(({ name }) => name === path);
    const body = tarball === undefined ? contents.get(path) : packument(tarball);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': tarball === undefined ? 'application/octet-stream' : 'application/json' });
    response.end(body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${version}/`;
  return { npmrc: `@rcnn:registry=${address}\n`, close: () => void server.close() };
}
