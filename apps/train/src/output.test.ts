import { afterEach, describe, expect, it, vi } from 'vitest';
import { printJson, printJsonList } from './output.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('printJsonList', () => {
  it('prints a list as printJson does, in as many pieces as there are entries', async () => {
    for (const list of [[], [{ a: [1, { b: 'x\ny' }] }], [1, [2], {}]]) {
      const printed: string[] = [];
      vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
      printJson(list);
      await printJsonList(list);
      vi.restoreAllMocks();
      expect(printed.slice(1).join('')).toBe(printed[0]);
      expect(printed).toHaveLength(list.length + 2);
    }
  });

  it('waits where stdout is full', async () => {
    let full = true;
    vi.spyOn(process.stdout, 'write').mockImplementation(() => !full);
    const printed = printJsonList([1]).then(() => full);
    await new Promise((resolve) => setTimeout(resolve, 5));
    full = false;
    process.stdout.emit('drain');
    expect(await printed).toBe(false);
  });
});
