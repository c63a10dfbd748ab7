/** What the page cannot do without that a browser lacks, in its own name; undefined if nothing. */
export function missingFeature(scope: object): string | undefined {
  const needed: readonly (readonly [string, string])[] = [
    ['WebAssembly', 'WebAssembly'],
    ['Worker', 'web workers'],
    ['OffscreenCanvas', 'OffscreenCanvas'],
    ['createImageBitmap', 'createImageBitmap'],
    ['ResizeObserver', 'ResizeObserver'],
  ];
  return needed.find(([name]) => !(name in scope))?.[1];
}
