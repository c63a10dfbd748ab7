import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateShapes } from '@rcnn/datasets';
import { createRng } from '@rcnn/geometry';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { sampleShapes } from '../src/samples/sample-shapes.ts';
import { stagePage } from './stage-page.ts';

/** The tests of the stages that compute with the page's network. */
export function networkStages(page: () => Page): void {
  const { open, said, until, changes, slide, ready } = stagePage(page);

  it('pools a region by both operators, and anew when it moves', async () => {
    await open('pooling');
    const values = (name: string): Promise<string[]> => page().getByRole('table', { name: `Values of ${name}` }).locator('td').allTextContents();
    await page().getByRole('table', { name: 'Values of RoIAlign' }).waitFor();
    const [pooled, aligned] = [await values('RoIPool'), await values('RoIAlign')];
    expect([pooled.length, aligned.length]).toEqual([9, 9]);
    expect(pooled).not.toEqual(aligned);
    await page().getByRole('button', { name: /^Region/ }).press('Shift+ArrowLeft');
    await page().waitForFunction((old) => document.querySelector('[aria-label="Values of RoIAlign"]')?.textContent !== old, aligned.join(''));
    await slide('Bins a side', 5);
    await page().waitForFunction(() => document.querySelectorAll('[aria-label="Values of RoIPool"] td').length === 25);
    await slide('Channel', 7);
    await slide('Samples a bin, a side', 4);
  });

  it('places as many anchors as there are scales and ratios', async () => {
    await open('anchors');
    await until('total', String(24 * 24 * 9));
    await page().getByLabel('512 px').check();
    await until('k', '12');
    await page().getByLabel('1:1').uncheck();
    await until('k', '8');
    await slide('Stride of the map', 5);
    await until('total', String(12 * 12 * 8));
    await page().getByRole('button', { name: 'One place left' }).click();
    await page().getByText('at place 5, 6').waitFor();
    await page().getByRole('img', { name: 'The image with the anchors of one place' }).click({ position: { x: 3, y: 3 } });
    await page().getByText('at place 0, 0').waitFor();
  });

  it("shows the proposal network's objectness and its best proposals", async () => {
    await open('rpn');
    await until('anchors', String(24 ** 2 + 12 ** 2 + 6 ** 2 + 3 ** 2));
    expect(Number(await said('most'))).toBeGreaterThan(0.5);
    await slide('Best N', 5);
    await until('top', '5');
    const kept = await said('count');
    await page().getByLabel('Suppressed at IoU 0.7').uncheck();
    await changes('count', kept);
    expect(Number(await said('count'))).toBeGreaterThan(Number(kept));
    const before = await said('most');
    await page().getByLabel('Level').selectOption('3');
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
    await page().getByLabel('Mask', { exact: true }).selectOption({ index: 1 });
    await changes('area', before);
    await page().getByLabel('Mask', { exact: true }).locator('option', { hasText: 'segment 1' }).waitFor({ state: 'attached' });
  });

  it('measures all five systems on this machine', async () => {
    await open('timeline');
    await page().locator('[data-total]').nth(4).waitFor();
    expect((await page().locator('[data-total]').allTextContents()).every((text) => /^[\d.]+ m?s$/.test(text))).toBe(true);
    expect(await page().locator('td', { hasText: '≈' }).count()).toBe(1);
    expect(await page().getByRole('button', { name: 'Measure again' }).isEnabled()).toBe(true);
  });

  it('takes an image that is larger and no square, and one that shows no object', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rcnn-demo-'));
    const large = generateShapes(createRng(3), { ...sampleShapes, size: 640 }).image;
    const empty = Uint8Array.from({ length: 3 * 160 * 160 }, (_, i) => (i % 480 < 225 ? 90 : 120));
    for (const [name, raw, width] of [['shapes.png', large.data, 640], ['empty.png', empty, 160]] as const) {
      const height = (width * 5) / 8;
      await page().evaluate(() => void (location.hash = '#/'));
      const path = join(folder, name); // bytes would be handed to the page in words, and leave it with tens of megabytes to collect
      await sharp(raw, { raw: { width, height: width, channels: 3 } }).extract({ left: 0, top: 0, width, height }).png().toFile(path);
      await page().getByLabel('Choose an image').setInputFiles(path);
      await page().getByText(`${name}: ${width} × ${height}`).waitFor();
      await open('rpn');
      await ready('top');
      await open('pooling');
      await page().getByRole('table', { name: 'Values of RoIAlign' }).waitFor();
      await page().getByLabel('Map').locator('option', { hasText: '40 × 24' }).waitFor({ state: 'attached' }); // 96 × 153 in 96 × 160
      await open('nms');
      await page().waitForFunction(() => !['0', undefined].includes(document.querySelector('[data-steps]')?.textContent ?? undefined));
      await open('mask');
      await ready('area');
      await open('segmentation');
      await ready('leaves');
      expect(await page().getByRole('alert').count()).toBe(0);
    }
    rmSync(folder, { recursive: true });
  });
}
