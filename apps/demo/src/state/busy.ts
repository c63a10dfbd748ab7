import { signal } from '@preact/signals';

/** Work that the page waits for; a fraction of undefined is not known. */
export const busy = signal<{ readonly label: string; readonly fraction: number | undefined } | undefined>(undefined);
