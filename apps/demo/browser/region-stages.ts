import { generateShapes } from '@rcnn/datasets';
import { asBoxes, boxIou, createRng, encodeBoxes } from '@rcnn/geometry';
import { hierarchies, resolveStrategy, selectiveSearch } from '@rcnn/proposals';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { sampleShapes } from '../src/samples/sample-shapes.ts';
import { firstSample } from '../src/state/samples.ts';
import { side, stagePage } from './stage-page.ts';

const part = (...parts: number[]): number[] => parts.map((each) => each * side);

/** The tests of the stages that compute with regions alone. */
export function regionStages(page: () => Page): void {
  const { open, said, until, changes, slide } = stagePage(page);
  const { image } = generateShapes(createRng(firstSample), sampleShapes);

  it("shows the package's IoU, also of boxes moved by keys", async () => {
    await open('iou');
    const [first, second] = [part(0.2, 0.2, 0.6, 0.65), part(0.35, 0.35, 0.8, 0.8)];
    const iou = page().locator('figcaption output');
    await iou.getByText(boxIou(asBoxes(first), asBoxes(second))[0].toFixed(3)).waitFor();
    await page().getByRole('button', { name: /^Box A/ }).press('ArrowRight');
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
    await page().getByLabel('Mean colours').check();
    await page().getByLabel('Boxes of all regions').check();
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
    const canvas = page().getByRole('img', { name: 'The image with the first proposals' });
    const { x, y, width } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const [at, to] = [[0.05, 0.05], [0.25, 0.2]].map((corner) => corner.map((each) => each * width));
    await page().mouse.move(x + at[0], y + at[1]);
    await page().mouse.down();
    await page().mouse.move(x + to[0], y + to[1], { steps: 3 });
    await page().mouse.up();
    await page().getByRole('button', { name: /^Object: 19, 19, 96, 77/ }).waitFor();
    const before = await said('coverage');
    await page().getByRole('button', { name: /^Object/ }).press('Shift+ArrowDown');
    await changes('coverage', before);
  });

  it('warps a region with as much context as is asked for', async () => {
    await open('warp');
    await until('inner', '195');
    const canvas = page().getByRole('img', { name: 'The crop that the network is given' });
    await canvas.waitFor();
    const picture = (): Promise<string> => canvas.evaluate((overlay) => (overlay.previousElementSibling as HTMLCanvasElement).toDataURL());
    const before = await picture();
    await slide('Padding p', 40);
    await until('inner', '147');
    await page().getByLabel('Shape').selectOption('square-without-context');
    await page().waitForFunction((old) => (document.querySelector('[aria-label="The crop that the network is given"]')?.previousElementSibling as HTMLCanvasElement).toDataURL() !== old, before);
  });

  it('suppresses step by step, and lets all stay at a threshold of 1', async () => {
    await open('nms');
    await page().waitForFunction(() => !['0', undefined].includes(document.querySelector('[data-steps]')?.textContent ?? undefined));
    const steps = Number(await said('steps'));
    await page().getByRole('button', { name: 'Step', exact: true }).click();
    await until('step', '1');
    await page().getByRole('button', { name: 'To the end' }).click();
    await until('step', String(steps));
    expect(await page().locator('.steps li').count()).toBe(steps);
    await page().getByRole('button', { name: 'Reset' }).click();
    await until('step', '0');
    const boxes = /\((\d+)\)/.exec((await page().getByLabel('Boxes').locator('option:checked').textContent()) ?? '')?.[1] ?? '';
    await slide('Threshold t', 1);
    await until('steps', boxes);
    await slide('Threshold t', 0.5);
    await page().getByLabel('Way').selectOption('gaussian');
    await changes('steps', boxes);
    await page().getByRole('button', { name: 'Play' }).click();
    await until('step', '1');
    await page().getByRole('button', { name: 'Pause' }).click();
  });

  it("codes a box as the package's four numbers, also after it moved", async () => {
    await open('coding');
    const [anchor, box] = [part(0.25, 0.25, 0.55, 0.55), part(0.4, 0.3, 0.85, 0.75)];
    const targets = (moved: number[]): string[] => [...encodeBoxes(asBoxes(moved), asBoxes(anchor))].map((value) => value.toFixed(3));
    const shown = (): Promise<(string | null)[]> => page().locator('[data-target]').evaluateAll((all) => all.map((each) => each.textContent));
    await page().waitForFunction((text) => document.querySelector('[data-target="t_x"]')?.textContent === text, targets(box)[0]);
    expect(await shown()).toEqual(targets(box));
    await page().getByRole('button', { name: /^Box:/ }).press('ArrowLeft');
    const moved = box.map((value, i) => (i % 2 === 0 ? value - 4 : value));
    await page().waitForFunction((text) => document.querySelector('[data-target="t_x"]')?.textContent === text, targets(moved)[0]);
    await page().getByLabel('Weights').selectOption('head');
    await page().waitForFunction((text) => document.querySelector('[data-target="t_x"]')?.textContent === text, (10 * encodeBoxes(asBoxes(moved), asBoxes(anchor))[0]).toFixed(3));
  });
}
