#!/usr/bin/env node
// `rcnn` in the workspace: the command line from its TypeScript sources. The published package has dist/main.js instead.
import { register } from 'tsx/esm/api';

register();
await import('./src/main.ts');
