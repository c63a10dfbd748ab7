import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { generateShapes } from '@rcnn/datasets';
import { prepareEngine } from '@rcnn/engine';
import { createRng, type RgbImage } from '@rcnn/geometry';
import { createScratch, selectiveSearch } from '@rcnn/proposals';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModel } from '../src/worker/model/run-model.ts';
import { sampleShapes } from '../src/samples/sample-shapes.ts';
import { firstSample } from '../src/state/samples.ts';
import { noBrowser, openPage, root, serveDemo, type OpenedPage, type ServedDemo } from './demo-page.ts';
import { howItWorks } from './how-it-works.ts';
import { seriousFaults } from './serious-faults.ts';
import { badImages, badModels, gif, goodFiles, modelFiles } from './test-files.ts';
import { expectFree } from './expect-free.ts';
import { traceTasks } from './traced-tasks.ts';

const photos = join(root, '../../../shared/data/photos');
const screenshots = join(root, 'screenshots');
/** How often a photo is searched, by the browser and by Node in turn; the fastest counts. */
const searches = 6;

interface Written {
  readonly images: readonly { readonly file: string; readonly width: number; readonly height: number; readonly detections: readonly { readonly box: number[]; readonly label: number; readonly score: number; readonly segmentation?: object }[] }[];
}

/** What the page has for the console. */
interface Console {
  readonly compute: (task: string, input: object | null) => Promise<unknown>;
  readonly shown: () => RgbImage;
}

/** Waits until the page has nothing more to do. */
async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('progress') === null && (document.querySelector('.times') !== null || document.querySelector('[role=alert]') !== null));
}

/** What the page saves as JSON. */
async function saved(page: Page): Promise<Written['images'][number]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as JSON' }).click()]);
  return (JSON.parse(readFileSync(await download.path(), 'utf8')) as Written).images[0];
}

