export {
  asBrowserEngineName, browserEngineNames, loadBrowserEngines, prepareBrowserEngine,
  type BrowserEngine, type BrowserEngineName, type BrowserEngineOptions,
} from './browser-engine.ts';
