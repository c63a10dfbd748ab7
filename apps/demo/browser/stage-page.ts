import type { Page } from 'playwright-core';

/** Side of the image of shapes that the page opens with. */
export const side = 384;

/** What a test does with the page of a stage; `NAME` of a figure is that of its attribute, `data-NAME`. */
export interface StagePage {
  readonly open: (id: string) => Promise<void>;
  readonly said: (name: string) => Promise<string>;
  /** Waits until a figure is this. */
  readonly until: (name: string, text: string) => Promise<void>;
  /** Waits until a figure is there, and no longer this. */
  readonly changes: (name: string, from: string) => Promise<void>;
  readonly ready: (name: string) => Promise<void>;
  readonly slide: (name: string, value: number) => Promise<void>;
}

/** What a test does with a page, whichever page that is by then. */
export function stagePage(page: () => Page): StagePage {
  return {
    open: (id) => page().evaluate((hash) => void (location.hash = hash), `#/how/${id}`),
    said: async (name) => (await page().locator(`[data-${name}]`).first().textContent()) ?? '',
    until: async (name, text) => {
      await page().waitForFunction(([selector, wanted]) => document.querySelector(selector)?.textContent === wanted, [`[data-${name}]`, text]);
    },
    changes: async (name, from) => {
      await page().waitForFunction(([selector, old]) => ![old, '…', undefined].includes(document.querySelector(selector)?.textContent ?? undefined), [`[data-${name}]`, from]);
    },
    ready: (name) => page().locator(`[data-${name}]`).first().waitFor(),
    slide: (name, value) => page().getByRole('slider', { name, exact: true }).fill(String(value)),
  };
}