describe.skipIf(noBrowser !== undefined)(`the demo in a browser${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let demo: ServedDemo;

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    demo = await serveDemo();
  });
  afterAll(() => demo.close());

  describe('the Detect view', () => {
    detectView(() => demo);
  });
  describe('"How it works"', () => {
    howItWorks(() => demo);
  });

  it('is less than 3 MB to load, gzipped, without the model', () => {
    const files = readdirSync(demo.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.safetensors'));
    const bytes = files.reduce((sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length, 0);
    console.log(`the page with all its engines: ${(bytes / 1e6).toFixed(2)} MB gzipped`);
    expect(bytes).toBeLessThan(3e6);
  });
});

function detectView(demo: () => ServedDemo): void {
  let opened: OpenedPage;
  const folder = mkdtempSync(join(tmpdir(), 'rcnn-demo-'));

  beforeAll(async () => {
    opened = await openPage(demo(), '', { viewport: { width: 1280, height: 900 } });
    await idle(opened.page);
  });
  afterAll(async () => {
    await opened.page.context().close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds on wasm and on webgl what Node finds, boxes to half a pixel, scores to 1e-3; and once it has loaded needs no network for it", async () => {
    await prepareEngine();
    const { image } = generateShapes(createRng(firstSample), sampleShapes);
    const file = (path: string) => ({ name: path, bytes: new Uint8Array(readFileSync(path)) });
    const { detector } = await runModel('', file(modelFiles.weights), file(modelFiles.config))();
    const [expected] = await detector.detect([image]);
    detector.dispose();
    const certain = [...expected.scores.keys()].filter((i) => expected.scores[i] >= 0.05 + 1e-3);
    expect(certain.length).toBeGreaterThan(2);
    const { page } = opened;
    await page.evaluate(async () => {
      await (window as unknown as { rcnn: Console }).rcnn.compute('loadAhead', null);
    });
    await page.context().setOffline(true);
    await page.getByRole('slider', { name: 'Least score' }).fill('0.05');
    for (const [engine, title] of [['wasm', 'WebAssembly'], ['webgl', 'WebGL']] as const) {
      await page.getByLabel('Engine to compute with').selectOption(engine);
      await page.getByText(`Computed on ${title}`, { exact: true }).waitFor();
      const { detections, width, height } = await saved(page);
      expect([width, height]).toEqual([384, 384]);
      for (const i of certain) {
        const own = detections.filter(({ label, box }) => label === expected.labels[i] && box.every((side, k) => Math.abs(side - expected.boxes[4 * i + k]) < 0.5));
        expect(own.some(({ score, segmentation }) => Math.abs(score - expected.scores[i]) < 1e-3 && segmentation !== undefined), `${engine}: object ${i}`).toBe(true);
      }
      expect(detections.filter(({ score }) => score >= 0.05 + 1e-3).length).toBe(certain.length);
    }
    await page.getByRole('slider', { name: 'Least score' }).fill('0.5');
  });

  it('computes in the stages on webgl what it computes on wasm: objectness, proposals, pooled features, masks', async () => {
    const { page } = opened;
    const onWebgl = await page.evaluate(stageNumbers);
    await page.getByLabel('Engine to compute with').selectOption('wasm');
    await page.getByText('Computed on WebAssembly', { exact: true }).waitFor();
    const onWasm = await page.evaluate(stageNumbers);
    await page.context().setOffline(false);
    expect(Object.keys(onWasm).length).toBe(6);
    for (const [what, numbers] of Object.entries(onWasm)) {
      expect(numbers.length, what).toBeGreaterThan(0);
      expect(onWebgl[what].length, what).toBe(numbers.length);
      const greatest = numbers.reduce((most, value, i) => Math.max(most, Math.abs(value - onWebgl[what][i])), 0);
      expect(greatest, what).toBeLessThan(what === 'boxes' ? 0.1 : 1e-3);
    }
  });

  it('says why an engine does not start, and goes on with the one in use', async () => {
    const { page } = opened;
    const adapter = await page.evaluate(async () => Boolean(await (navigator as { gpu?: { requestAdapter: () => Promise<object | null> } }).gpu?.requestAdapter()));
    if (adapter) return;
    await page.getByLabel('Engine to compute with').selectOption('webgpu');
    await page.getByRole('alert').getByText(/engine webgpu: .*WebGPU/).waitFor();
    await page.getByLabel('Engine to compute with').selectOption('wasm');
    await idle(page);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('shows images of many kinds in their own size, and leaves the main thread free whatever is computed', async () => {
    const { page } = opened;
    const files = await goodFiles(folder);
    const tasksOf = await traceTasks(demo().browser, 'main');
    for (const { size, name, path } of files) {
      await page.getByLabel('Choose an image').setInputFiles(path);
      await page.getByText(`${name}: ${size}`).waitFor();
      await idle(page);
      expect(await page.getByRole('alert').count()).toBe(0);
      const { width, height, detections } = await saved(page);
      expect(`${width} × ${height}`).toBe(size);
      for (const { box } of detections) expect(box[2] <= width + 1e-2 && box[3] <= height + 1e-2).toBe(true);
    }
    expect(await page.title()).not.toBe('run');
    expectFree('Detect', await tasksOf());
  });

  it('says in a line what is wrong with an image or a model, and goes on', async () => {
    const { page } = opened;
    for (const { says, path } of await badImages(folder)) {
      await page.getByLabel('Choose an image').setInputFiles(path);
      await page.getByRole('alert').filter({ hasText: says }).waitFor();
    }
    for (const { paths, says } of badModels(folder)) {
      await page.getByLabel('Open your own').setInputFiles([...paths]);
      await page.getByRole('alert').filter({ hasText: says }).waitFor();
    }
    await page.getByRole('button', { name: 'Another sample' }).click();
    await page.getByText(/^shapes-\d+\.png/).waitFor();
    await idle(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect((await saved(page)).detections.length).toBeGreaterThan(0);
  });

  it("opens a run's model from disk, keeps it when work is stopped, and goes back to its own", async () => {
    const { page } = opened;
    await page.getByLabel('Open your own').setInputFiles([modelFiles.config, modelFiles.weights]);
    await page.locator('.panel strong', { hasText: 'model.safetensors' }).waitFor();
    await idle(page);
    // A search that takes long and hears of nothing: it goes with its worker, and a fresh one has the same engine and model.
    const [fresh] = await Promise.all([
      page.waitForEvent('worker'),
      page.evaluate(() => {
        const { compute, shown } = (window as unknown as { rcnn: Console }).rcnn;
        const { width, height } = shown();
        const large = { width: 3 * width, height: 3 * height, data: Uint8Array.from({ length: 27 * width * height }, (_, i) => (i * i) >>> 7) };
        Object.assign(window, { searched: compute('proposeRegions', { image: large, mode: 'quality' }).then(() => 'done', (error: Error) => error.name) });
      }),
      page.getByRole('button', { name: 'Another sample' }).click().then(() => page.getByRole('button', { name: 'Stop' }).click()),
    ]);
    await expect.poll(() => page.workers(), { timeout: 60_000 }).toEqual([fresh]); // a browser lets it go on for two seconds
    expect(await page.evaluate(() => (window as unknown as { searched: Promise<string> }).searched)).toBe('AbortError');
    await page.getByRole('button', { name: 'Another sample' }).click();
    await idle(page);
    await page.locator('.panel strong', { hasText: 'model.safetensors' }).waitFor();
    await page.getByText('Computed on WebAssembly', { exact: true }).waitFor();
    await page.getByRole('button', { name: "The page's own" }).click();
    await page.locator('.panel strong', { hasText: 'Mask R-CNN on shapes' }).waitFor();
    await idle(page);
  });

  it('takes what is dropped, and a picture of the camera, or says that it was refused', async () => {
    const { page } = opened;
    const transfer = await page.evaluateHandle((bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'dropped.gif', { type: 'image/gif' }));
      return data;
    }, [...(await gif())]);
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
    await page.getByText(/^dropped\.gif: 160 × 120/).waitFor();
    await page.context().grantPermissions(['camera']);
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await page.getByText(/^camera\.png/).waitFor();
    await idle(page);
    await page.context().clearPermissions();
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.getByText(/camera was refused|no camera/).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
  });

  it.skipIf(!existsSync(photos))(`searches a photo for regions in at most one and a half times what Node takes, the first searches of each aside (skipped where ../shared/data is absent)`, async () => {
    const file = join(photos, readdirSync(photos).filter((name) => name.endsWith('.jpg')).sort()[0]);
    const { page } = opened;
    await page.getByLabel('Choose an image').setInputFiles(file);
    await idle(page);
    // The pixels that the browser decoded, in Node: decoders differ by a unit, and so would their regions.
    const { width, height, pixels } = await page.evaluate(async () => {
      const { compute, shown } = (window as unknown as { rcnn: Console }).rcnn;
      const small = await compute('fitImage', { image: shown(), side: 500 }) as RgbImage;
      Object.assign(window, { small });
      const { width: columns, height: rows, data } = small;
      const text = Array.from({ length: rows }, (_, y) => String.fromCharCode(...data.subarray(3 * columns * y, 3 * columns * (y + 1)))).join('');
      return { width: columns, height: rows, pixels: btoa(text) };
    });
    const image = { width, height, data: new Uint8Array(Buffer.from(pixels, 'base64')) };
    const scratch = createScratch();
    const nodes: number[] = [];
    const tasksOf = await traceTasks(demo().browser, 'worker');
    for (let i = 0; i < searches; i++) {
      const boxes = await page.evaluate(async () => {
        const { rcnn: { compute }, small } = window as unknown as { rcnn: Console; small: RgbImage };
        return (await compute('proposeRegions', { image: small, mode: 'fast' }) as { boxes: Float32Array }).boxes.length / 4;
      });
      const before = process.cpuUsage();
      expect(selectiveSearch(image, { mode: 'fast', seed: 1, scratch }).boxes.length / 4).toBe(boxes);
      const { user, system } = process.cpuUsage(before);
      nodes.push((user + system) / 1000);
    }
    // The worker has nothing else to do.
    const [browser, node] = [(await tasksOf())[searches - 1].processor, Math.min(...nodes)];
    console.log(`selective search, fast, ${width}×${height}, processor, best of ${searches}: ${browser.toFixed(0)} ms in the browser, ${node.toFixed(0)} ms in Node, ratio ${(browser / node).toFixed(2)}`);
    expect(browser / node).toBeLessThan(1.5);
  });

  it('has no serious fault of accessibility, light or dark, and looks well enough to be looked at', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: 'Another sample' }).click();
    await page.getByText(/^shapes-/).waitFor();
    await idle(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [device, viewport] of [['desktop', { width: 1280, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
        await page.setViewportSize(viewport);
        await page.screenshot({ path: join(screenshots, `detect-${device}-${colorScheme}.png`), fullPage: true });
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `as wide as a ${device}`).toBe(true);
        if ((device === 'phone') === (colorScheme === 'dark')) expect(await seriousFaults(page), `${device}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  it('has said nothing on the console that is an error, and asked no other host for anything', () => {
    expect(opened.faults).toEqual([]);
  });
}

