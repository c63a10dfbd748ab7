import { packageBuild } from '@rcnn/tooling/tsup';

export default packageBuild({ index: 'src/index.ts', 'browser/index': 'src/browser/index.ts' });
