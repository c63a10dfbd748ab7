import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Axe {
  readonly run: (options: object) => Promise<{ readonly violations: { readonly id: string; readonly impact: string; readonly nodes: { readonly html: string }[] }[] }>;
}

/** The serious faults of accessibility that axe-core finds on a page as it is shown, a line each. */
export async function seriousFaults(page: Page): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'], preload: false });
    return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  });
}
