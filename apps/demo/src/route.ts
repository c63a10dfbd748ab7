import { signal } from '@preact/signals';

/** Where the page is: `#/` or `#/how/STAGE`. */
export type Route = { readonly view: 'detect' } | { readonly view: 'how'; readonly stage: string | undefined };

/** The route that an address's hash means. */
export function parseRoute(hash: string): Route {
  const [view, stage] = hash.replace(/^#\/?/, '').split('/');
  return view === 'how' ? { view, stage: stage || undefined } : { view: 'detect' };
}

/** The route in the address bar. */
export const route = signal<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

if (typeof window !== 'undefined') window.addEventListener('hashchange', () => (route.value = parseRoute(location.hash)));
