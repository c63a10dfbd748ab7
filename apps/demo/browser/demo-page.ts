import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { build, preview } from 'vite';

/** Where Debian and its relatives have their Chromium; `RCNN_CHROMIUM` names another. */
const executablePath = [process.env['RCNN_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

/** Why browser tests are skipped; undefined where there is a browser. */
export const noBrowser = executablePath === undefined ? 'no Chromium is installed' : undefined;

/** The folder of the demo. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built page, served, and a browser to open it in. */
export interface ServedDemo {
  readonly url: string;
  /** The folder that was built. */
  readonly folder: string;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** A page and what went wrong on it. */
export interface OpenedPage {
  readonly page: Page;
  /** Errors on the console, uncaught ones, requests that failed or left the page's own host. */
  readonly faults: string[];
}

/** Builds the page into a folder of its own, serves it and starts a browser. */
export async function serveDemo(): Promise<ServedDemo> {
  const outDir = mkdtempSync(join(tmpdir(), 'rcnn-demo-'));
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const url = server.resolvedUrls?.local[0] ?? '';
  // A GPU in software is what every machine has, for WebGL; the page itself is drawn without one, in half the time. The camera is a test picture.
  const args = [
    '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing', '--disable-gpu-rasterization',
    '--disable-accelerated-2d-canvas', '--use-fake-device-for-media-stream',
  ];
  const browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args });
  return {
    url, browser,
    folder: outDir,
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** Opens the page at a hash. */
export async function openPage({ browser, url }: ServedDemo, hash = '', options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(100_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('requestfailed', (request) => faults.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) faults.push(`${request.url()} is elsewhere`);
  });
  await page.goto(`${url}${hash}`);
  return { page, faults };
}
