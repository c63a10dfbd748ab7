#!/usr/bin/env node
// `bench` in the workspace: runs the TypeScript sources.
import { register } from 'tsx/esm/api';

register();
await import('./src/main.ts');
