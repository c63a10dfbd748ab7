export {
  asBrowserEngineName, browserEngineNames, prepareBrowserEngine,
  type BrowserEngine, type BrowserEngineName, type BrowserEngineOptions,
} from './browser-engine.ts';