/** Numbers of the stages that compute with an engine, on an image of shapes. It runs in the page. */
async function stageNumbers(): Promise<Record<string, number[]>> {
  const { compute, shown } = (window as unknown as { rcnn: Console }).rcnn;
  const image = shown();
  const { levels, kept } = await compute('networkProposals', { image }) as { levels: { probabilities: Float32Array }[]; kept: { boxes: Float32Array; scores: Float32Array } };
  const { maps: [{ data, width, height, channels, stride }] } = await compute('featureMaps', { image }) as { maps: { data: Float32Array; width: number; height: number; channels: number; stride: number }[] };
  const map = data.filter((_, i) => i % channels === 3);
  const { pooled, aligned } = await compute('poolRegion', { map, width, height, box: [20, 10, 70, 60], spatialScale: 1 / stride, bins: 3, samplingRatio: 2, aligned: true }) as { pooled: Float32Array; aligned: Float32Array };
  const { probabilities } = await compute('softMasks', { image }) as { probabilities: Float32Array };
  return { objectness: levels.flatMap((level) => [...level.probabilities]), boxes: [...kept.boxes.subarray(0, 40)], scores: [...kept.scores.subarray(0, 10)], pooled: [...pooled], aligned: [...aligned], masks: [...probabilities] };
}
