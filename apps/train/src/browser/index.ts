// What a browser shares with the command line: settings of runs, and detectors that others trained. Nothing of Node is behind it.
export { keypointNamesOf } from '../run/keypoint-names.ts';
export { parseRunConfig, type RunConfig } from '../run/run-config.ts';
export { importedDetectorNames } from '../imported/imported-detectors.ts';
export { loadImported, type LoadImportedOptions } from '../imported/load-imported.ts';
export { searchOptions } from '../proposals/search-options.ts';
export { type SearchSettings } from '../proposals/proposals-task.ts';
