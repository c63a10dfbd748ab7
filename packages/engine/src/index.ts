export { asEngineName, availableEngines, engineNames, prepareEngine, type Engine, type EngineName } from './engine.ts';
