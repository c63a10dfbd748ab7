// A thread of `rcnn proposals` in the workspace, from its TypeScript sources. The published package has
// dist/propose-worker.js instead.
import { register } from 'tsx/esm/api';

register();
export const { propose } = await import('./src/proposals/propose.ts');
