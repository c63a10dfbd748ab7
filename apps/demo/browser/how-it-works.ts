import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stages } from '../src/how/stages.ts';
import { openPage, root, type OpenedPage, type ServedDemo } from './demo-page.ts';
import { expectFree } from './expect-free.ts';
import { networkStages } from './network-stages.ts';
import { regionStages } from './region-stages.ts';
import { seriousFaults } from './serious-faults.ts';
import { stagePage } from './stage-page.ts';
import { traceTasks, type TracedTask } from './traced-tasks.ts';

const screenshots = join(root, 'screenshots');

/** The tests of the second view, in a page of its own. */
export function howItWorks(demo: () => ServedDemo): void {
  let opened: OpenedPage;
  let page: Page;
  let tasksOf: () => Promise<TracedTask[]>;
  const { open } = stagePage(() => page);

  beforeAll(async () => {
    opened = await openPage(demo(), '#/how/iou', { viewport: { width: 1280, height: 900 } });
    page = opened.page;
    tasksOf = await traceTasks(demo().browser, 'main'); // once the page is there: what is measured is whether it computes elsewhere
  });
  afterAll(() => page.context().close());

  it('lists every stage, the system it belongs to, and opens it', async () => {
    for (const { title, system } of stages) await page.getByRole('link', { name: `${title} ${system}` }).waitFor();
    await page.getByRole('link', { name: /^Anchors/ }).click();
    await page.getByRole('heading', { name: 'Anchors', level: 1 }).waitFor();
    expect(page.url()).toMatch(/#\/how\/anchors$/);
  });

  regionStages(() => page);
  networkStages(() => page);

  it('has left the main thread free while stages computed and were played with', async () => {
    expectFree('How it works', await tasksOf());
  });

  it('has no serious fault of accessibility in any stage, is no wider than a phone, and looks well enough to be looked at', async () => {
    await page.evaluate(() => void (location.hash = '#/'));
    await page.getByRole('button', { name: 'Another sample' }).click();
    await page.getByText(/^shapes-\d+\.png/).waitFor();
    const looks = [['desktop', 'light'], ['phone', 'dark'], ['phone', 'light'], ['desktop', 'dark']] as const;
    for (const [i, { id }] of stages.entries()) {
      const [device, colorScheme] = looks[i % looks.length];
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 390, height: 844 });
      await open(id);
      await page.locator(id === 'timeline' ? '.costs' : id === 'pooling' ? '.pooled' : 'figcaption output, .numbers, .keys').first().waitFor();
      await page.waitForFunction(() => Array.from(document.querySelectorAll('.status'), ({ textContent }) => textContent).join('') === '');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${id} is as wide as a phone`).toBe(true);
      if (device === 'desktop') await page.setViewportSize({ width: 1280, height: 900 });
      await page.screenshot({ path: join(screenshots, `how-${id}-${device}-${colorScheme}.png`), fullPage: true });
      expect(await seriousFaults(page), `${id}, ${device}, ${colorScheme}`).toEqual([]);
    }
  });

  it('has said nothing on the console that is an error, and asked no other host for anything', () => {
    expect(opened.faults).toEqual([]);
  });
}
