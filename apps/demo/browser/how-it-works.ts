import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { generateShapes } from '@rcnn/datasets';
import { asBoxes, boxIou, createRng, encodeBoxes } from '@rcnn/geometry';
import { hierarchies, resolveStrategy, selectiveSearch } from '@rcnn/proposals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stages } from '../src/how/stages.ts';
import { sampleShapes } from '../src/samples/sample-shapes.ts';
import { firstSample } from '../src/state/samples.ts';
import { noBrowser, openPage, root, serveDemo, type OpenedPage, type ServedDemo } from './demo-page.ts';
import { longestTask } from './longest-task.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const screenshots = join(root, 'screenshots');
const side = 384;
const part = (...parts: number[]): number[] => parts.map((each) => each * side);

describe.skipIf(noBrowser !== undefined)(`"How it works" in a browser${noBrowser === undefined ? '' : ` (skipped: ${noBrowser})`}`, () => {
  const { image } = generateShapes(createRng(firstSample), sampleShapes);
  let demo: ServedDemo;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    demo = await serveDemo();
    opened = await openPage(demo, '#/how/iou', { viewport: { width: 1280, height: 900 } });
    page = opened.page;
  });
  afterAll(() => demo.close());

  const open = (id: string): Promise<void> => page.evaluate((hash) => void (location.hash = hash), `#/how/${id}`);
  const said = async (name: string): Promise<string> => (await page.locator(`[data-${name}]`).first().textContent()) ?? '';
  const until = (name: string, isThere: string): Promise<unknown> => page.waitForFunction(([selector, text]) => document.querySelector(selector)?.textContent === text, [`[data-${name}]`, isThere]);
  const changes = (name: string, from: string): Promise<unknown> => page.waitForFunction(([selector, text]) => ![text, '…', undefined].includes(document.querySelector(selector)?.textContent ?? undefined), [`[data-${name}]`, from]);
  const slide = (name: string, value: number): Promise<void> => page.getByRole('slider', { name, exact: true }).fill(String(value));
  const ready = (name: string): Promise<void> => page.locator(`[data-${name}]`).first().waitFor();

  it('lists every stage, the system it belongs to, and opens it', async () => {
    for (const { title, system } of stages) await page.getByRole('link', { name: `${title} ${system}` }).waitFor();
    await page.getByRole('link', { name: /^Anchors/ }).click();
    await page.getByRole('heading', { name: 'Anchors', level: 1 }).waitFor();
    expect(page.url()).toMatch(/#\/how\/anchors$/);
  });

  it("shows the package's IoU, also of boxes moved by keys", async () => {
    await open('iou');
    const [first, second] = [part(0.2, 0.2, 0.6, 0.65), part(0.35, 0.35, 0.8, 0.8)];
    const iou = page.locator('figcaption output');
    await iou.getByText(boxIou(asBoxes(first), asBoxes(second))[0].toFixed(3)).waitFor();
    await page.getByRole('button', { name: /^Box A/ }).press('ArrowRight');
    await iou.getByText(boxIou(asBoxes(first.map((value, i) => (i % 2 === 0 ? value + 4 : value))), asBoxes(second))[0].toFixed(3)).waitFor();
  });

  it('segments as the package does, and merges to one region along the slider', async () => {
    await open('segmentation');
    const [{ hierarchy }] = hierarchies(image, resolveStrategy({ mode: 'single' }));
    await until('leaves', String(hierarchy.leaves));
    await slide('Merged', 0);
    await until('regions', await said('leaves'));
    await slide('Merged', 1);
    await until('regions', '1');
    const before = await said('leaves');
    await slide('k', 1000);
    await changes('leaves', before);
    await page.getByLabel('Mean colours').check();
    await page.getByLabel('Boxes of all regions').check();
  });

  it('ranks the boxes of selective search, and says how the first N cover an object', async () => {
    await open('proposals');
    const { boxes } = selectiveSearch(image, { mode: 'fast', seed: 1 });
    await until('total', String(boxes.length / 4));
    const iou = boxIou(asBoxes(part(0.3, 0.25, 0.7, 0.75)), boxes);
    for (const [exponent, top] of [[2, 100], [1, 10]] as const) {
      await slide('First N', exponent);
      await until('coverage', Math.max(...iou.subarray(0, top)).toFixed(3));
    }
    const canvas = page.getByRole('img', { name: 'The image with the first proposals' });
    const { x, y, width } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const [at, to] = [[0.05, 0.05], [0.25, 0.2]].map((corner) => corner.map((each) => each * width));
    await page.mouse.move(x + at[0], y + at[1]);
    await page.mouse.down();
    await page.mouse.move(x + to[0], y + to[1], { steps: 3 });
    await page.mouse.up();
    await page.getByRole('button', { name: /^Object: 19, 19, 96, 77/ }).waitFor();
    const before = await said('coverage');
    await page.getByRole('button', { name: /^Object/ }).press('Shift+ArrowDown');
    await changes('coverage', before);
  });

  it('warps a region with as much context as is asked for', async () => {
    await open('warp');
    await until('inner', '195');
    const canvas = page.getByRole('img', { name: 'The crop that the network is given' });
    await canvas.waitFor();
    const picture = (): Promise<string> => canvas.evaluate((each) => (each as HTMLCanvasElement).toDataURL());
    const before = await picture();
    await slide('Padding p', 40);
    await until('inner', '147');
    await page.getByLabel('Shape').selectOption('square-without-context');
    await page.waitForFunction((old) => document.querySelector<HTMLCanvasElement>('[aria-label="The crop that the network is given"]')?.toDataURL() !== old, before);
  });

  it('suppresses step by step, and lets all stay at a threshold of 1', async () => {
    await open('nms');
    await page.waitForFunction(() => !['0', undefined].includes(document.querySelector('[data-steps]')?.textContent ?? undefined));
    const steps = Number(await said('steps'));
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await until('step', '1');
    await page.getByRole('button', { name: 'To the end' }).click();
    await until('step', String(steps));
    expect(await page.locator('.steps li').count()).toBe(steps);
    await page.getByRole('button', { name: 'Reset' }).click();
    await until('step', '0');
    const boxes = /\((\d+)\)/.exec((await page.getByLabel('Boxes').locator('option:checked').textContent()) ?? '')?.[1] ?? '';
    await slide('Threshold t', 1);
    await until('steps', boxes);
    await slide('Threshold t', 0.5);
    await page.getByLabel('Way').selectOption('gaussian');
    await changes('steps', boxes);
    await page.getByRole('button', { name: 'Play' }).click();
    await until('step', '1');
    await page.getByRole('button', { name: 'Pause' }).click();
  });

  it("codes a box as the package's four numbers, also after it moved", async () => {
    await open('coding');
    const [anchor, box] = [part(0.25, 0.25, 0.55, 0.55), part(0.4, 0.3, 0.85, 0.75)];
    const targets = (moved: number[]): string[] => [...encodeBoxes(asBoxes(moved), asBoxes(anchor))].map((value) => value.toFixed(3));
    const shown = (): Promise<(string | null)[]> => page.locator('[data-target]').evaluateAll((all) => all.map((each) => each.textContent));
    await page.waitForFunction((text) => document.querySelector('[data-target="t_x"]')?.textContent === text, targets(box)[0]);
    expect(await shown()).toEqual(targets(box));
    await page.getByRole('button', { name: /^Box:/ }).press('ArrowLeft');
    const moved = box.map((value, i) => (i % 2 === 0 ? value - 4 : value));
    await page.waitForFunction((text) => document.querySelector('[data-target="t_x"]')?.textContent === text, targets(moved)[0]);
    await page.getByLabel('Weights').selectOption('head');
    await page.waitForFunction((text) => document.querySelector('[data-target="t_x"]')?.textContent === text, (10 * encodeBoxes(asBoxes(moved), asBoxes(anchor))[0]).toFixed(3));
  });

  it('pools a region by both operators, and anew when it moves', async () => {
    await open('pooling');
    const values = (name: string): Promise<string[]> => page.getByRole('table', { name: `Values of ${name}` }).locator('td').allTextContents();
    await page.getByRole('table', { name: 'Values of RoIAlign' }).waitFor();
    const [pooled, aligned] = [await values('RoIPool'), await values('RoIAlign')];
    expect([pooled.length, aligned.length]).toEqual([9, 9]);
    expect(pooled).not.toEqual(aligned);
    await page.getByRole('button', { name: /^Region/ }).press('Shift+ArrowLeft');
    await page.waitForFunction((old) => document.querySelector('[aria-label="Values of RoIAlign"]')?.textContent !== old, aligned.join(''));
    await slide('Bins a side', 5);
    await page.waitForFunction(() => document.querySelectorAll('[aria-label="Values of RoIPool"] td').length === 25);
    await slide('Channel', 7);
    await slide('Samples a bin, a side', 4);
  });

  it('places as many anchors as there are scales and ratios', async () => {
    await open('anchors');
    await until('total', String(24 * 24 * 9));
    await page.getByLabel('512 px').check();
    await until('k', '12');
    await page.getByLabel('1:1').uncheck();
    await until('k', '8');
    await slide('Stride of the map', 5);
    await until('total', String(12 * 12 * 8));
    await page.getByRole('button', { name: 'One place left' }).click();
    await page.getByText('at place 5, 6').waitFor();
    await page.getByRole('img', { name: 'The image with the anchors of one place' }).click({ position: { x: 3, y: 3 } });
    await page.getByText('at place 0, 0').waitFor();
  });

  it("shows the proposal network's objectness and its best proposals", async () => {
    await open('rpn');
    await until('anchors', String(24 ** 2 + 12 ** 2 + 6 ** 2 + 3 ** 2));
    expect(Number(await said('most'))).toBeGreaterThan(0.5);
    await slide('Best N', 5);
    await until('top', '5');
    const kept = await said('count');
    await page.getByLabel('Suppressed at IoU 0.7').uncheck();
    await changes('count', kept);
    expect(Number(await said('count'))).toBeGreaterThan(Number(kept));
    const before = await said('most');
    await page.getByLabel('Level').selectOption('3');
    await changes('most', before);
  });

  it('pastes a mask, the smaller the higher the threshold', async () => {
    await open('mask');
    await ready('area');
    const area = Number(await said('area'));
    expect(area).toBeGreaterThan(1000);
    await slide('Threshold', 0.9);
    await changes('area', String(area));
    expect(Number(await said('area'))).toBeLessThan(area);
    const before = await said('area');
    await page.getByLabel('Mask', { exact: true }).selectOption({ index: 1 });
    await changes('area', before);
    await page.getByLabel('Mask', { exact: true }).locator('option', { hasText: 'segment 1' }).waitFor({ state: 'attached' });
  });

  it('measures all five systems on this machine', async () => {
    await open('timeline');
    await page.locator('[data-total]').nth(4).waitFor();
    expect((await page.locator('[data-total]').allTextContents()).every((text) => /^[\d.]+ m?s$/.test(text))).toBe(true);
    expect(await page.locator('td', { hasText: '≈' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Measure again' }).isEnabled()).toBe(true);
  });

  it('leaves the main thread free while stages compute and are played with', async () => {
    const longest = await longestTask({ browser: demo.browser, page, thread: 'main' }, async () => {
      await open('segmentation');
      await ready('regions');
      for (const value of [0.2, 0.5, 0.9]) await slide('Merged', value);
      await open('mask');
      await ready('area');
      await slide('Threshold', 0.3);
    });
    console.log(`main thread: longest of ${longest.tasks} tasks ${longest.processor.toFixed(1)} ms of the processor, ${longest.clock.toFixed(1)} ms by the clock`);
    // Below 50 ms on an idle machine, as printed; whatever is computed for an image would take this thread far longer.
    expect(longest.processor).toBeLessThan(250);
  });

  it('has no serious fault of accessibility in any stage, is no wider than a phone, and looks well enough to be looked at', async () => {
    await page.addScriptTag({ path: axe });
    for (const { id } of stages) {
      await open(id);
      await page.locator(id === 'timeline' ? '.costs' : id === 'pooling' ? '.pooled' : 'figcaption output, .numbers, .keys').first().waitFor();
      for (const [name, width, height, colorScheme] of [['desktop-light', 1280, 900, 'light'], ['phone-dark', 390, 844, 'dark']] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(screenshots, `how-${id}-${name}.png`), fullPage: true });
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${id} on ${name} is as wide as it`).toBe(true);
        const serious = await page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run();
          return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map((each) => `${each.id}: ${each.nodes[0].html}`);
        });
        expect(serious, `${id}, ${name}`).toEqual([]);
      }
    }
  }, 300_000);

  it('takes an image that is larger and no square, and one that shows no object', async () => {
    const large = generateShapes(createRng(3), { ...sampleShapes, size: 640 }).image;
    const png = (raw: Uint8Array): Promise<Buffer> => sharp(raw, { raw: { width: 640, height: 640, channels: 3 } }).extract({ left: 0, top: 0, width: 640, height: 400 }).png().toBuffer();
    const empty = Uint8Array.from({ length: 3 * 640 * 640 }, (_, i) => (i % 1920 < 900 ? 90 : 120));
    for (const [name, raw] of [['shapes.png', large.data], ['empty.png', empty]] as const) {
      await page.evaluate(() => void (location.hash = '#/'));
      await page.getByLabel('Choose an image').setInputFiles({ name, mimeType: 'image/png', buffer: await png(raw) });
      await page.getByText(`${name}: 640 × 400`).waitFor();
      await open('rpn');
      await ready('top');
      await open('pooling');
      await page.getByRole('table', { name: 'Values of RoIAlign' }).waitFor();
      await page.getByLabel('Map').locator('option', { hasText: '40 × 24' }).waitFor({ state: 'attached' }); // 96 × 153 in 96 × 160
      await open('nms');
      await page.waitForFunction(() => !['0', undefined].includes(document.querySelector('[data-steps]')?.textContent ?? undefined));
      await open('mask');
      await ready('area');
      await open('segmentation');
      await ready('leaves');
      expect(await page.getByRole('alert').count()).toBe(0);
    }
  });

  it('has said nothing on the console that is an error, and asked no other host for anything', () => {
    expect(opened.faults).toEqual([]);
  });
});
